"""A batch of short answers: listed, resumed, refused with one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.batch import Batch, grade_batch
from grader.records import Outcome, read_record
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


def grade(out: Path, **options: bool) -> Batch:
    return grade_batch(out, out.parent / "in", out.parent / "results", isolation=Isolation.PROCESS, jobs=1, **options)


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


def test_changed_marking_code_asks_for_a_regrade(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks never change unseen: other marking code than the papers were built with is refused, then listed."""
    hand_in(out, "a1", right(out, "a1"))
    monkeypatch.setattr("grader.batch.shared_marking_hash", lambda: "other")
    with pytest.raises(DlexamError, match=r"marking code changed .* --regrade"):
        grade(out)
    assert not (out.parent / "results").exists()
    assert grade(out, regrade=True).records[0].points == 2


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
