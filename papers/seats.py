"""Who sits next to whom."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

__all__ = ["Place", "neighbours", "read_seat"]

Place = tuple[str, str, int, int]
"""Room, sort of row name, row, column; only rows of one sort in one room can lie next to each other."""

_WORDS = {"행", "열", "줄", "번", "번째", "석", "좌석", "row", "seat", "col", "column", "no"}
_HANGUL_ROWS = "가나다라마바사아자차카타파하"


def read_seat(text: str) -> Place | None:
    """
    Where *text* is: `A3`, `3-4`, `301-A3`, `나5`, `3행 4열` or a bare `17`; None for anything else.
    """
    words = re.findall(r"\d+|[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())
    words = [word for word in words if word not in _WORDS]
    if not words or not words[-1].isdecimal():
        return None
    *before, column = words
    row = before.pop() if before else ""
    sort, number = row, 0
    if row.isdecimal():
        sort, number = "number", int(row)
    elif re.fullmatch("[a-z]", row):
        sort, number = "letter", ord(row)
    elif len(row) == 1 and row in _HANGUL_ROWS:
        sort, number = "hangul", _HANGUL_ROWS.index(row)
    return " ".join(before), sort, number, int(column)


def neighbours(seats: Mapping[str, str]) -> dict[str, set[str]]:
    """
    For each student, those who sit within one row and one column of them.

    Args:
        seats: seat by student; one that cannot be read has no neighbours.
    """
    at: dict[Place, list[str]] = defaultdict(list)
    for student, text in seats.items():
        if place := read_seat(text):
            at[place].append(student)
    near: dict[str, set[str]] = {student: set() for student in seats}
    for (room, sort, row, column), students in list(at.items()):
        around = [(room, sort, row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)]
        others = {other for place in around for other in at.get(place, ())}
        for student in students:
            near[student] |= others - {student}
    return near
