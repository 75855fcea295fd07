"""
Whose fault it was.

A `StudentError` is of the student's side and costs points; a `SandboxBroken` is ours and leaves them open.
Texts that come from the student's side are cleaned here, before anybody prints them.
"""

from __future__ import annotations

import re
import unicodedata

from question_bank.errors import DlexamError

__all__ = [
    "ChildDied",
    "ChildLost",
    "ChildTimedOut",
    "NameMissing",
    "NotPlain",
    "ProtocolBroken",
    "SandboxBroken",
    "StudentError",
    "StudentRaised",
    "clean",
]

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)?")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str, limit: int) -> str:
    """Return at most *limit* characters of *text*, without escapes and controls but newline and tab."""
    text = _ANSI.sub("", text[: 4 * limit])
    kept = [
        char
        for char in text
        if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _DIRECTIONS)
    ]
    return "".join(kept)[:limit]


class StudentError(Exception):
    """The student's side could not do what was asked."""


class StudentRaised(StudentError):
    """Student code raised an exception; its class is named *type_name*."""

    def __init__(self, type_name: str, message: str) -> None:
        self.type_name = clean(type_name, 100)
        self.message = clean(message, 500)
        super().__init__(f"{self.type_name}: {self.message}" if self.message else self.type_name)


class NameMissing(StudentError):
    """Student code did not define *name*, or left it as ``...``."""

    def __init__(self, name: str) -> None:
        self.name = clean(name, 100)
        super().__init__(f"{self.name} is not defined")


class NotPlain(StudentError):
    """A value cannot cross; *what* says why."""

    def __init__(self, what: str) -> None:
        self.what = clean(what, 300)
        super().__init__(f"cannot be handed over: {self.what}")


class ChildLost(StudentError):
    """The session is over; every later use of it raises the same again."""


class ChildDied(ChildLost):
    """The student's process ended."""


class ChildTimedOut(ChildLost):
    """The student's process did not answer in time and was killed."""


class ProtocolBroken(ChildLost):
    """The student's process answered with something that is not an answer."""


class SandboxBroken(DlexamError):
    """The sandbox itself failed: never the student's fault."""
