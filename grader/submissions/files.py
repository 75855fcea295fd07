"""The files of one student, read under caps; a bad one becomes a flag and does not stop the others."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from grader.submissions.archive import open_archive
from grader.submissions.entry import Caps, Entry, Refused, size_of
from grader.submissions.names import is_archive, is_notebook, listed, natural
from question_bank.errors import DlexamError

__all__ = ["Budget", "SubmittedFile", "open_bytes", "read_files"]


class SubmittedFile:
    """
    A notebook file, or what should have been one.

    Attributes:
        name: its path within what the student handed in, safe to show.
        data: its bytes; empty if it was not read.
        sha256: of the bytes; empty if it was not read.
        problem: why it was not read, if it was not.
    """

    def __init__(self, name: str, data: bytes | Spooled, sha256: str, problem: str | None = None) -> None:
        self.name = name
        self.sha256 = sha256
        self.problem = problem
        self._data = data

    @property
    def data(self) -> bytes:
        """Its bytes; empty if it was not read."""
        return self._data if isinstance(self._data, bytes) else self._data.read()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SubmittedFile) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash((self.name, self.sha256, self.problem))

    def __repr__(self) -> str:
        return f"SubmittedFile{self._all()!r}"

    def __reduce__(self) -> tuple[type[SubmittedFile], tuple[str, bytes, str, str | None]]:
        # to another process go the bytes themselves
        return SubmittedFile, self._all()

    def _all(self) -> tuple[str, bytes, str, str | None]:
        return self.name, self.data, self.sha256, self.problem


@dataclass(frozen=True)
class Spooled:
    """Bytes that wait in an unnamed file, which goes with the last of them."""

    file: IO[bytes]
    offset: int
    size: int

    def read(self) -> bytes:
        """The bytes."""
        return os.pread(self.file.fileno(), self.size, self.offset)


class Budget:
    """Counts the bytes kept of the whole inbox in *path*, and keeps them out of memory."""

    def __init__(self, caps: Caps, path: Path) -> None:
        self.caps = caps
        self._left = caps.total
        self._path = path
        self._spool: IO[bytes] | None = None

    def keep(self, data: bytes) -> bytes | Spooled:
        """*data* on disk, or as it is where the disk has no room."""
        try:
            if self._spool is None:
                self._spool = tempfile.TemporaryFile(prefix="dlexam-inbox-", buffering=0)  # noqa: SIM115 - kept
            offset = self._spool.seek(0, os.SEEK_END)
            if self._spool.write(data) != len(data):
                return data
        except OSError:
            return data
        return Spooled(self._spool, offset, len(data))

    def spend(self, size: int) -> None:
        """
        Count *size* bytes.

        Raises:
            DlexamError: the whole inbox is too large.
        """
        self._left -= size
        if self._left < 0:
            msg = f"holds more than {size_of(self.caps.total)} of notebooks"
            raise DlexamError(msg, file=self._path, mend="grade the class in smaller lots")


def open_bytes(data: bytes, most: int) -> AbstractContextManager[list[Entry]]:
    """The archive that *data* is, opened as `open_archive` does."""
    return open_archive(io.BytesIO(data), most)


def read_files(
    entries: Iterable[tuple[str, Entry]], budget: Budget, given: Collection[str] = ()
) -> tuple[tuple[SubmittedFile, ...], tuple[str, ...]]:
    """
    The notebooks among one owner's *entries* (name, entry), by name, and flags for all that was not read.

    A zip archive among them is looked into, one level deep.

    Args:
        given: names of files that students were given, of which nothing has to be said.

    Raises:
        DlexamError: the whole inbox is too large.
    """
    reader = _Reader(budget)
    reader.take(entries, inside=False)
    if others := [name for name in reader.others if PurePosixPath(name).name not in given]:
        reader.flags.append(f"not read, being no notebook: {listed(others)}")
    if not reader.files:
        reader.flags.append("it holds no notebook")
    return tuple(sorted(reader.files, key=lambda file: natural(file.name))), tuple(reader.flags)


class _Reader:
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._left = budget.caps.student
        self.files: list[SubmittedFile] = []
        self.flags: list[str] = []
        self.others: list[str] = []

    def take(self, entries: Iterable[tuple[str, Entry]], *, inside: bool) -> None:
        for name, entry in sorted(entries, key=lambda pair: natural(pair[0])):
            if entry.folder:
                continue
            if entry.problem is not None:
                self._refuse(name, entry.problem)
            elif is_notebook(name):
                self._notebook(name, entry)
            elif is_archive(name):
                self._archive(name, entry, inside=inside)
            else:
                self.others.append(name)

    def _refuse(self, name: str, problem: str) -> None:
        self.flags.append(f"{name} {problem}")
        if is_notebook(name) or is_archive(name):
            self.files.append(SubmittedFile(name, b"", "", problem))

    def _bytes(self, entry: Entry, limit: int) -> bytes:
        self._check()
        try:
            data = entry.read(limit)
        except Refused as refused:
            self._left -= refused.spent
            raise
        self._left -= len(data)
        self._check()
        return data

    def _check(self) -> None:
        if self._left < 0:
            msg = f"would take the student's files over {size_of(self._budget.caps.student)}"
            raise Refused(msg)

    def _notebook(self, name: str, entry: Entry) -> None:
        try:
            data = self._bytes(entry, self._budget.caps.notebook)
        except Refused as refused:
            self._refuse(name, str(refused))
            return
        self._budget.spend(len(data))
        self.files.append(SubmittedFile(name, self._budget.keep(data), hashlib.sha256(data).hexdigest()))

    def _archive(self, name: str, entry: Entry, *, inside: bool) -> None:
        if inside:
            self._refuse(name, "is an archive in an archive and is not opened")
            return
        caps = self._budget.caps
        try:
            with open_bytes(self._bytes(entry, caps.archive), caps.entries_inside) as members:
                self.take([(f"{name}/{'/'.join(member.parts)}", member) for member in members], inside=True)
        except Refused as refused:
            self._refuse(name, str(refused))
