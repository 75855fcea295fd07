"""Nothing is done twice: marks are kept, read again, replayed, and run only where they must be."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.batch.batch import grade_batch
from grader.batch.one import Graded, Task, Worker
from grader.batch.regrade import regrade
from grader.grading.limits import TimeLimits
from grader.grading.part import How
from grader.results.records import Outcome
from grader.sandbox import Isolation, Session, Zygote
from papers import load_lock
from question_bank import DlexamError, load_bank
from tests.grader.desk import SOFTMAX, STEP, Desk


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources of the cells that have run in a student's process."""
    sources: list[str] = []
    run = Session.run

    def noted(self: Session, source: str, **options: Any) -> Any:
        sources.append(source)
        return run(self, source, **options)

    monkeypatch.setattr(Session, "run", noted)
    return sources


def hows(graded: Graded) -> list[str]:
    return [str(graded.how[f"open-0{number}"]) for number in (1, 2, 3, 4)]


def test_the_same_again_is_kept(desk: Desk, ran: list[str]) -> None:
    """With nothing changed the record is the old one, and no process of the student's is started."""
    first = desk.grade()
    outcomes = [slot.outcome for slot in first.record.slots.values()]
    assert outcomes == [Outcome.RIGHT, Outcome.PARTLY, Outcome.RIGHT, Outcome.RIGHT]
    assert hows(first) == ["read", "ran", "ran", "ran"]
    ran.clear()
    again = desk.grade(first)
    assert (again.kept, ran, hows(again)) == (True, [], ["kept"] * 4)
    assert again.record == first.record


def test_a_changed_tolerance_is_replayed(desk: Desk, ran: list[str]) -> None:
    """Another tolerance is applied to what student code answered then; the record says by how much and why."""
    first = desk.grade()
    desk.edit(SOFTMAX, "TOLERANCE, TOLERANCE_LARGE = 1e-5, 1e-3", "TOLERANCE, TOLERANCE_LARGE = 1e-4, 1e-3")
    ran.clear()
    second = desk.grade(first, may_run=False)
    assert (second.must_run, ran, hows(second)) == (False, [], ["kept", "replayed", "kept", "kept"])
    slot, before = second.record.slots["open-02"], first.record.slots["open-02"]
    assert slot.points is not None
    assert before.points is not None
    assert slot.points > before.points
    [earlier] = slot.earlier
    assert (earlier.points, earlier.because) == (before.points, "the hidden test changed (replayed)")
    others = [id for id in second.record.slots if id != "open-02"]
    assert [second.record.slots[id] for id in others] == [first.record.slots[id] for id in others]


def test_a_replay_gives_the_marks_of_a_run(desk: Desk) -> None:
    """Replayed and run anew, a changed test gives the same record."""
    first = desk.grade()
    desk.edit(SOFTMAX, "1e-5, 1e-3", "2e-5, 1e-3")
    replayed, run = desk.grade(first, may_run=False).record, desk.grade().record
    bare = {id: slot.model_copy(update={"earlier": ()}) for id, slot in replayed.slots.items()}
    assert replayed.model_copy(update={"slots": bare}).same_marks(run)


def test_a_test_that_asks_something_else_runs_its_slot_alone(desk: Desk, ran: list[str]) -> None:
    """Only the slot whose requests differ runs, after the cells before it; later cells do not."""
    first = desk.grade()
    desk.edit(SOFTMAX, "size=(4, 3)", "size=(6, 3)")
    ran.clear()
    assert desk.grade(first, may_run=False).must_run
    assert ran == []
    second = desk.grade(first)
    assert hows(second) == ["kept", "ran", "kept", "kept"]
    sources = [cell.source for cell in desk.notebook().cells]
    assert ran[1:] == sources[:3]  # after the setup cell
    assert second.record.slots["open-02"].outcome is Outcome.PARTLY
    desk.edit(STEP, "size=(7, 3)", "size=(8, 3)")
    ran.clear()
    third = desk.grade(second)
    assert hows(third) == ["kept", "kept", "ran", "kept"]
    assert ran[1:] == sources[:4]


