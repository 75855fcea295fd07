"""The record: one JSON file per student, the only truth about marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, overload

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from question_bank import DlexamError

__all__ = [
    "OPEN",
    "CheckResult",
    "Earlier",
    "Outcome",
    "PartRecord",
    "Record",
    "SlotRecord",
    "StoredRecords",
    "read_record",
    "read_records",
    "record_file",
]


class Outcome(StrEnum):
    """What became of an answer."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"
    MALFORMED = "malformed"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    NEEDS_REVIEW = "needs review"
    GRADER_ERROR = "grader error"


OPEN = (Outcome.NEEDS_REVIEW, Outcome.GRADER_ERROR)
"""The outcomes whose points wait for a person."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CheckResult(_Model):
    """
    One hidden test of a slot.

    `passed` is None where the grader itself failed. `reason` is for the TA: no student reads it.
    """

    id: str
    share: float
    passed: bool | None
    mistake: str | None = None
    reason: str | None = None


class Earlier(_Model):
    """A mark that a later one replaced."""

    outcome: Outcome
    points: float | None
    because: str


class SlotRecord(_Model):
    """
    What one slot earned.

    Args:
        slot: the slot's id.
        variant: code of the variant that this student was dealt.
        outcome: see `Outcome`.
        points: None while the slot waits for a person, else 0 to `max_points`.
        read_as: the answer as it was read, plain data; None for code and for no answer.
        mistake: id of the named mistake that was recognised.
        reason: why a form was refused, a cell failed, or a person must look; for the TA.
        predicted_in_child: a model's predictions came from the student's own process.
        key: what the mark depends on, as hashes; equal keys need no second run. Empty for a fault of ours.
        seconds: wall time that running and marking took.
    """

    slot: str
    variant: str
    outcome: Outcome
    points: float | None
    max_points: float
    checks: tuple[CheckResult, ...] = ()
    read_as: Any = None
    mistake: str | None = None
    reason: str | None = None
    predicted_in_child: bool = False
    key: dict[str, str] = Field(default_factory=dict)
    seconds: float = 0.0
    earlier: tuple[Earlier, ...] = ()


class PartRecord(_Model):
    """
    Where the marks of one part come from.

    Args:
        status: `graded`, `missing` (nothing handed in) or `unreadable` (no notebook of ours).
        source: the file as the student named it.
        sha256: of the file's bytes.
        answers: SHA-256 of the stored file of what was handed in; None if none is stored.
        isolation: how the student's code was kept apart; `not run` where nothing had to run.
        flags: what the TA should know, one line each.
    """

    status: Literal["graded", "missing", "unreadable"]
    source: str | None = None
    sha256: str | None = None
    answers: str | None = None
    isolation: str = "not run"
    flags: tuple[str, ...] = ()
    seconds: float = 0.0


class Record(_Model):
    """All marks of one student in one exam."""

    format: Literal[1] = 1
    exam: str
    build: str
    student: str
    name: str
    parts: dict[str, PartRecord]
    slots: dict[str, SlotRecord]
    versions: Annotated[dict[str, str], Field(default_factory=dict)]

    @property
    def points(self) -> float:
        """The points that are settled."""
        return round(sum(slot.points or 0 for slot in self.slots.values()), 2)

    @property
    def max_points(self) -> float:
        """The points of the whole paper."""
        return round(sum(slot.max_points for slot in self.slots.values()), 2)

    @property
    def open_slots(self) -> tuple[str, ...]:
        """The slots whose points wait for a person; with any, the total is provisional."""
        return tuple(id for id, slot in self.slots.items() if slot.points is None)

    @property
    def status(self) -> str:
        """`missing` if no part was handed in, `unreadable` if none could be read, else `graded`."""
        states = {part.status for part in self.parts.values()}
        return "graded" if "graded" in states else "unreadable" if "unreadable" in states else "missing"

    def to_json(self) -> str:
        """The record as the text of its file."""
        return self.model_dump_json(indent=1) + "\n"

    def same_marks(self, other: Record) -> bool:
        """True when both say the same, times aside."""
        return _timeless(self) == _timeless(other)


def _timeless(record: Record) -> Record:
    return record.model_copy(
        update={
            "parts": {id: part.model_copy(update={"seconds": 0.0}) for id, part in record.parts.items()},
            "slots": {id: slot.model_copy(update={"seconds": 0.0}) for id, slot in record.slots.items()},
        }
    )


def record_file(results: Path, student: str) -> Path:
    """Where the record of *student* stands below *results*."""
    return results / "records" / f"{student}.json"


def read_record(file: Path) -> Record:
    """
    The record in *file*.

    Raises:
        DlexamError: it is missing or no record.
    """
    try:
        return Record.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise DlexamError("missing", file=file, mend="run `dlexam grade` first") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DlexamError(first["msg"], file=file, place=place, mend="delete it and grade again") from None


def read_records(results: Path) -> Iterator[Record]:
    """
    The records below *results*, in the order of the students' ids.

    Raises:
        DlexamError: there are none, or one can't be read.
    """
    files = sorted((results / "records").glob("*.json"))
    if not files:
        raise DlexamError("holds no records", file=results, mend="run `dlexam grade` first")
    return map(read_record, files)


class StoredRecords(Sequence[Record]):
    """
    The records of a class, read from their files each time they are looked at: a large class needs no memory.

    Args:
        ids: of the students, in the order of the sequence.
        shown: what to make of each record.
    """

    def __init__(self, results: Path, ids: Sequence[str], shown: Callable[[Record], Record] = lambda r: r) -> None:
        self._results = results
        self._ids = tuple(ids)
        self._shown = shown

    @overload
    def __getitem__(self, index: int) -> Record: ...

    @overload
    def __getitem__(self, index: slice) -> StoredRecords: ...

    def __getitem__(self, index: int | slice) -> Record | StoredRecords:
        if isinstance(index, slice):
            return StoredRecords(self._results, self._ids[index], self._shown)
        return self._shown(read_record(record_file(self._results, self._ids[index])))

    def __len__(self) -> int:
        return len(self._ids)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]
