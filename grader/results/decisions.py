"""Decisions: what a person says of a slot, laid over the records and never written into them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.results.records import Outcome, Record, SlotRecord
from papers.lock import Lock

__all__ = ["Decision", "Decisions"]


@dataclass(frozen=True)
class Decision:
    """
    What a person decided about one slot of one student.

    Args:
        points: instead of the record's, 0 to the slot's points; None leaves the record's.
        extra: extra credit on top of the points.
        comment: Markdown, for the student.
        by: who decided; no student reads it.
        when: when, as the decider's clock said it.
    """

    student: str
    slot: str
    points: float | None
    comment: str
    by: str
    when: datetime.datetime
    extra: float = 0.0

    def says_the_same(self, other: Decision | None) -> bool:
        """True if *other* gives the same points, extra credit and comment, whoever decided and when."""
        mine = (self.student, self.slot, self.points, self.extra, self.comment)
        return other is not None and mine == (other.student, other.slot, other.points, other.extra, other.comment)


class Decisions(Mapping[tuple[str, str], Decision]):
    """Decisions by student and slot, in the order given; at most one of each."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._by_place = {(decision.student, decision.slot): decision for decision in decisions}

    def __getitem__(self, place: tuple[str, str]) -> Decision:
        return self._by_place[place]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._by_place)

    def __len__(self) -> int:
        return len(self._by_place)

    def comments(self, student: str) -> dict[str, str]:
        """What is said to *student*, by slot."""
        return {place[1]: d.comment for place, d in self.items() if place[0] == student and d.comment}

    def over(self, lock: Lock, record: Record) -> Record:
        """
        *record* with these decisions laid over it; the record itself stays as it is.

        Points then hold the extra credit too, so that they may exceed the slot's. A slot that the record lacks
        gets an entry of its own if it was given points.
        """
        slots = dict(record.slots)
        for slot in lock.slots:
            decision = self.get((record.student, slot.id))
            if decision is None or (slot.id not in slots and decision.points is None):
                continue
            before = slots.get(slot.id) or SlotRecord(
                slot=slot.id,
                variant=lock.variant(record.student, slot.id).code,
                outcome=Outcome.NEEDS_REVIEW,
                points=None,
                max_points=slot.points,
            )
            slots[slot.id] = _decided(before, decision)
        ordered = {slot.id: slots[slot.id] for slot in lock.slots if slot.id in slots}
        return record.model_copy(update={"slots": ordered})


def _decided(before: SlotRecord, decision: Decision) -> SlotRecord:
    points = before.points if decision.points is None else decision.points
    if points is None:
        # extra credit comes on top of points; while those are open there is nothing to add it to
        return before
    changed: dict[str, object] = {"points": round(points + decision.extra, 2)}
    if points != before.points:
        whole = abs(points - before.max_points) < 0.005
        changed["outcome"] = Outcome.RIGHT if whole else Outcome.PARTLY if points > 0 else Outcome.WRONG
        changed["reason"] = None
        if whole:
            changed["mistake"] = None
    return before.model_copy(update=changed)