def test_a_changed_rule_of_typed_answers_is_applied_to_stored_answers(
    desk: Desk, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written answers are read again, computed ones come from the transcript, code is not touched."""
    first = desk.grade()
    ran.clear()
    monkeypatch.setattr("grader.grading.keys.shared_marking_hash", lambda: "other")
    second = desk.grade(first, may_run=False)
    assert (ran, hows(second)) == ([], ["read", "kept", "kept", "replayed"])
    assert second.record.points == first.record.points


def test_a_sentence_changes_no_mark(desk: Desk, ran: list[str]) -> None:
    """Another wording of a mistake is no reason to mark anything again."""
    first = desk.grade()
    text = desk.bank / SOFTMAX / "text.md.j2"
    text.write_text(text.read_text(encoding="utf-8").replace("mistake_overflow_en %}", "mistake_overflow_en %}Oh. "))
    ran.clear()
    assert (desk.grade(first).kept, ran) == (True, [])


@pytest.mark.parametrize("damage", ["missing", "cut", "edited", "of other cells"])
def test_a_damaged_transcript_is_not_used(desk: Desk, damage: str) -> None:
    """Where the transcript is not whole, or not of these cells, the slot runs again and the marks are right."""
    first = desk.grade()
    known = first.transcripts["open"]
    if damage == "of other cells":
        known = desk.grade(notebook=desk.notebook(**{"open-01": "q01 = 1 + len('')"})).transcripts["open"]
    damaged = {
        "missing": b"",
        "cut": known[:-1],
        "edited": known.replace(b'"key":"', b'"key":"x'),
        "of other cells": known,
    }
    desk.edit(SOFTMAX, "1e-5, 1e-3", "1e-4, 1e-3")
    broken = Graded(first.record, transcripts={"open": damaged[damage]})
    assert desk.grade(broken, may_run=False).must_run
    second = desk.grade(broken)
    assert second.how["open-02"] is How.RAN
    assert second.record.slots["open-02"].points == desk.grade().record.slots["open-02"].points


def test_what_is_different_in_every_run_is_replayed_as_it_was(desk: Desk) -> None:
    """An answer that depends on the clock is judged as it was given, however often it is marked."""
    function, argument = (desk.variant("open-02").parameters[name] for name in ("function", "argument"))
    clock = f"import time\n\ndef {function}({argument}):\n    return [time.time_ns(), time.perf_counter()]\n"
    notebook = desk.notebook(**{"open-02": clock})
    desk.edit(
        SOFTMAX,
        "    z = rng.normal(scale=1.5, size=(4, 3))",
        "    z = rng.normal(scale=1.5, size=(4, 3))\n    expect(False, detail=repr(student.call(variant.function, z)))",
    )
    first = desk.grade(notebook=notebook)
    seen = first.record.slots["open-02"].checks[0].reason
    assert seen
    desk.edit(SOFTMAX, "TOLERANCE_LARGE = 1e-5, 1e-3", "TOLERANCE_LARGE = 1e-5, 1e-2")
    second = desk.grade(first, may_run=False, notebook=notebook)
    assert second.how["open-02"] is How.REPLAYED
    assert second.record.slots["open-02"].checks[0].reason == seen
    assert desk.grade(notebook=notebook).record.slots["open-02"].checks[0].reason != seen


def test_a_fault_of_ours_is_no_mark(desk: Desk) -> None:
    """A hidden test that breaks leaves its points open and is tried again each time; mended, it gives a mark."""
    desk.edit(SOFTMAX, "    assert_close(student", "    1 / 0\n    assert_close(student")
    first = desk.grade()
    slot = first.record.slots["open-02"]
    assert (slot.outcome, slot.points, slot.key) == (Outcome.GRADER_ERROR, None, {})
    assert first.record.open_slots == ("open-02",)
    again = desk.grade(first)
    assert again.record.slots["open-02"].outcome is Outcome.GRADER_ERROR
    assert again.how["open-02"] is not How.KEPT
    desk.edit(SOFTMAX, "    1 / 0\n", "")
    second = desk.grade(first)
    assert second.record.slots["open-02"].outcome is Outcome.PARTLY
    assert second.record.slots["open-02"].earlier == ()


def test_one_slot_alone(desk: Desk) -> None:
    """`only` marks one slot again and leaves the others as they are, whatever has changed."""
    first = desk.grade()
    desk.edit(SOFTMAX, "1e-5, 1e-3", "1e-4, 1e-3")
    desk.edit(STEP, "RATE = 0.1", "RATE = 0.2")
    worker = Worker(desk.lock, load_bank(desk.bank), desk.zygote.isolation, TimeLimits())
    worker.workshop.zygote = desk.zygote
    task = Task(
        desk.paper, ["open"], None, {"open": desk.notebook()}, first.record, first.transcripts, {"open-02"}, False
    )
    with worker.workshop.bench:
        second = worker.grade(task)
    assert hows(second) == ["kept", "replayed", "kept", "kept"]
    assert second.record.slots["open-03"] == first.record.slots["open-03"]


@pytest.mark.slow
def test_a_class_is_regraded_from_its_results(built: Path, tmp_path: Path) -> None:
    """Through files and processes: replayed first, run where a test asks something else, then nothing is left to do."""
    shutil.copytree(built / "bank", tmp_path / "bank")
    lock = load_lock(built / "out")
    desk = Desk(tmp_path / "bank", lock, Zygote(Isolation.PROCESS))
    notebook = json.loads((built / "out" / "students" / "a1" / "open.ipynb").read_bytes())
    sources = {cell.id: cell.source for cell in desk.notebook().cells}
    for cell in notebook["cells"]:
        cell["source"] = sources.get(cell["id"], cell["source"])
    (tmp_path / "in" / "a1").mkdir(parents=True)
    (tmp_path / "in" / "a1" / "open.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    options: dict[str, Any] = {"isolation": Isolation.PROCESS, "bank": desk.bank, "jobs": 1}
    grade_batch(built / "out", tmp_path / "in", tmp_path / "results", **options)
    desk.edit(SOFTMAX, "1e-5, 1e-3", "1e-4, 1e-3")
    with pytest.raises(DlexamError, match=r"activations/softmax\); `dlexam regrade` it first"):
        grade_batch(built / "out", tmp_path / "in", tmp_path / "results", **options)
    first = regrade(tmp_path / "results", **options)
    assert (first.isolation, first.how) == (None, {How.KEPT: 3, How.REPLAYED: 1})
    assert [(move.slot, move.because) for move in first.moved] == [("open-02", "the hidden test changed (replayed)")]
    desk.edit(SOFTMAX, "size=(4, 3)", "size=(6, 3)")
    desk.edit(STEP, "RATE = 0.1", "RATE = 0.2")
    second = regrade(tmp_path / "results", slot="open-02", **options)
    assert (second.isolation, second.how, second.moved) == (Isolation.PROCESS, {How.KEPT: 3, How.RAN: 1}, ())
    with pytest.raises(DlexamError, match=r"\(gradient_descent/numpy_step\)"):
        grade_batch(built / "out", tmp_path / "in", tmp_path / "results", **options)
    assert regrade(tmp_path / "results", **options).how == {How.KEPT: 3, How.RAN: 1}
    again = grade_batch(built / "out", tmp_path / "in", tmp_path / "results", **options)
    assert (again.kept, again.how) == (1, {How.KEPT: 4})
