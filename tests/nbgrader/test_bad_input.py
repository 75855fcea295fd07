"""Courses that are not what they should be: one clear line each, and nothing written."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest

from grader.nbgrader.imports import import_from_nbgrader
from question_bank import DlexamError


def refused(classroom, snapshot, line, **options):
    """Both ways are refused with *line*, and the course stays as it was."""
    before = snapshot(classroom.course)
    errors = []
    for act in (lambda: classroom.export(**options), lambda: import_from_nbgrader(classroom.course, classroom.results)):
        with pytest.raises(DlexamError) as caught:
            act()
        errors.append(str(caught.value))
    assert all(line in error and "\n" not in error for error in errors), errors
    assert snapshot(classroom.course) == before


def test_another_course_id(classroom, snapshot):
    """A gradebook of another course than the configuration names."""
    config = classroom.course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("dl-2025", "ml-2024"))
    refused(classroom, snapshot, "is the gradebook of course 'dl-2025', and nbgrader_config.py says 'ml-2024'")


def test_another_course_than_asked_for(classroom, snapshot):
    """The course that was named on the command line is not this one."""
    before = snapshot(classroom.course)
    with pytest.raises(DlexamError, match="is course 'dl-2025', not 'ml-2024'; give the right folder"):
        classroom.export(course_id="ml-2024")
    assert snapshot(classroom.course) == before


@pytest.mark.parametrize(
    ("version", "line"),
    [("724cde206c17", "older nbgrader; run `nbgrader db upgrade`"), ("ffffffffffff", "a newer nbgrader")],
)
def test_another_schema(classroom, snapshot, version, line):
    """A gradebook that another version of nbgrader made is not touched, not even to add its missing tables."""
    with sqlite3.connect(classroom.course / "gradebook.db") as db:
        db.execute("UPDATE alembic_version SET version_num = ?", (version,))
    db.close()
    refused(classroom, snapshot, line)


def test_before_nbgrader_had_versions(classroom, snapshot):
    """A gradebook from before 2018 has no version at all: it is old."""
    with sqlite3.connect(classroom.course / "gradebook.db") as db:
        db.execute("DROP TABLE alembic_version")
    db.close()
    refused(classroom, snapshot, "has the schema of an older nbgrader")


def test_no_gradebook_at_all(classroom, snapshot):
    """A file of that name which is something else."""
    (classroom.course / "gradebook.db").write_bytes(b"PK\x03\x04" * 1000)
    refused(classroom, snapshot, "is no gradebook; restore it from a backup")


def test_another_kind_of_database(classroom):
    """A gradebook on a server, whose password is not printed."""
    config = classroom.course / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}c.CourseDirectory.db_url = 'postgresql://ta:secret@host/grades'\n")
    with pytest.raises(DlexamError) as caught:
        classroom.export()
    assert "postgresql://ta:***@host/grades; only SQLite" in str(caught.value)


def test_in_use(classroom, snapshot, monkeypatch):
    """While formgrader writes, an export waits, then gives up with everything as it was."""
    monkeypatch.setattr("grader.nbgrader.gradebook._BUSY_SECONDS", 0.1)
    classroom.rewrite("b2", "closed-01", points=0.0)
    before = snapshot(classroom.course)
    writer = sqlite3.connect(classroom.course / "gradebook.db", isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DlexamError, match=r"gradebook.db: is in use; formgrader or another"):
        classroom.export()
    writer.execute("ROLLBACK")
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(DlexamError, match=r"gradebook.db: is in use"):
        classroom.export()
    writer.close()
    assert snapshot(classroom.course) == before
    assert classroom.export().rows


def test_formgrader_may_have_it_open(classroom):
    """An open gradebook that nobody writes to is no hindrance: both see what the other wrote."""
    with classroom.gradebook() as gradebook:
        row = gradebook.find_grade("closed-01-check", "closed", "lab-1", "b2")
        row.manual_score = 1.5
        gradebook.db.commit()
        gradebook.find_grade("closed-02-check", "closed", "lab-1", "b2")
        classroom.rewrite("b2", "closed-02", points=1.0)
        assert classroom.export().rows
        gradebook.db.expire_all()
        assert row.manual_score == 1.5
        assert gradebook.find_grade("closed-02-check", "closed", "lab-1", "b2").auto_score == 1


def test_an_assignment_of_that_name_that_is_not_ours(fresh, snapshot):
    """Somebody else's assignment, in the folder or only in the gradebook, is left alone; another name helps."""
    source = fresh.course / "source" / "lab-1"
    source.mkdir(parents=True)
    (fresh.course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'dl-2025'\n")
    (source / "problem1.ipynb").write_text(
        json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    before = snapshot(fresh.course)
    with pytest.raises(
        DlexamError, match="is an assignment that is not ours; give ours another name with --assignment"
    ):
        fresh.export()
    assert snapshot(fresh.course) == before
    shutil.rmtree(source)
    with fresh.gradebook() as gradebook:
        gradebook.add_assignment("lab-1")
        gradebook.add_notebook("closed", "lab-1")
        gradebook.add_grade_cell("closed-01-check", "closed", "lab-1", max_score=9, cell_type="code")
    before = snapshot(fresh.course)
    with pytest.raises(DlexamError, match="assignment 'lab-1' is another one: it differs in closed/closed-01-check"):
        fresh.export()
    assert snapshot(fresh.course) == before
    assert fresh.export(assignment="dl-lab-1").assignments == ("dl-lab-1",)


def test_another_build_of_the_exam(classroom, snapshot):
    """Last year's exam of the same name is not written over."""
    for file in (classroom.course / "source" / "lab-1").glob("*.ipynb"):
        file.write_text(file.read_text("utf-8").replace(classroom.lock.build, "0" * 16), "utf-8")
    before = snapshot(classroom.course)
    with pytest.raises(DlexamError, match=f"is of build {'0' * 16}, not {classroom.lock.build}"):
        classroom.export()
    assert snapshot(classroom.course) == before


def test_a_due_date_set_first_is_no_hindrance(fresh):
    """An assignment that formgrader only knows by name and due date is filled, and keeps its date."""
    (fresh.course / "source" / "lab-1").mkdir(parents=True)
    with fresh.gradebook() as gradebook:
        gradebook.add_assignment("lab-1", duedate="2025-04-23 10:00:00 UTC")
    fresh.export()
    with fresh.gradebook() as gradebook:
        assert str(gradebook.find_assignment("lab-1").duedate) == "2025-04-23 10:00:00"
        assert gradebook.find_submission("lab-1", "a1").score > 0


def test_a_folder_that_is_no_course(fresh):
    """A folder with other things in it does not become a course."""
    fresh.course.mkdir()
    (fresh.course / "thesis.tex").touch()
    with pytest.raises(
        DlexamError, match=r"is no nbgrader course; give the folder that holds nbgrader_config\.py, or an em"
    ):
        fresh.export()
    assert [path.name for path in fresh.course.iterdir()] == ["thesis.tex"]
    with pytest.raises(DlexamError, match="is no nbgrader course"):
        import_from_nbgrader(fresh.course)


def test_decisions_that_are_refused_stop_everything(classroom, snapshot):
    """A decisions.csv saved by Excel in cp949 stops an export before it begins."""
    (classroom.results / "decisions.csv").write_bytes("student,slot,points,comment,by,when\n김,,,,,\n".encode("cp949"))
    refused(classroom, snapshot, "is in cp949, as Excel on a Korean Windows saves CSV, not in UTF-8; save it as")


def test_results_that_went_nowhere(classroom):
    """An import without --results needs a course that something was exported to."""
    shutil.rmtree(classroom.course / "dlexam")
    with pytest.raises(DlexamError, match="nothing was exported to it"):
        import_from_nbgrader(classroom.course)


@pytest.mark.slow
def test_ids_lost_in_colab(classroom):
    """A notebook whose cells have lost their ids is no blank one: it is unreadable, in one line, here and in formgrader."""
    for file in (classroom.home / "in" / "b2").glob("*.ipynb"):
        notebook = json.loads(file.read_bytes())
        notebook["metadata"].pop("dlexam")
        for cell in notebook["cells"]:
            cell["id"] = f"colab{notebook['cells'].index(cell)}"
            cell["metadata"] = {"id": cell["id"]}
        file.write_text(json.dumps(notebook), "utf-8")
    batch = classroom.grade()
    [line] = [flag for flag in batch.flags["b2"] if "closed" in flag]
    assert line.startswith(
        "closed.ipynb: has lost the ids of all its cells, as when it was opened in Colab; ask for the"
    )
    assert classroom.record("b2").status == "unreadable"
    classroom.export()
    with classroom.gradebook() as gradebook:
        said = gradebook.find_comment("closed-01-answer", "closed", "lab-1", "b2").comment
    assert "읽을 수 없었다" in said
