"""A small exam with one question of every kind, and records of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from grader.feedback import render_feedback
from grader.results.records import OPEN, CheckResult, Outcome, PartRecord, Record, SlotRecord
from papers.exam import Exam
from papers.lock import Lock, Part, PooledVariant, Slot, StudentPaper
from question_bank import Check, Texts
from question_bank.answers import Choice, Code, Essay, Expression, Mistake, Number, Order

PNG = b"\x89PNG\r\n\x1a\n not drawn"
SHA = hashlib.sha256(PNG).hexdigest()
BUILD = "00ff00ff00ff00ff"
HIDDEN = "HIDDEN-VALUE-3.25"


def _texts(language: str, kind: str, **by_id: dict[str, str]) -> Texts:
    figure = "![a drawn net](attachment:net.png)\n\n" if kind == "number" else ""
    prompt = f"{figure}{kind} prompt in {language} with `code` & <b>signs</b>"
    return Texts(f"{kind} title {language}", prompt, f"{kind} **explained** {language}", **by_id)


_ANSWERS: dict[str, tuple[Any, dict[str, dict[str, str]]]] = {
    "number": (Number(12, mistakes={6: Mistake("halved", credit=0.5)}), {"mistakes": {"halved": "You halved it."}}),
    "choice": (Choice("good", ("bad", "good", "ugly")), {"options": {"bad": "Bad", "good": "Good", "ugly": "Ugly"}}),
    "order": (Order(("one", "two"), ("two", "one")), {"options": {"one": "First", "two": "Second"}}),
    "expression": (Expression("lr * g", {"lr": "", "g": ""}), {}),
    "essay": (Essay({"said": 1.0}), {"rubric": {"said": "Says it."}}),
    "code": (
        Code("function", ("train",), mistakes=("swapped",)),
        {
            "checks": {"test_a": "It learns.", "test_b": "It generalises.", "test_c": "It stops."},
            "mistakes": {"swapped": "You swapped them."},
        },
    ),
}


def make_lock(language: str = "en", name: str = "Kim Haneul") -> Lock:
    """The exam: part `closed` with all typed kinds, part `open` with the code question."""
    exam = Exam.model_validate(
        {
            "id": "midterm",
            "title": {"ko": "중간고사", "en": "Midterm"},
            "date": "2025-04-23",
            "language": language,
            "part": [{"name": "closed", "minutes": 50, "slot": [{"question": "a/b"}]}],
        }
    )
    slots = []
    for number, (kind, (answer, by_id)) in enumerate(_ANSWERS.items(), 1):
        part, place = ("open", 1) if kind == "code" else ("closed", number)
        variant = PooledVariant(
            code="K7P",
            seed=0,
            parameters={"hidden": HIDDEN},
            answer=answer,
            texts={tongue: _texts(tongue, kind, **by_id) for tongue in exam.languages},
            starter="def train():\n    return a < b" if kind == "code" else None,
            solution=HIDDEN if kind == "code" else None,
            figures={"net": SHA} if kind == "number" else {},
        )
        checks = tuple(Check(id, 1) for id in by_id.get("checks", {}))
        slots.append(
            Slot(
                id=f"{part}-{place:02}",
                variable=f"q{place:02}",
                part=part,
                question=f"demo/{kind}",
                topic="demo",
                kind=answer.kind,
                points=2,
                minutes=2,
                facts=("F01",),
                checks=checks,
                data=(),
                drawing_hash="",
                marking_hash="",
                pool=(variant,),
            )
        )
    parts = [
        Part(name=part, minutes=50, open_book=part == "open", slots=tuple(s.id for s in slots if s.part == part))
        for part in ("closed", "open")
    ]
    student = StudentPaper(id="20251234", name=name, seat=None, deal={slot.id: 0 for slot in slots})
    return Lock(
        exam=exam,
        build=BUILD,
        parts=tuple(parts),
        slots=tuple(slots),
        students=(student,),
        marking_hash="",
        dlexam="0",
    )


@dataclass(frozen=True)
class Pages:
    """Makes pages: one slot's record given, all others right."""

    language: str = "en"

    def page(self, slot: str = "closed-01", *, name: str = "Kim Haneul", without: str = "", **fields: Any) -> str:
        """The page of a student whose *slot* has these fields; the part *without* is missing in the record."""
        lock = make_lock(self.language, name)
        record = self.record(lock, slot, without=without, **fields)
        return render_feedback(lock, record, {SHA: PNG})

    def record(self, lock: Lock, slot: str = "closed-01", *, without: str = "", **fields: Any) -> Record:
        """The record of that page."""
        paper = lock.students[0]
        slots = {s.id: _slot_record(s.id, **(fields if s.id == slot else {})) for s in lock.slots if s.part != without}
        parts = {part.name: PartRecord(status="graded") for part in lock.parts if part.name != without}
        return Record(
            exam=lock.exam.id,
            build=lock.build,
            student=paper.id,
            name=paper.name,
            parts=parts,
            slots=slots,
            versions={},
        )


def _slot_record(id: str, **fields: Any) -> SlotRecord:
    outcome = fields.pop("outcome", Outcome.RIGHT)
    points = None if outcome in OPEN else 2.0 if outcome == Outcome.RIGHT else 0.0
    return SlotRecord(**{"slot": id, "variant": "K7P", "outcome": outcome, "points": points, "max_points": 2, **fields})


@pytest.fixture
def pages() -> Callable[[str], Pages]:
    """Pages of one language."""
    return Pages


@pytest.fixture
def page() -> Callable[..., str]:
    """`Pages.page` of an exam in English."""
    return Pages().page


@pytest.fixture
def lock_in() -> Callable[..., Lock]:
    """`make_lock`."""
    return make_lock


@pytest.fixture
def figures() -> dict[str, bytes]:
    """The exam's figures by SHA-256."""
    return {SHA: PNG}


@pytest.fixture
def code_checks() -> tuple[CheckResult, ...]:
    """Passed, failed with a named mistake, and broken by the grader; every reason holds a hidden value."""
    return (
        CheckResult(id="test_a", share=1, passed=True, reason=HIDDEN),
        CheckResult(id="test_b", share=1, passed=False, mistake="swapped", reason=HIDDEN),
        CheckResult(id="test_c", share=1, passed=None, reason=HIDDEN),
    )
