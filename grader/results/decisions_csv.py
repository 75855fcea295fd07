"""`decisions.csv`: read as a whole or refused as a whole, with a line for each fault."""

from __future__ import annotations

import codecs
import csv
import datetime
import difflib
import io
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.results.decisions import Decision, Decisions
from papers.files import csv_bytes, csv_text, write_atomic
from papers.lock import Lock
from question_bank import DlexamError

__all__ = ["COLUMNS", "DecisionsRefused", "decisions_bytes", "load_decisions", "read_decisions", "write_decisions"]

COLUMNS = ("student", "slot", "points", "extra", "comment", "by", "when")
"""The columns as written; `extra` may be left out."""

_CALLED = {
    "student": ("student", "studentid", "id", "학번"),
    "slot": ("slot", "question", "문항"),
    "points": ("points", "score", "점수"),
    "extra": ("extra", "extracredit", "가산점"),
    "comment": ("comment", "comments", "의견"),
    "by": ("by", "grader", "채점자"),
    "when": ("when", "time", "시각"),
}
_SAVE = "save it as 'CSV UTF-8 (comma delimited)'"
_LONGEST_COMMENT = 20_000
_ESCAPED = "'"


class DecisionsRefused(DlexamError):
    """
    Decisions that cannot be applied; none of them was.

    Attributes:
        faults: one line each, as the text has them.
    """

    def __init__(self, faults: Sequence[str], file: Path) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults[0], file=file)

    def __str__(self) -> str:
        lines = [" ".join(f"{self.file}: {fault}".split()) for fault in self.faults]
        if len(lines) > 1:
            lines.append(f"{self.file}: {len(lines)} faults, and nothing was applied")
        return "\n".join(lines)


def load_decisions(results: Path, lock: Lock) -> Decisions:
    """
    The decisions in `decisions.csv` of *results*; none if there is no such file.

    Raises:
        DecisionsRefused: as `read_decisions`.
    """
    file = results / "decisions.csv"
    return read_decisions(file, lock) if file.exists() else Decisions()


def read_decisions(path: Path, lock: Lock) -> Decisions:
    """
    The decisions in the CSV file at *path*, all of them sound for *lock*.

    The first row names the columns `student`, `slot`, `points`, `comment`, `by`, `when`, and `extra` where extra
    credit was given; the Korean names 학번, 문항, 점수, 의견, 채점자, 시각 and 가산점 will do. Empty points leave the
    record's. Times are ISO 8601, such as `2025-04-30 14:00`.

    Raises:
        DecisionsRefused: with every fault of the file.
    """
    text = _text(path)
    header, rows = _rows(text, path)
    places = _places(header, path)
    reader = _Reader(lock, places)
    decisions = [decision for number, cells in rows if (decision := reader.decision(number, cells))]
    if reader.faults:
        raise DecisionsRefused(reader.faults, path)
    return Decisions(decisions)


def write_decisions(path: Path, decisions: Decisions) -> None:
    """Write *decisions* to *path*, whole or not at all, with a BOM for Excel and nothing that it takes for formulas."""
    write_atomic(path, decisions_bytes(decisions))


def decisions_bytes(decisions: Decisions) -> bytes:
    """The file that holds *decisions*."""
    rows = [
        (d.student, d.slot, d.points, d.extra or None, d.comment, d.by, d.when.isoformat(sep=" ", timespec="minutes"))
        for d in decisions.values()
    ]
    return csv_bytes(COLUMNS, rows)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DecisionsRefused([f"cannot be read ({error.strerror})"], path) from None
    if data.startswith(b"PK\x03\x04"):
        raise DecisionsRefused([f"is a spreadsheet, not CSV; {_SAVE}"], path)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DecisionsRefused([f"is in UTF-16, not UTF-8; {_SAVE}"], path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"is not in UTF-8 (byte {error.start})"
    try:
        data.decode("cp949")
    except UnicodeDecodeError:
        raise DecisionsRefused([f"{wrong}; {_SAVE}"], path) from None
    raise DecisionsRefused([f"is in cp949, as Excel on a Korean Windows saves CSV, not in UTF-8; {_SAVE}"], path)


def _rows(text: str, path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The first row, and the others that hold something, numbered as a spreadsheet counts."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    other = max(";\t", key=first.count)
    if first.count(other) > first.count(","):
        name = "semicolons" if other == ";" else "tabs"
        raise DecisionsRefused([f"is separated by {name}, not by commas; {_SAVE}"], path)
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1))
    except csv.Error as error:
        raise DecisionsRefused([f"is not CSV: {error}"], path) from None
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise DecisionsRefused([f"is empty; its first row names the columns {', '.join(COLUMNS)}"], path)
    return filled[0][1], filled[1:]


