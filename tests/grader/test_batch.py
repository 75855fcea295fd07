"""A batch of short answers: listed, resumed, refused with one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grader.batch.batch import Batch, Moved, grade_batch
from grader.batch.regrade import regrade
from grader.grading.part import How
from grader.results.records import Outcome, read_record
from grader.sandbox import Isolation
from papers import load_lock
from papers.from_files import build_files
from question_bank import DlexamError

EXAM = """
[exam]
id = "quiz"
title = { ko = "쪽지 시험", en = "Quiz" }
date = 2025-04-23
language = "en"

[[part]]
name = "closed"
minutes = 20
[[part.slot]]
question = "dense_layers/count_weights"
[[part.slot]]
question = "validation/sorted_data"
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "exam.toml").write_text(EXAM, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\na1,Ann\nb2,Bob\nc3,Cho\n", encoding="utf-8")
    build_files(tmp_path / "exam.toml", tmp_path / "roster.csv", tmp_path / "out")
    return tmp_path / "out"


def hand_in(out: Path, student: str, answer: str) -> None:
    notebook = json.loads((out / "students" / student / "closed.ipynb").read_bytes())
    next(cell for cell in notebook["cells"] if cell["id"] == "closed-01-answer")["source"] = answer
    folder = out.parent / "in" / student
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "closed.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def grade(out: Path) -> Batch:
    return grade_batch(out, out.parent / "in", out.parent / "results", isolation=Isolation.PROCESS, jobs=1)


def right(out: Path, student: str) -> str:
    return f"q01 = {load_lock(out).variant(student, 'closed-01').answer.right()}"


def test_marks_and_resume(out: Path) -> None:
    """Right, blank and missing are told apart; a second run changes nothing, a new submission is graded."""
    hand_in(out, "a1", right(out, "a1"))
    hand_in(out, "b2", "q01 = ...")
    (out.parent / "in" / "zed").mkdir()
    (out.parent / "in" / "zed" / "closed.ipynb").write_text("{}", encoding="utf-8")
    batch = grade(out)
    outcomes = [record.slots["closed-01"].outcome for record in batch.records]
    assert outcomes == [Outcome.RIGHT, Outcome.BLANK, Outcome.BLANK]
    assert [record.points for record in batch.records] == [2, 0, 0]
    assert batch.missing == ("c3",)
    assert batch.strangers == ("zed",)
    assert batch.records[0].parts["closed"].isolation == "not run"
    again = grade(out)
    assert again.kept == 3
    assert again.records == batch.records
    hand_in(out, "b2", right(out, "b2"))
    third = grade(out)
    assert [(move.student, move.before, move.after) for move in third.moved] == [("b2", 0, 2)]
    record = read_record(out.parent / "results" / "records" / "b2.json")
    assert [(e.outcome, e.points) for e in record.slots["closed-01"].earlier] == [(Outcome.BLANK, 0)]


def test_the_slowest_start_first(out: Path) -> None:
    """Who took longest in the last run is begun first in the next, so that no core waits for them at the end."""
    for student in ("a1", "b2", "c3"):
        hand_in(out, student, right(out, student))
    grade(out)
    for student, seconds in (("a1", 1.0), ("b2", 30.0), ("c3", 7.0)):
        file = out.parent / "results" / "records" / f"{student}.json"
        record = json.loads(file.read_bytes())
        record["parts"]["closed"]["seconds"] = seconds
        file.write_text(json.dumps(record), encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    grade_batch(
        *(out, out.parent / "in", out.parent / "results"),
        isolation=Isolation.PROCESS,
        jobs=1,
        progress=lambda *news: told.append(news),
    )
    assert told == [("b2", 1, 3), ("c3", 2, 3), ("a1", 3, 3)]


def test_records_of_a_batch_are_read_from_their_files(out: Path) -> None:
    """A large class needs no memory: records come from disk when they are looked at, in the roster's order."""
    hand_in(out, "b2", right(out, "b2"))
    records = grade(out).records
    assert [record.student for record in records] == ["a1", "b2", "c3"]
    assert [record.student for record in records[1:]] == ["b2", "c3"]
    assert records == list(records)
    assert records != records[1:]
    assert records[1] is not records[1]


def test_changed_marking_code_asks_for_a_regrade(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks never change unseen: with other marking code than they were made with, `grade` refuses to go on."""
    hand_in(out, "a1", right(out, "a1"))
    assert grade(out).changed == ()
    monkeypatch.setattr("grader.grading.keys.shared_marking_hash", lambda: "other")
    with pytest.raises(DlexamError, match=r"marking code changed .* \(the rules\); `dlexam regrade` it first"):
        grade(out)


def test_first_marks_say_that_marking_code_changed_since_the_build(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no marks yet nothing can change unseen: the class is graded, and told what is not as built."""
    hand_in(out, "a1", right(out, "a1"))
    monkeypatch.setattr("grader.results.terms.shared_marking_hash", lambda: "other")
    batch = grade(out)
    assert batch.changed == ("the rules",)
    assert batch.records[0].points == 2


def marked_by_older_rules(out: Path, student: str) -> None:
    """Make the record of *student* that of rules which took a right answer for a wrong one."""
    results = out.parent / "results"
    file, terms = results / "records" / f"{student}.json", results / "terms.json"
    record = json.loads(file.read_bytes())
    slot = record["slots"]["closed-01"]
    slot.update(outcome="wrong", points=0.0, key={**slot["key"], "rules": "older"})
    file.write_text(json.dumps(record), encoding="utf-8")
    known = json.loads(terms.read_bytes())
    terms.write_text(json.dumps({**known, "marking": {**known["marking"], "the rules": "older"}}), encoding="utf-8")


def test_a_regrade_says_who_moved_by_how_much_and_why(out: Path) -> None:
    """From stored answers alone: submissions are not read, no student code runs, and afterwards `grade` goes on."""
    for student in ("a1", "b2"):
        hand_in(out, student, right(out, student))
    before = [record.points for record in grade(out).records]
    marked_by_older_rules(out, "a1")
    with pytest.raises(DlexamError, match=r"\(the rules\); `dlexam regrade` it first"):
        grade(out)
    shutil.move(out.parent / "in", out.parent / "elsewhere")
    done = regrade(out.parent / "results", isolation=Isolation.PROCESS, jobs=1)
    assert done.isolation is None
    assert (done.changed, done.lost) == (("the rules",), {})
    assert done.moved == (Moved("a1", "closed-01", 0, 2, "the rules of marking changed (read)"),)
    assert done.how == {How.READ: 1, How.KEPT: 5}
    shutil.move(out.parent / "elsewhere", out.parent / "in")
    after = grade(out)
    assert after.kept == 3
    assert [record.points for record in after.records] == before


def test_answers_that_are_not_those_that_were_marked_are_left_alone(out: Path) -> None:
    """Stored answers that were edited or are gone change no mark; the student is listed."""
    for student in ("a1", "b2"):
        hand_in(out, student, right(out, student))
    grade(out)
    for student in ("a1", "b2"):
        marked_by_older_rules(out, student)
    answers = out.parent / "results" / "answers"
    edited = answers / "a1.closed.json"
    edited.write_text(edited.read_text(encoding="utf-8").replace("q01 = ", "q01 = 1 + "), encoding="utf-8")
    (answers / "b2.closed.json").unlink()
    done = regrade(out.parent / "results", isolation=Isolation.PROCESS, jobs=1)
    assert done.lost == {"a1": ("closed",), "b2": ("closed",)}
    assert (done.moved, [record.points for record in done.records]) == ((), [0, 0, 0])


def test_results_of_another_build_are_refused(out: Path) -> None:
    """Records of another exam are not written over."""
    hand_in(out, "a1", right(out, "a1"))
    grade(out)
    file = out.parent / "results" / "records" / "a1.json"
    file.write_text(file.read_text(encoding="utf-8").replace(load_lock(out).build, "0" * 16), encoding="utf-8")
    with pytest.raises(DlexamError, match="give another folder with -o"):
        grade(out)


def test_an_empty_inbox_is_refused(out: Path) -> None:
    """A folder without submissions is an error, and nothing is written."""
    (out.parent / "in").mkdir()
    with pytest.raises(DlexamError):
        grade(out)
    assert not (out.parent / "results").exists()
