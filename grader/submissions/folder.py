"""
A folder as a list of entries, no link ever followed.

Every component below the folder is opened relative to its parent and without following links, so that what
was listed and what is read later are one place even if somebody swaps a folder for a link in between.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from grader.submissions.entry import Caps, Entry, Refused, too_large
from grader.submissions.names import from_disk, is_ignored, shown

__all__ = ["list_folder"]

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# Without O_NONBLOCK, opening a named pipe waits for a writer that never comes.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC

_LINK = "is a link and is not followed"
_SPECIAL = "is not a regular file"
_DEEP = "lies too many folders deep"


def list_folder(root: Path, caps: Caps) -> list[Entry]:
    """
    All files and folders under *root*, in no order that matters.

    Raises:
        Refused: the folder itself cannot be opened, or holds more than ``caps.entries`` files.
    """
    entries: list[Entry] = []
    try:
        top = os.open(root, _FOLDER)
    except OSError as error:
        raise Refused(_cannot_open(error)) from error
    try:
        for entry in _walk(root, top, (), caps):
            entries.append(entry)
            if len(entries) > caps.entries:
                msg = f"holds more than {caps.entries} files"
                raise Refused(msg)
    finally:
        os.close(top)
    return entries


def _walk(root: Path, folder: int, above: tuple[str, ...], caps: Caps) -> Iterator[Entry]:
    with os.scandir(folder) as listing:
        found = [item for item in listing if not is_ignored(item.name)]
    for item in found:
        path = (*above, item.name)
        entry = partial(Entry, tuple(shown(from_disk(part)) for part in path), partial(_read, root, path))
        if item.is_symlink():
            yield entry(problem=_LINK)
        elif item.is_dir(follow_symlinks=False):
            yield from _enter(root, folder, path, entry, caps)
        elif item.is_file(follow_symlinks=False):
            yield entry()
        else:
            yield entry(problem=_SPECIAL)


def _enter(root: Path, folder: int, path: tuple[str, ...], entry: partial[Entry], caps: Caps) -> Iterator[Entry]:
    if len(path) >= caps.depth:
        yield entry(problem=_DEEP)
        return
    try:
        below = os.open(path[-1], _FOLDER | os.O_NOFOLLOW, dir_fd=folder)
    except OSError as error:
        yield entry(problem=_cannot_open(error))
        return
    try:
        yield entry(folder=True)
        yield from _walk(root, below, path, caps)
    finally:
        os.close(below)


def _read(root: Path, path: tuple[str, ...], limit: int) -> bytes:
    try:
        with _opened(root, path) as file:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise Refused(_SPECIAL)
            if status.st_size > limit:
                raise too_large(limit)
            with os.fdopen(file, "rb", closefd=False) as stream:
                data = stream.read(limit + 1)
    except OSError as error:
        raise Refused(_cannot_open(error)) from error
    # The file may have grown since its size was asked for.
    if len(data) > limit:
        raise too_large(limit)
    return data


@contextmanager
def _opened(root: Path, path: tuple[str, ...]) -> Iterator[int]:
    at = os.open(root, _FOLDER)
    try:
        for part in path[:-1]:
            below = os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = below
        file = os.open(path[-1], _FILE, dir_fd=at)
    finally:
        os.close(at)
    try:
        yield file
    finally:
        os.close(file)


def _cannot_open(error: OSError) -> str:
    # A link where a folder was expected is reported as ENOTDIR.
    if error.errno in (errno.ELOOP, errno.EMLINK):
        return _LINK
    return f"cannot be opened ({error.strerror})"
