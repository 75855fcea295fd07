"""The marks of a class as one table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.results.records import Record
from papers.files import csv_bytes, write_atomic
from papers.lock import Lock, StudentPaper
from question_bank import DlexamError

__all__ = ["write_marks"]

_HEADER = ("id", "name", "status", "total", "max", "open_slots")


def write_marks(lock: Lock, records: Iterable[Record], path: Path) -> None:
    """
    Write `marks.csv`: a row for each student of *lock*, a column for each slot.

    UTF-8 with a BOM; written whole or not at all. `open_slots` counts those that wait for a person or were
    not graded yet: their cells are empty, and above 0 the total is provisional. A student without a
    record has the status `not graded` and no total.

    Raises:
        DlexamError: a record belongs to another build or to nobody in *lock*.
    """
    known = {student.id: student for student in lock.students}
    marked: dict[str, list[object]] = {}
    for record in records:
        if record.build != lock.build or record.student not in known:
            raise DlexamError(f"the record of {record.student} does not belong to this exam", mend="grade again")
        marked[record.student] = _row(lock, known[record.student], record)
    rows = (marked.get(student.id) or _row(lock, student, None) for student in lock.students)
    write_atomic(path, csv_bytes([*_HEADER, *(slot.id for slot in lock.slots)], rows))


def _row(lock: Lock, student: StudentPaper, record: Record | None) -> list[object]:
    most = _plain(sum(slot.points for slot in lock.slots))
    if record is None:
        return [student.id, student.name, "not graded", None, most, len(lock.slots), *(None for _ in lock.slots)]
    marked = [record.slots.get(slot.id) for slot in lock.slots]
    points = [None if slot is None else slot.points for slot in marked]
    cells = [None if value is None else _plain(value) for value in points]
    return [student.id, student.name, record.status, _plain(record.points), most, points.count(None), *cells]


def _plain(points: float) -> float:
    """*points* to the hundredth, whole ones without decimals."""
    rounded = round(points, 2)
    return int(rounded) if rounded == int(rounded) else rounded
