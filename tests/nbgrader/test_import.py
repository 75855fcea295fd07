"""From formgrader back into decisions.csv, and from there to every page."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from grader.nbgrader.imports import import_from_nbgrader
from grader.results.decisions_csv import read_decisions
from question_bank import DlexamError

NOW = datetime(2025, 4, 30, 14, 0, tzinfo=UTC)


def rows(classroom):
    text = (classroom.results / "decisions.csv").read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def marks(classroom):
    text = (classroom.results / "marks.csv").read_bytes().decode("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def bring_back(classroom, **options):
    return import_from_nbgrader(classroom.course, now=NOW, **options)


def test_scores_extra_credit_and_comments_come_back(classroom, enter):
    """What was typed into formgrader stands in decisions.csv, in marks.csv and on the feedback page."""
    enter(classroom, "a1", "closed-03", points=3, extra=0.5, comment="**잘 썼다**, 그러나\n예가 없다")
    enter(classroom, "b2", "closed-01", comment="=말로 확인")
    [imported] = bring_back(classroom)
    assert imported.new == (("a1", "closed-03"), ("b2", "closed-01"))
    when = "2025-04-30 14:00+00:00"
    assert rows(classroom) == [
        ["student", "slot", "points", "extra", "comment", "by", "when"],
        ["a1", "closed-03", "3.0", "0.5", "**잘 썼다**, 그러나\n예가 없다", "formgrader", when],
        ["b2", "closed-01", "", "", "'=말로 확인", "formgrader", when],
    ]
    before = classroom.record("a1").points
    assert marks(classroom)["a1"]["closed-03"] == "3.5"
    assert float(marks(classroom)["a1"]["total"]) == pytest.approx(before + 3.5)
    assert marks(classroom)["a1"]["open_slots"] == "0"
    page = (classroom.results / "feedback" / "a1.html").read_text("utf-8")
    assert "<strong>잘 썼다</strong>" in page
    assert "formgrader" not in page
    assert "=말로 확인" in (classroom.results / "feedback" / "b2.html").read_text("utf-8")
    # the record itself stays as it was graded
    assert classroom.record("a1").slots["closed-03"].points is None


def test_again_changes_nothing(classroom, enter, snapshot):
    """A second import, and a second round trip, leave decisions, marks and gradebook as they are."""
    enter(classroom, "a1", "closed-03", points=3, extra=0.5, comment="잘 썼다")
    bring_back(classroom)
    decisions = (classroom.results / "decisions.csv").read_bytes()
    [imported] = import_from_nbgrader(classroom.course)
    assert (imported.new, imported.changed, imported.gone) == ((), (), ())
    assert (classroom.results / "decisions.csv").read_bytes() == decisions
    classroom.export()
    with classroom.gradebook() as gradebook:
        assert gradebook.find_submission("lab-1", "a1").score == pytest.approx(float(marks(classroom)["a1"]["total"]))
    before = snapshot(classroom.course)
    assert classroom.export().rows == 0
    bring_back(classroom)
    assert snapshot(classroom.course) == before


def test_what_changes_in_formgrader_changes_here(classroom, enter):
    """A score that is entered otherwise, or taken back, is followed."""
    enter(classroom, "a1", "closed-03", points=3)
    enter(classroom, "b2", "closed-03", points=1)
    bring_back(classroom)
    enter(classroom, "a1", "closed-03", points=4)
    enter(classroom, "b2", "closed-03", points=None, extra=None)
    [imported] = bring_back(classroom)
    assert (imported.changed, imported.gone) == ((("a1", "closed-03"),), (("b2", "closed-03"),))
    assert marks(classroom)["a1"]["closed-03"] == "4"
    assert marks(classroom)["b2"]["closed-03"] == ""


def test_a_copied_comment_is_not_said_twice(classroom, enter):
    """Who copies our comment to write below it is quoted without ours."""
    with classroom.gradebook() as gradebook:
        ours = gradebook.find_comment("closed-01-answer", "closed", "lab-1", "b2").auto_comment
    enter(classroom, "b2", "closed-01", comment=f"{ours}\n\n다음에는 편향도 세자.")
    bring_back(classroom)
    assert rows(classroom)[1][4] == "다음에는 편향도 세자."


def test_decisions_made_here_reach_formgrader(classroom):
    """decisions.csv written by hand marks an essay in the gradebook too, with its comment; nothing waits any more."""
    header = "student,slot,points,comment,by,when\n"
    (classroom.results / "decisions.csv").write_text(f"{header}a1,closed-03,3.5,예가 좋다,김조교,2025-04-30\n", "utf-8")
    classroom.export()
    with classroom.gradebook() as gradebook:
        row = gradebook.find_grade("closed-03-answer", "closed", "lab-1", "a1")
        assert (row.auto_score, row.manual_score, row.needs_manual_grade) == (3.5, None, False)
        assert gradebook.find_comment("closed-03-answer", "closed", "lab-1", "a1").comment.endswith("예가 좋다")
    [imported] = bring_back(classroom)
    assert (imported.decisions, imported.gone) == (1, ())


def test_a_conflict_is_refused_as_a_whole(classroom, enter):
    """Where a person decided here and another one there, nothing is applied and both are named."""
    text = "student,slot,points,comment,by,when\na1,closed-03,3.5,,김조교,2025-04-30\n"
    (classroom.results / "decisions.csv").write_text(text, "utf-8")
    enter(classroom, "a1", "closed-03", points=2)
    enter(classroom, "b2", "closed-03", points=2)
    with pytest.raises(DlexamError, match=r"a1 closed-03: formgrader says 2, 김조교 decided 3\.5 here"):
        bring_back(classroom)
    assert (classroom.results / "decisions.csv").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("points", "extra", "fault"), [(7, None, "points 7 out of range: 0 to 4"), (-1, None, "points -1")]
)
def test_scores_out_of_range(classroom, enter, points, extra, fault):
    """A score that formgrader's page would not have taken, but its database did, is a fault and nothing is applied."""
    enter(classroom, "a1", "closed-03", points=points, extra=extra)
    enter(classroom, "b2", "closed-03", points=1)
    with pytest.raises(DlexamError, match=fault):
        bring_back(classroom)
    assert not (classroom.results / "decisions.csv").exists()


def test_what_comes_back_can_be_read(classroom, enter):
    """The file that an import writes is one that every command takes."""
    enter(classroom, "b2", "closed-01", points=0.5, comment='"따옴표", 쉼표;\n- 줄\r\n- =식')
    bring_back(classroom)
    [decision] = read_decisions(classroom.results / "decisions.csv", classroom.lock).values()
    assert (decision.points, decision.comment) == (0.5, '"따옴표", 쉼표;\n- 줄\n- =식')
