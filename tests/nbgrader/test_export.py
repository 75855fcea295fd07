"""Our results in an nbgrader course, read back with nbgrader's own API."""

from __future__ import annotations

import json
from datetime import timedelta

import nbformat
import pytest

from grader.nbgrader.export_outputs import plain_text, safe_outputs
from grader.results.records import Outcome
from papers.from_files import build_files

CELLS = {"closed-01-check": 2, "closed-02-check": 2, "closed-03-answer": 4, "open-01-check": 3}


def grade(gradebook, student, slot, essay=False):
    return gradebook.find_grade(f"{slot}-{'answer' if essay else 'check'}", slot.split("-")[0], "lab-1", student)


def comment(gradebook, student, slot):
    return gradebook.find_comment(f"{slot}-answer", slot.split("-")[0], "lab-1", student).comment


def notebook(classroom, student, part):
    file = classroom.course / "autograded" / student / "lab-1" / f"{part}.ipynb"
    nb = nbformat.read(file, as_version=4)
    nbformat.validate(nb)
    return {cell.id: cell for cell in nb.cells}


def test_the_gradebook_has_our_marks(classroom):
    """Every slot of every submission stands in nbgrader's gradebook: points, what waits, and who handed in nothing."""
    with classroom.gradebook() as gradebook:
        assert [s.id for s in gradebook.students] == ["c3", "b2", "a1", "d4"]
        assert gradebook.find_student("c3").last_name == "'=1+2"
        assert gradebook.find_student("b2").last_name == "Lee Bada"
        cells = {c.name: c.max_score for n in gradebook.find_assignment("lab-1").notebooks for c in n.grade_cells}
        assert cells == {slot: classroom.lock.slot(slot.rpartition("-")[0]).points for slot in CELLS}
        assert {s.student.id for s in gradebook.assignment_submissions("lab-1")} == {"a1", "b2", "c3"}
        for student in ("a1", "b2", "c3"):
            for slot, marked in classroom.record(student).slots.items():
                row = grade(gradebook, student, slot, essay=slot == "closed-03")
                assert row.auto_score == marked.points
                assert row.needs_manual_grade is (marked.points is None)
                assert (row.manual_score, row.extra_credit) == (None, None)
            submission = gradebook.find_submission("lab-1", student)
            assert submission.score == pytest.approx(classroom.record(student).points)
        assert gradebook.find_submission_notebook("closed", "lab-1", "b2").failed_tests is True
        assert gradebook.find_submission_notebook("closed", "lab-1", "a1").failed_tests is False


def test_comments_name_the_mistake_and_the_checks(classroom):
    """The comment of an answer is what we say: outcome, named mistake, checks, rubric; nothing hidden, nothing of theirs."""
    lock = classroom.lock
    with classroom.gradebook() as gradebook:
        assert comment(gradebook, "a1", "closed-01") == "정답"
        mistake = (
            lock.variant("b2", "closed-01").texts["ko"].mistakes[classroom.record("b2").slots["closed-01"].mistake]
        )
        assert comment(gradebook, "b2", "closed-01") == f"부분 점수\n\n{mistake}"
        checks = lock.slot("open-01").checks
        lines = comment(gradebook, "a1", "open-01").splitlines()
        signs = ["✗"] + ["✓"] * (len(checks) - 1)
        assert [line[:3] for line in lines if line.startswith("- ")] == [f"- {sign}" for sign in signs]
        assert "HIDDEN-VALUE" not in "\n".join(lines)
        essay = comment(gradebook, "a1", "closed-03")
        assert essay.startswith("검토 중")
        assert all(
            " ".join(line.split()) in essay for line in lock.variant("a1", "closed-03").texts["ko"].rubric.values()
        )
        assert "script" not in essay
        assert "읽을 수 없었다" in comment(gradebook, "c3", "closed-01")


