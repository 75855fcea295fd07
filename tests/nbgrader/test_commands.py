"""nbgrader's own commands on a course that we filled."""

from __future__ import annotations

import csv
import io
import sqlite3

import pytest

from grader.nbgrader.imports import import_from_nbgrader
from question_bank import DlexamError

pytestmark = pytest.mark.slow


def grades(classroom):
    done = classroom.nbgrader("export", "--to", "grades.csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO((classroom.course / "grades.csv").read_text("utf-8"))))


def ok(classroom, *arguments):
    done = classroom.nbgrader(*arguments)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr
    return done


def test_export_has_our_totals(classroom, enter):
    """`nbgrader export`: a row a student in whole columns, our totals, zero for who handed in nothing, manual scores on top."""
    enter(classroom, "a1", "closed-03", points=3, extra=0.5)
    rows = {row["student_id"]: row for row in grades(classroom)}
    records = {student: classroom.record(student) for student in rows}
    assert rows.keys() == {"a1", "b2", "c3", "d4"}
    for student, row in rows.items():
        more = 3.5 if student == "a1" else 0
        assert float(row["score"]) == pytest.approx(records[student].points + more)
        assert float(row["max_score"]) == records[student].max_points
        assert row["assignment"] == "lab-1"
    assert rows["b2"]["last_name"] == "Lee Bada"
    assert rows["c3"]["last_name"] == "'=1+2"


def test_feedback_shows_marks_and_comments(classroom, enter):
    """`nbgrader generate_feedback`: our comments in Korean, the picture, a manual comment; nothing that runs, nothing hidden."""
    enter(classroom, "a1", "closed-03", points=3, comment="예가 **하나** 더 필요하다.")
    ok(classroom, "generate_feedback", "lab-1")
    folder = classroom.course / "feedback"
    assert {path.parent.parent.name for path in folder.rglob("*.html")} == {"a1", "b2", "c3"}
    a1 = (folder / "a1" / "lab-1" / "closed.html").read_text("utf-8")
    assert "예가 <strong>하나</strong> 더 필요하다." in a1
    closed = [slot for slot in classroom.lock.slots if slot.part == "closed"]
    record = classroom.record("a1")
    points = sum(record.slots[slot.id].points or 3.0 for slot in closed)
    assert f"(Score: {points} / {sum(slot.points for slot in closed)})" in a1
    assert "data:image/png;base64," in a1
    assert "정확도 0.93" in a1
    for what in ("<script>window", "onload=x", "<svg onload", "HIDDEN-VALUE"):
        assert what not in a1
    b2 = (folder / "b2" / "lab-1" / "closed.html").read_text("utf-8")
    variant = classroom.lock.variant("b2", "closed-01")
    assert variant.code in b2
    assert "부분 점수" in b2
    opened = (folder / "a1" / "lab-1" / "open.html").read_text("utf-8")
    assert "✗" in opened
    assert "✓" in opened
    assert "HIDDEN-VALUE" not in opened
    # again, after a change of ours
    classroom.rewrite("b2", "closed-01", points=0.0)
    classroom.export()
    ok(classroom, "generate_feedback", "lab-1", "--force")


def test_db_commands(classroom):
    """`nbgrader db` lists our students and assignment, and finds nothing to upgrade."""
    assert "lab-1" in ok(classroom, "db", "assignment", "list").stdout
    assert "김하늘" in ok(classroom, "db", "student", "list").stdout
    ok(classroom, "db", "upgrade")
    assert classroom.export().rows == 0


def test_an_upgraded_gradebook_is_taken(classroom):
    """What we say of an old gradebook is what helps: after `nbgrader db upgrade` the export goes through."""
    with sqlite3.connect(classroom.course / "gradebook.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '167914646830'")
        db.execute("ALTER TABLE student DROP COLUMN lms_user_id")
    db.close()
    with pytest.raises(DlexamError, match="older nbgrader; run `nbgrader db upgrade` there"):
        classroom.export()
    ok(classroom, "db", "upgrade")
    assert classroom.export().submitted == 3


def test_autograde_by_accident_gives_nobody_points(classroom):
    """
    `nbgrader autograde` leaves what we exported alone; forced, it stops before any student's code runs and changes
    no mark, and the next export brings the notebooks back.
    """
    before = grades(classroom)
    handed = classroom.course / "submitted" / "a1" / "lab-1" / "closed.ipynb"
    ran = classroom.home / "ran"
    handed.write_text(
        handed.read_text("utf-8").replace("import numpy as np", f"open({str(ran)!r}, 'w').close()"), "utf-8"
    )
    ok(classroom, "autograde", "lab-1", "--student", "a1")
    assert grades(classroom) == before
    done = classroom.nbgrader("autograde", "lab-1", "--student", "a1", "--force")
    assert (done.returncode, ran.exists()) == (1, False)
    assert grades(classroom) == before
    assert not (classroom.course / "autograded" / "a1" / "lab-1").exists()
    assert classroom.export().files == 2
    ok(classroom, "generate_feedback", "lab-1")
    assert import_from_nbgrader(classroom.course)[0].decisions == 0


def test_generating_the_assignment_changes_nothing(classroom):
    """`nbgrader generate_assignment` on our stand-in source is refused by nbgrader itself, for there are submissions."""
    done = classroom.nbgrader("generate_assignment", "lab-1", "--force")
    assert "there are submissions associated with it" in done.stderr
    assert classroom.export().rows == 0
