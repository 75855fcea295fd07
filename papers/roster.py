"""The list of students, as a spreadsheet saves it."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from question_bank.errors import DlexamError

__all__ = ["Student", "is_student_id", "read_roster"]

_COLUMNS = {
    "id": ("id", "studentid", "studentnumber", "학번", "학생번호"),
    "name": ("name", "studentname", "fullname", "이름", "성명", "학생이름"),
    "seat": ("seat", "seatnumber", "좌석", "좌석번호", "자리"),
}
_CALLED = {"id": "id or 학번", "name": "name or 이름", "seat": "seat or 좌석"}
_UTF8 = "save it as 'CSV UTF-8'"


@dataclass(frozen=True)
class Student:
    """
    A student of the roster.

    Args:
        id: letters, digits and `. _ -`, at most 64; it names the student's folder.
        name: as to be printed, NFC.
        seat: such as `A3` or `3-4`, or None.
    """

    id: str
    name: str
    seat: str | None = None


def is_student_id(text: str) -> bool:
    """Whether *text* may be a student's id: safe as a folder's name on every system."""
    return bool(re.fullmatch(r"[A-Za-z0-9._-]{1,64}", text)) and text[0] not in ".-" and text[-1] != "."


def read_roster(path: Path, encoding: str = "utf-8-sig") -> tuple[Student, ...]:
    """
    The students in the CSV file at *path*, in its order.

    The first row names the columns: `id`, `name` and, where wanted, `seat`, or 학번, 이름 (성명) and 좌석.
    Others are left alone. Comma, semicolon and tab separate.

    Raises:
        DlexamError: the file cannot be read, lacks a column, or a row is wrong; names the row.
    """
    text = _text(path, encoding)
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    rows = _rows(reader, path)
    _, header = next(rows, (0, None))
    if header is None:
        raise DlexamError("is empty", file=path, mend="the first row names the columns id and name")
    places = _columns(header, path)
    students: list[Student] = []
    seen: dict[str, tuple[int, str]] = {}
    for number, cells in rows:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise DlexamError(
                f"has {len(cells)} cells and the first row {len(header)}",
                file=path,
                place=f"row {number}",
                mend="put quotation marks around a text that holds the separator",
            )
        student = _student(cells, places, path, number)
        before = seen.setdefault(student.id.casefold(), (number, student.id))
        if before[0] != number:
            same = "" if before[1] == student.id else f" ({before[1]!r}; capitals make no difference to folders)"
            raise DlexamError(f"id {student.id!r} is in row {before[0]} too{same}", file=path, place=f"row {number}")
        students.append(student)
    if not students:
        raise DlexamError("names no student", file=path, mend="write one row for each below the first")
    return tuple(students)


def _text(path: Path, encoding: str) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DlexamError("no such file", file=path) from None
    except OSError as error:
        raise DlexamError(f"cannot be read: {error.strerror}", file=path) from None
    if data.startswith(b"PK\x03\x04"):
        raise DlexamError("is a spreadsheet, not CSV", file=path, mend=_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = data.decode(encoding)
    except LookupError:
        raise DlexamError(f"no encoding {encoding!r}", mend="use utf-8 or cp949") from None
    except UnicodeDecodeError as error:
        problem = f"is not in {encoding.removesuffix('-sig')} (byte {error.start})"
        try:
            data.decode("cp949")
        except UnicodeDecodeError:
            raise DlexamError(problem, file=path, mend=_UTF8) from None
        mend = f"{_UTF8}, or use --encoding cp949 if Excel on a Korean Windows wrote it"
        raise DlexamError(problem, file=path, mend=mend) from None
    return text.removeprefix("\ufeff")


def _rows(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with its number as a spreadsheet counts."""
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise DlexamError(f"not CSV: {error}", file=path, place=f"row {number + 1}") from None


def _columns(header: Sequence[str], path: Path) -> Mapping[str, int]:
    """Where each known column stands."""
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        folded = re.sub(r"[\W_]", "", unicodedata.normalize("NFC", title)).casefold()
        column = next((name for name, titles in _COLUMNS.items() if folded in titles), None)
        if column in places:
            twice = f"{header[places[column]].strip()!r} and {title.strip()!r}"
            raise DlexamError(f"two columns for the {column}: {twice}", file=path, place="row 1", mend="keep one")
        if column:
            places[column] = place
    for column in ("id", "name"):
        if column not in places:
            found = ", ".join(title.strip() for title in header if title.strip())
            mend = f"call it {_CALLED[column]}"
            raise DlexamError(f"no column for the {column} (found {found})", file=path, place="row 1", mend=mend)
    return places


def _student(cells: Sequence[str], places: Mapping[str, int], path: Path, number: int) -> Student:
    cell = {name: _clean(cells[place]) if place < len(cells) else "" for name, place in places.items()}
    place = f"row {number}"
    for column in ("id", "name"):
        if not cell[column]:
            raise DlexamError(f"no {column}", file=path, place=place)
    if not is_student_id(cell["id"]):
        mend = "an id has at most 64 Latin letters, digits and . _ -, and begins with a letter or digit"
        raise DlexamError(f"bad id {cell['id'][:80]!r}", file=path, place=place, mend=mend)
    if len(cell["name"]) > 100:
        raise DlexamError(f"name of {len(cell['name'])} characters", file=path, place=place, mend="at most 100")
    return Student(cell["id"], cell["name"], cell.get("seat") or None)


def _clean(text: str) -> str:
    """*text* as NFC, spaces run together, without characters that print nothing."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C").split())
