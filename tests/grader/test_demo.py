"""The demo's class earns exactly what the questions' authors say its answers earn."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.demo import Demo, run_demo
from grader.demo.answers import crash, endless, expected_credit, vanish
from grader.demo.students import CLASS
from grader.results.records import Outcome
from papers.lock import Lock, load_lock
from question_bank import load_bank

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return run_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def lock(demo: Demo) -> Lock:
    return load_lock(demo.results.parent / "exam")


@pytest.mark.parametrize("student", CLASS)
def test_marks(demo: Demo, lock: Lock, student: str) -> None:
    """Every slot of every student earns its exact points, and accidents cost only themselves."""
    persona, bank = CLASS[student], load_bank()
    record = next(record for record in demo.batch.records if record.student == student)
    for slot in lock.slots:
        write = persona.answer_to(slot.question)
        credit = expected_credit(bank, slot, write)
        absent = slot.part not in persona.parts or slot.question in persona.deleted
        if absent or persona.not_a_notebook is not None:
            credit = 0.0
        expected = None if credit is None else round(credit * slot.points, 2)
        assert (slot.id, record.slots[slot.id].points) == (slot.id, expected)


@pytest.mark.parametrize(
    ("write", "outcome"),
    [(crash, Outcome.CRASHED), (vanish, Outcome.CRASHED), (endless, Outcome.TIMED_OUT)],
)
def test_accidents_have_their_outcome(demo: Demo, lock: Lock, write: object, outcome: Outcome) -> None:
    """A crash, an exit and an endless loop are told apart from wrong answers."""
    found = [
        record.slots[slot.id].outcome
        for record in demo.batch.records
        for slot in lock.slots
        if slot.part in CLASS[record.student].parts and CLASS[record.student].answer_to(slot.question) is write
    ]
    assert found == [outcome]


def test_nobody_is_dropped(demo: Demo) -> None:
    """A student without a submission and a submission without a student are both listed."""
    assert demo.batch.missing == ("2021000110",)
    assert [stranger.split("_")[0] for stranger in demo.batch.strangers] == ["홍길동"]
    assert len(demo.batch.records) == len(CLASS)


def test_everything_is_written(demo: Demo) -> None:
    """Each student has a record and a feedback page, and what the demo points to is there."""
    for student in CLASS:
        assert (demo.results / "records" / f"{student}.json").is_file()
        assert (demo.results / "feedback" / f"{student}.html").is_file()
    assert all(Path(path).is_file() for path in demo.look_at.values())


def test_names_cannot_become_formulas(demo: Demo) -> None:
    """The name =1+1 is text in marks.csv, and Excel reads the Korean ones."""
    data = (demo.results / "marks.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert ",'=1+1," in data.decode("utf-8-sig")