def test_notebooks_carry_answers_and_outputs_safely(classroom):
    """formgrader gets the paper with the answers in it; text and pictures stay, whatever could run is gone."""
    cells = notebook(classroom, "a1", "closed")
    own = [id for id in cells if id.startswith("own-")]
    order = list(cells)
    assert order.index(own[0]) == order.index("closed-01-answer") + 1
    assert "form-check" not in cells
    outputs = cells["closed-01-answer"].outputs
    assert [o.output_type for o in outputs] == ["stream", "display_data", "display_data", "error"]
    assert outputs[1].data.keys() == {"image/png", "text/plain"}
    assert outputs[1].metadata == {}
    assert outputs[2].data == {"text/plain": "[output left out: text/html]"}
    assert cells["closed-01-check"].outputs == []
    text = json.dumps(notebook(classroom, "a1", "closed"))
    assert "window.ran = 3" not in text
    assert "<script" not in cells["closed-03-answer"].source + cells[own[0]].source
    graded = {c.metadata.nbgrader.grade_id for c in cells.values() if c.metadata.get("nbgrader", {}).get("grade")}
    assert graded == {"closed-01-check", "closed-02-check", "closed-03-answer"}
    unread = notebook(classroom, "c3", "closed")
    assert unread["closed-01-answer"].source == classroom.lock.variant("c3", "closed-01").untouched("q01")
    assert not (classroom.course / "autograded" / "d4").exists()


def test_without_the_submissions_the_answers_are_still_there(fresh):
    """Where what was handed in has gone, notebooks come from the stored answers, without outputs, and a line says so."""
    (fresh.home / "in").rename(fresh.home / "elsewhere")
    exported = fresh.export()
    assert exported.notes == ("their notebooks come without outputs, what they handed in is not found: a1, b2, c3",)
    cells = notebook(fresh, "a1", "closed")
    assert "섞어야" in cells["closed-03-answer"].source
    assert cells["closed-01-answer"].outputs == []
    again = fresh.export(submissions=fresh.home / "elsewhere")
    assert again.notes == ()
    assert notebook(fresh, "a1", "closed")["closed-01-answer"].outputs


def test_twice_changes_nothing(classroom, snapshot):
    """A second export touches no file, not even the gradebook's time, and leaves no backup."""
    before = snapshot(classroom.course)
    again = classroom.export()
    assert (again.rows, again.files, again.backup) == (0, 0, None)
    assert snapshot(classroom.course) == before


def test_what_formgrader_wrote_survives(classroom, enter):
    """Manual scores, extra credit and comments stay; a mark of ours that changes below one is put up for review."""
    enter(classroom, "b2", "closed-01", points=1.5, extra=0.25, comment="말로 확인함")
    enter(classroom, "b2", "closed-03", points=3)
    assert classroom.export().rows == 0
    classroom.rewrite("b2", "closed-01", outcome=Outcome.RIGHT, points=2.0)
    exported = classroom.export()
    assert exported.backup is not None
    assert exported.backup.exists()
    assert any("closed-01" in note and "manual 1.5" in note for note in exported.notes)
    with classroom.gradebook() as gradebook:
        row = grade(gradebook, "b2", "closed-01")
        assert (row.auto_score, row.manual_score, row.extra_credit, row.needs_manual_grade) == (2, 1.5, 0.25, True)
        assert comment(gradebook, "b2", "closed-01") == "말로 확인함"
        assert grade(gradebook, "b2", "closed-03", essay=True).needs_manual_grade is False


def test_an_empty_comment_box_does_not_hide_ours(classroom, enter):
    """formgrader stores an empty comment where one walks through the boxes; the next export takes it away."""
    enter(classroom, "b2", "closed-01", comment="")
    with classroom.gradebook() as gradebook:
        assert comment(gradebook, "b2", "closed-01") == ""
    classroom.export()
    with classroom.gradebook() as gradebook:
        assert comment(gradebook, "b2", "closed-01").startswith("부분 점수")


