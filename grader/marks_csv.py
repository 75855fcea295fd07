"""marks.csv: one row per student, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.records import Record
from papers.files import csv_bytes, write_atomic
from papers.lock import Lock

__all__ = ["write_marks"]


def write_marks(lock: Lock, records: Iterable[Record], path: Path) -> None:
    """
    Write the marks of *records* to *path*, whole or not at all.

    Columns: id, name, status, total, max, the number of slots that wait for a person, then the points of
    each slot, empty while they are open. With any open slot the total is provisional.
    """
    slots = [slot.id for slot in lock.slots]
    header = ["id", "name", "status", "total", "max", "open", *slots]
    rows = (
        [r.student, r.name, r.status, r.points, r.max_points, len(r.open_slots), *(r.slots[id].points for id in slots)]
        for r in records
    )
    write_atomic(path, csv_bytes(header, rows))
