"""
The strict notebook reader: from submitted bytes to cells, or to one clear sentence.

Nothing of the notebook is executed, rendered or repaired. Only what marking needs is kept: the source of the
cells, their ids, and what the notebook says of itself, which is a claim. Outputs and attachments are dropped.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, cast

from grader.submissions.names import shown
from question_bank.errors import DlexamError

__all__ = ["MAX_BYTES", "Cell", "SubmittedNotebook", "UnreadableNotebook", "read_notebook"]

MAX_BYTES = 16 * 2**20
_MAX_DEPTH = 100
_MAX_CONTAINERS = 500_000
_MAX_CELLS = 5_000
_MAX_CELL_CHARS = 2**20
_MAX_CHARS = 2**22
_MAX_CLAIM = 100

_HAND_IN_AGAIN = "ask the student to save the notebook and hand it in again"
_KINDS = ("code", "markdown", "raw")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CLAIMS = ("exam", "part", "student", "build")

# A string is one token, so that brackets in it do not count. The closing quote is optional: a string that
# never ends must be passed over once, not once for each of its characters.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)

_OTHER_FILES = {
    b"PK\x03\x04": "is a zip archive, not a notebook",
    b"%PDF": "is a PDF file, not a notebook",
    b"<": "is a web page, not a notebook",
    b"\xff\xfe": "is not UTF-8 text",
    b"\xfe\xff": "is not UTF-8 text",
    b"version https://git-lfs": "is a Git LFS pointer, not a notebook",
}


@dataclass(frozen=True)
class Cell:
    """
    One cell as handed in.

    Attributes:
        id: the cell's id, from the cell itself or, where a tool has replaced that, from nbgrader's metadata.
        kind: code, markdown or raw.
        source: its text, line ends as they came.
    """

    id: str | None
    kind: Literal["code", "markdown", "raw"]
    source: str


@dataclass(frozen=True)
class SubmittedNotebook:
    """
    A notebook that was read. What it says of itself (exam, part, student, build) is a claim, fit to show.

    Attributes:
        flags: what a person should know, one sentence each.
        name: the file's name.
        sha256: of the bytes handed in.
    """

    cells: tuple[Cell, ...]
    exam: str | None
    part: str | None
    student: str | None
    build: str | None
    flags: tuple[str, ...] = ()
    name: str = ""
    sha256: str = ""


class UnreadableNotebook(DlexamError):
    """
    A submission that is no notebook we can read; the others are read all the same.

    Attributes:
        flags: what a person should know, one sentence each.
        sha256: of the bytes handed in, empty if there were none to read.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | None = None,
        place: str | None = None,
        mend: str | None = None,
        flags: tuple[str, ...] = (),
        sha256: str = "",
    ) -> None:
        super().__init__(problem, file=file, place=place, mend=mend)
        self.flags = flags
        self.sha256 = sha256


def read_notebook(data: bytes, *, name: str, ours: Container[str] | None = None) -> SubmittedNotebook:
    """
    Read the *data* of a notebook file.

    A cell's id and nbgrader's ``grade_id`` are equal in what we hand out. Where they differ, the one in
    *ours* counts, the cell's own first; without *ours* it is the ``grade_id``, for tools give cells new ids
    but none writes that one. Of two cells with one id the first keeps it, and the notebook is flagged.

    Args:
        data: the bytes handed in.
        name: the file's name, for messages.
        ours: the ids of the cells that we handed out.

    Raises:
        UnreadableNotebook: for whatever is wrong, in one line.
    """
    reader = _Reader(shown(name), hashlib.sha256(data).hexdigest(), ours)
    return reader.notebook(reader.document(data))


class _BadJson(ValueError):
    """JSON that a lenient parser would let pass."""


