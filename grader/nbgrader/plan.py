"""What nbgrader's gradebook is to hold of an exam: its notebooks with their slots, and the class with its marks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["CellPlan", "Given", "Marked", "Plan"]


@dataclass(frozen=True)
class CellPlan:
    """
    A slot as the gradebook has it.

    Args:
        grade: id of the cell with the points.
        comment: id of the cell with the comment.
        kind: `code`, or `markdown` for what a person marks.
        guard: source of the cell with the points.
    """

    slot: str
    grade: str
    comment: str
    points: float
    kind: str
    guard: str


@dataclass(frozen=True)
class Marked:
    """
    What dlexam says of one slot.

    Args:
        points: None while it waits for a person.
        extra: extra credit that a decision gave.
    """

    slot: str
    points: float | None
    extra: float
    comment: str


@dataclass(frozen=True)
class Given:
    """
    One student.

    Args:
        marks: by slot; none at all if nothing was handed in.
        timestamp: when it was handed in, UTC without a zone, as nbgrader keeps it; None if nobody knows.
        keep_timestamp: leave the one in the gradebook alone.
    """

    student: str
    name: str
    marks: Mapping[str, Marked] = field(default_factory=dict)
    timestamp: datetime.datetime | None = None
    keep_timestamp: bool = False


@dataclass(frozen=True)
class Plan:
    """
    An assignment: its notebooks with their slots, and the class.

    Args:
        generated: `nbgrader generate_assignment` has to have made it, which is refused once there are submissions.
    """

    assignment: str
    notebooks: Mapping[str, Sequence[CellPlan]]
    class_: Sequence[Given]
    generated: bool = False