def test_late_by_nbgraders_own_rule(classroom):
    """Timestamps of `submitted/`, due dates, extensions and the configured plugin give the penalty."""
    folder = classroom.course / "submitted" / "b2" / "lab-1"
    (folder / "timestamp.txt").write_text("2025-04-24 01:00:00 UTC\n")
    config = classroom.course / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with classroom.gradebook() as gradebook:
        gradebook.update_or_create_assignment("lab-1", duedate="2025-04-24 00:00:00 UTC")
    assert classroom.export().rows
    with classroom.gradebook() as gradebook:
        submission = gradebook.find_submission("lab-1", "b2")
        assert str(submission.timestamp) == "2025-04-24 01:00:00"
        assert submission.late_submission_penalty == submission.score > 0
        assert gradebook.find_submission("lab-1", "a1").late_submission_penalty == 0
        submission.extension = timedelta(hours=2)
        gradebook.db.commit()
    classroom.export()
    with classroom.gradebook() as gradebook:
        assert gradebook.find_submission("lab-1", "b2").late_submission_penalty == 0
    assert (classroom.course / "autograded" / "b2" / "lab-1" / "timestamp.txt").exists()


def test_handed_in_again_after_grading(classroom):
    """A newer submission is said, and the gradebook keeps its time, so that formgrader shows it as not graded."""
    folder = classroom.course / "submitted" / "b2" / "lab-1"
    for file in folder.glob("*.ipynb"):
        file.write_text("{}")
    (folder / "timestamp.txt").write_text("2025-04-25 01:00:00 UTC\n")
    exported = classroom.export()
    assert "b2 handed in again after grading: run `dlexam grade` again" in exported.notes
    with classroom.gradebook() as gradebook:
        assert gradebook.find_submission("lab-1", "b2").timestamp is None


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own
def test_several_assignments_and_a_late_student(classroom, hand_in):
    """Another assignment of the course, and its marks, are left alone; a student added later gets a row."""
    with classroom.gradebook() as gradebook:
        gradebook.add_assignment("ps1")
        gradebook.add_notebook("p", "ps1")
        gradebook.add_grade_cell("q", "p", "ps1", max_score=3, cell_type="code")
        gradebook.add_submission("ps1", "a1")
        gradebook.find_grade("q", "p", "ps1", "a1").manual_score = 3
        gradebook.db.commit()
    roster = classroom.home / "roster.csv"
    roster.write_text(roster.read_text("utf-8") + "e5,늦은이\n", "utf-8")
    build_files(classroom.home / "exam.toml", roster, classroom.home / "exam")
    hand_in(classroom.home, "e5", {})
    classroom.grade()
    assert classroom.export().submitted == 4
    with classroom.gradebook() as gradebook:
        assert gradebook.find_submission("lab-1", "e5").score == 0
        assert gradebook.find_submission("ps1", "a1").score == 3


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "display_data", "data": {"image/png": "PHNjcmlwdD4="}},
        {"output_type": "display_data", "data": {"image/png": '"><script>'}},
        {"output_type": "display_data", "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}},
        {
            "output_type": "display_data",
            "data": {"text/latex": "$\\href{javascript:1}{x}$", "text/markdown": "<script>"},
        },
        {"output_type": "update_display_data", "data": {"text/html": "<script>"}},
        {"output_type": "pyout", "text": "<script>"},
        "no output at all",
    ],
)
def test_outputs_that_may_run_are_left_out(output):
    """Of what is no text and no real PNG or JPEG only the type's name is left."""
    kept = safe_outputs([output])
    assert [list(made["data"]) for made in kept] in ([], [["text/plain"]])
    assert "script" not in json.dumps(kept)


def test_long_outputs_are_cut():
    """A flood of text costs one page, not the browser."""
    flood = [{"output_type": "stream", "name": "stdout", "text": "가" * 50_000}] * 500
    kept = safe_outputs(flood)
    assert sum(len(made["text"]) for made in kept) < 25_000
    assert len(kept) == 51
    assert safe_outputs({"not": "a list"}) == []


def test_an_essay_is_shown_as_it_was_typed():
    """Nothing that Markdown, HTML or MathJax would act on is left of a text."""
    shown = plain_text("a <b> [x](javascript:1)\n\n$y$ `z` ~~\x00 끝")
    inner = shown.removeprefix('<pre style="white-space: pre-wrap; word-break: break-word">').removesuffix("</pre>")
    assert not set(inner) & set("<>[]()$`~*_\\!\"'\x00")
    assert "끝" in inner
    assert "\n\n" not in inner
