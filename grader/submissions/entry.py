"""One file of an inbox before it is read, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Caps", "Entry", "Refused", "size_of", "too_large"]

_MIB = 2**20


@dataclass(frozen=True)
class Caps:
    """
    How much is read at most. Sizes are bytes, counted on what was really read.

    A sum over students has to stop a class that means harm, not one with pictures in its notebooks.
    """

    notebook: int = 16 * _MIB
    archive: int = 64 * _MIB
    student: int = 128 * _MIB
    total: int = 1024 * _MIB
    entries: int = 50_000
    entries_inside: int = 2_000
    depth: int = 12


class Refused(Exception):
    """
    A file or archive that is not read; its text is the reason, fit to follow the file's name.

    Attributes:
        spent: how many bytes were read, at most, before that was known.
    """

    def __init__(self, reason: str, *, spent: int = 0) -> None:
        super().__init__(reason)
        self.spent = spent


@dataclass(frozen=True)
class Entry:
    """
    A file or folder that an inbox lists.

    Attributes:
        parts: its path, from the inbox down, each component safe to show.
        read: reads at most so many bytes; raises `Refused`.
        problem: why it must not be read, if it must not.
        folder: whether it is a folder; folders are listed so that an empty one is not overlooked.
    """

    parts: tuple[str, ...]
    read: Callable[[int], bytes]
    problem: str | None = None
    folder: bool = False


def too_large(limit: int) -> Refused:
    """The refusal of a file that has more than *limit* bytes."""
    return Refused(f"is larger than {size_of(limit)}")


def size_of(number: int) -> str:
    """A *number* of bytes as a person writes it."""
    return f"{number // _MIB} MiB" if number >= _MIB else f"{number} bytes"