class _Reader:
    def __init__(self, name: str, sha256: str, ours: Container[str] | None) -> None:
        self._name = name
        self._sha256 = sha256
        self._ours = ours
        self._flags: list[str] = []

    def _fail(self, problem: str, *, place: str | None = None, mend: str = _HAND_IN_AGAIN) -> NoReturn:
        raise UnreadableNotebook(problem, file=self._name, place=place, mend=mend, sha256=self._sha256)

    def document(self, data: bytes) -> dict[str, Any]:
        """The JSON object that *data* holds."""
        if len(data) > MAX_BYTES:
            mend = "ask the student to clear the outputs and hand it in again"
            self._fail(f"is larger than {MAX_BYTES // 2**20} MiB", mend=mend)
        text = self._text(data)
        self._check_nesting(text)
        try:
            document = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        except json.JSONDecodeError as error:
            self._fail(f"is not JSON ({error.msg})", place=f"line {error.lineno}")
        except _BadJson as error:
            self._fail(f"is not strict JSON ({error})")
        except (ValueError, RecursionError, MemoryError):
            self._fail("is not JSON that can be read")
        if not isinstance(document, dict):
            self._fail("is JSON but not a notebook")
        return document

    def _text(self, data: bytes) -> str:
        for start, problem in _OTHER_FILES.items():
            if data.startswith(start):
                self._fail(problem)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._fail("is not UTF-8 text", place=f"byte {error.start}")
        if not text.strip():
            self._fail("is empty")
        return text

    def _check_nesting(self, text: str) -> None:
        depth = containers = 0
        for token in _TOKEN.finditer(text):
            char = text[token.start()]
            if char in "[{":
                depth += 1
                containers += 1
                if depth > _MAX_DEPTH or containers > _MAX_CONTAINERS:
                    self._fail("is JSON nested too deep or too wide for a notebook")
            elif char in "]}":
                depth -= 1

    def notebook(self, document: dict[str, Any]) -> SubmittedNotebook:
        """The notebook that *document* is."""
        version = document.get("nbformat")
        if version != 4 or type(version) is not int:
            found = f"format {version}" if type(version) is int and 0 <= version < 1000 else "no known format"
            self._fail(f"has {found} where notebook format 4 is read", mend="open it in Jupyter and save it")
        cells = document.get("cells")
        if not isinstance(cells, list):
            self._fail("has no list of cells")
        if len(cells) > _MAX_CELLS:
            self._fail(f"has more than {_MAX_CELLS} cells")
        claims = self._claims(self._dictionary(document, "metadata", place=None))
        read = self._without_copies([self._cell(cell, f"cell {n}") for n, cell in enumerate(cells, start=1)])
        if sum(len(cell.source) for cell in read) > _MAX_CHARS:
            self._fail(f"has more than {_MAX_CHARS} characters of source")
        flags = tuple(self._flags)
        return SubmittedNotebook(read, **claims, flags=flags, name=self._name, sha256=self._sha256)

    def _dictionary(self, holder: dict[str, Any], key: str, *, place: str | None) -> dict[str, Any]:
        value = holder.get(key, {})
        if not isinstance(value, dict):
            self._fail(f"has {key} that is not an object", place=place)
        return value

    def _claims(self, metadata: dict[str, Any]) -> dict[str, str | None]:
        claims: dict[str, str | None] = dict.fromkeys(_CLAIMS)
        ours = metadata.get("dlexam", {})
        if not isinstance(ours, dict):
            self._flags.append("its exam metadata is not an object")
            return claims
        for key in _CLAIMS:
            value = ours.get(key)
            if isinstance(value, str) and value and shown(value, _MAX_CLAIM) == _nfc(value):
                claims[key] = _nfc(value)
            elif value is not None:
                self._flags.append(f"its exam metadata holds no usable {key}")
        return claims

    def _cell(self, cell: object, place: str) -> Cell:
        if not isinstance(cell, dict):
            self._fail("is not an object", place=place)
        kind = cell.get("cell_type")
        if not isinstance(kind, str) or kind not in _KINDS:
            self._fail("is of no known type", place=place)
        nbgrader = self._dictionary(cell, "metadata", place=place).get("nbgrader")
        grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
        return Cell(
            id=self._id(_usable(cell.get("id")), _usable(grade_id)),
            kind=cast(Literal["code", "markdown", "raw"], kind),
            source=self._source(cell.get("source"), place),
        )

    def _id(self, own: str | None, grade_id: str | None) -> str | None:
        if own is None or grade_id is None:
            return own or grade_id
        if self._ours is None:
            return grade_id
        return own if own in self._ours or grade_id not in self._ours else grade_id

    def _source(self, source: object, place: str) -> str:
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str):
            self._fail("has a source that is not text", place=place)
        if len(source) > _MAX_CELL_CHARS:
            self._fail(f"has more than {_MAX_CELL_CHARS} characters of source", place=place)
        try:
            source.encode()
        except UnicodeEncodeError:
            self._fail("has half a character in its source (a lone surrogate)", place=place)
        return source

    def _without_copies(self, cells: list[Cell]) -> tuple[Cell, ...]:
        seen: set[str] = set()
        kept: list[Cell] = []
        for cell in cells:
            if cell.id is not None and cell.id in seen:
                if self._ours is None or cell.id in self._ours:
                    self._flags.append(f"two cells have the id {cell.id}; the first one counts")
                kept.append(Cell(None, cell.kind, cell.source))
                continue
            if cell.id is not None:
                seen.add(cell.id)
            kept.append(cell)
        self._flags = list(dict.fromkeys(self._flags))
        return tuple(kept)


def _usable(value: object) -> str | None:
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        msg = "one key stands twice in an object"
        raise _BadJson(msg)
    return result


def _constant(name: str) -> NoReturn:
    msg = f"{name} is no JSON number"
    raise _BadJson(msg)
