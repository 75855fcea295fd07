"""
A zip archive as a list of entries, read in memory and never unpacked.

A member that is damaged, encrypted, a link, named twice or named outside the archive becomes an entry with a
problem; only an archive whose list of members cannot be read is refused as a whole.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO

from grader.submissions.entry import Entry, Refused, too_large
from grader.submissions.names import is_ignored, shown

__all__ = ["open_archive"]

_UTF8_NAME = 1 << 11
_ENCRYPTED = 1 << 0
# An LZMA member may ask for gigabytes of dictionary before its first byte.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LONGEST_RECORD = 512


@contextmanager
def open_archive(file: IO[bytes], most: int) -> Iterator[list[Entry]]:
    """
    The members of the zip archive in *file*; they can be read as long as the context lasts.

    Args:
        file: the archive, seekable; stays open.
        most: how many members it may have.

    Raises:
        Refused: it is no zip archive, or has more members than that.
    """
    guarded = _Guarded(file, most * _LONGEST_RECORD)
    try:
        archive = zipfile.ZipFile(guarded)
    except Refused:
        raise
    except Exception as error:  # zipfile, struct and the codecs raise a dozen kinds on damaged input
        msg = "is not a zip archive that can be read"
        raise Refused(msg) from error
    with archive:
        guarded.longest = None
        members = archive.infolist()
        if len(members) > most:
            raise _too_many(most)
        yield _entries(archive, members)


class _Guarded:
    """A file that refuses to read the whole of an absurdly long list of members at once."""

    def __init__(self, file: IO[bytes], longest: int) -> None:
        self._file = file
        self.longest: int | None = longest
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        if self.longest is not None and size > self.longest:
            raise _too_many(self.longest // _LONGEST_RECORD)
        return self._file.read(size)

    def close(self) -> None:
        """Whoever opened the file closes it."""


def _too_many(most: int) -> Refused:
    return Refused(f"holds more than {most} files")


def _entries(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> list[Entry]:
    paths = [_path(member) for member in members]
    copies = Counter(path for path in paths if path)
    entries: list[Entry] = []
    for member, path in zip(members, paths, strict=True):
        if not path or any(is_ignored(part) for part in path):
            continue
        entry = partial(Entry, tuple(shown(part) for part in path), partial(_read, archive, member))
        if (problem := _problem(member, path)) is not None:
            entries.append(entry(problem=problem))
        elif _is_folder(member):
            entries.append(entry(folder=True))
        elif copies[path] > 1:
            # Two programs may disagree on which copy counts, so none does. One entry stands for them all.
            copies[path] = -1
            entries.append(entry(problem="stands in the archive more than once"))
        elif copies[path] == 1:
            entries.append(entry())
    return entries


def _path(member: zipfile.ZipInfo) -> tuple[str, ...]:
    # Some Windows programs write backslashes. Nothing is unpacked, so they can only be separators.
    name = unicodedata.normalize("NFC", _name(member)).replace("\\", "/")
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    return ("/", *parts) if name.startswith("/") else parts


def _name(member: zipfile.ZipInfo) -> str:
    name = member.orig_filename
    if member.flag_bits & _UTF8_NAME:
        return name
    # zipfile took the bytes for cp437. Macs write UTF-8 without saying so, Korean Windows writes cp949.
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_folder(member: zipfile.ZipInfo) -> bool:
    return member.orig_filename.endswith(("/", "\\"))


def _problem(member: zipfile.ZipInfo, path: tuple[str, ...]) -> str | None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if path[0] == "/" or (len(path[0]) == 2 and path[0][1] == ":"):
        return "has an absolute path"
    if ".." in path:
        return "has a path that climbs out of its folder"
    if kind == stat.S_IFLNK:
        return "is a link and is not followed"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is not a regular file"
    if member.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if member.compress_type not in _METHODS:
        return "is packed in an unusual way"
    return None


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    # zipfile gives no more than the size that is declared, so a size that is a lie ends as a wrong checksum.
    if member.file_size > limit:
        raise too_large(limit)
    try:
        with archive.open(member) as stream:
            data = stream.read(limit + 1)
    except Exception as error:  # zipfile, zlib and struct raise a dozen kinds on damaged input
        msg = "is damaged in the archive"
        raise Refused(msg, spent=member.file_size) from error
    if len(data) > limit:
        raise too_large(limit)
    return data