def _places(header: Sequence[str], path: Path) -> Mapping[str, int]:
    places: dict[str, int] = {}
    faults = []
    for place, title in enumerate(header):
        folded = re.sub(r"[\W_]", "", unicodedata.normalize("NFC", title)).casefold()
        column = next((name for name, titles in _CALLED.items() if folded in titles), None)
        if column in places:
            faults.append(f"row 1: two columns for {column}")
        if column is not None:
            places[column] = place
    missing = [name for name in COLUMNS if name not in places and name != "extra"]
    if missing:
        faults.append(f"row 1: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}")
    if faults:
        raise DecisionsRefused(faults, path)
    return places


class _Fault(Exception):
    """One thing wrong with one row; its text is the line without the row."""


class _Reader:
    """Reads rows and gathers their faults."""

    def __init__(self, lock: Lock, places: Mapping[str, int]) -> None:
        self.faults: list[str] = []
        self._students = {student.id for student in lock.students}
        self._slots = {slot.id: slot.points for slot in lock.slots}
        self._places = places
        self._seen: dict[tuple[str, str], int] = {}

    def decision(self, number: int, cells: Sequence[str]) -> Decision | None:
        cell = {name: _clean(cells[at]) if at < len(cells) else "" for name, at in self._places.items()}
        found: dict[str, object] = {}
        faults = len(self.faults)
        for name, read in (
            ("student", lambda: _known("student", cell["student"], self._students)),
            ("slot", lambda: _known("slot", cell["slot"], self._slots)),
            ("points", lambda: _points(cell["points"], self._slots.get(cell["slot"], math.inf))),
            ("extra", lambda: _extra(cell.get("extra", ""))),
            ("by", lambda: _by(cell["by"])),
            ("when", lambda: _when(cell["when"])),
        ):
            try:
                found[name] = read()
            except _Fault as fault:
                self.faults.append(f"row {number}: {fault}")
        comment = cell["comment"]
        if len(comment) > _LONGEST_COMMENT:
            self.faults.append(f"row {number}: a comment of {len(comment)} characters; at most {_LONGEST_COMMENT}")
        place = (cell["student"], cell["slot"])
        if all(place) and self._seen.setdefault(place, number) != number:
            self.faults.append(f"row {number}: {place[0]} {place[1]} is decided in row {self._seen[place]} too")
        if len(self.faults) > faults:
            return None
        if found["points"] is None and not found["extra"] and not comment:
            self.faults.append(f"row {number}: decides nothing: no points, no extra credit, no comment")
            return None
        return Decision(comment=comment, **found)  # type: ignore[arg-type]


def _known(what: str, value: str, known: set[str] | Mapping[str, float]) -> str:
    if value in known:
        return value
    if not value:
        msg = f"no {what}"
        raise _Fault(msg)
    # another student's id is never suggested; but spreadsheets drop the zeros that an id begins with
    zeros = [id for id in known if id.lstrip("0") == value]
    near = zeros if what == "student" else difflib.get_close_matches(value, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    msg = f"no {what} {value[:80]!r} in this exam{hint}"
    raise _Fault(msg)


def _number(value: str, what: str) -> float:
    try:
        # float() would also take 1_0 and nan
        number = float(value) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?|\.[0-9]+", value) else math.nan
    except ValueError:
        number = math.nan
    if math.isnan(number):
        hint = "; write a point, not a comma" if re.fullmatch(r"[0-9]+,[0-9]+", value) else ""
        msg = f"{what} {value[:40]!r} is no number{hint}"
        raise _Fault(msg)
    return number


def _points(value: str, most: float) -> float | None:
    if not value:
        return None
    number = _number(value, "points")
    if not 0 <= number <= most:
        msg = f"points {value} out of range: 0 to {most:g}"
        raise _Fault(msg)
    return round(number, 2)


def _extra(value: str) -> float:
    number = _number(value, "extra credit") if value else 0.0
    if not 0 <= number <= 1000:
        msg = f"extra credit {value} out of range: 0 or more"
        raise _Fault(msg)
    return round(number, 2)


def _by(value: str) -> str:
    if not value:
        msg = "nobody stands in 'by': a mark must have somebody to ask"
        raise _Fault(msg)
    return value[:200]


def _when(value: str) -> datetime.datetime:
    try:
        return datetime.datetime.fromisoformat(value.replace("/", "-"))
    except ValueError:
        msg = f"bad time {value[:40]!r}: write it as 2025-04-30 14:00"
        raise _Fault(msg) from None


def _clean(text: str) -> str:
    """*text* as `csv_text` was given it: NFC, and without the apostrophe that keeps formulas asleep."""
    text = unicodedata.normalize("NFC", text).strip()
    bare = text.removeprefix(_ESCAPED)
    return bare if text.startswith(_ESCAPED) and csv_text(bare) == text else text
