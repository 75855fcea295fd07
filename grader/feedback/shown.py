"""What a student wrote, made safe to look at."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from question_bank.answers import LETTERS

__all__ = ["Line", "ShownAnswer", "shown_answer", "visible"]

_LONGEST = 1_500
_LONGEST_TEXT = 20_000

# joiners hold emoji and some scripts together; nothing can hide behind one of them
_HARMLESS = "\n\t\u200c\u200d"
# letters to Unicode, but they print nothing
_FILLERS = "\u115f\u3164\uffa0"


def visible(text: str) -> Markup:
    """*text* escaped; characters that hide, turn round or break what is read are named instead."""
    named = (_named(c) for c in text.replace("\r\n", "\n"))
    return Markup("").join(named)


def _named(char: str) -> Markup:
    hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or char in _FILLERS
    if hidden and char not in _HARMLESS:
        return Markup('<span class="hidden-sign">U+{:04X}</span>').format(ord(char))
    return escape(char)


@dataclass(frozen=True)
class Line:
    """One line of an answer: a letter with the id of its option, or a field's name with its text."""

    label: str
    option: str | None = None
    text: str = ""


@dataclass(frozen=True)
class ShownAnswer:
    """
    An answer as it was read, ready for the page.

    One of *lines*, *value* (a word or a number) and *text* (long, or with line breaks) is filled.

    Args:
        code: *value* or *text* is code, or at least no prose.
        letters: the options that were chosen, for the list of options.
        length: how many characters *text* had before it was cut, or None.
    """

    lines: tuple[Line, ...] = ()
    value: str | None = None
    code: bool = False
    text: str | None = None
    letters: frozenset[str] = frozenset()
    length: int | None = None


def shown_answer(read_as: Any, kind: str, options: Sequence[str]) -> ShownAnswer:
    """
    *read_as* in the way that fits its *kind*; anything unexpected is shown as plain text.

    Args:
        kind: the answer's `type`.
        options: the ids shown as A, B, C, ….
    """
    letters = _letters(read_as, len(options)) if kind in ("choice", "choices", "order") else None
    if letters:
        lines = tuple(Line(letter, options[LETTERS.index(letter)]) for letter in letters)
        return ShownAnswer(lines=lines, letters=frozenset(letters) if kind != "order" else frozenset())
    if kind == "fields" and isinstance(read_as, Mapping):
        return ShownAnswer(lines=tuple(Line(str(k)[:60], text=_meaning(v)) for k, v in read_as.items()))
    text = read_as if isinstance(read_as, str) else _plain(read_as)
    longest = _LONGEST_TEXT if kind in ("essay", "code") else _LONGEST
    if kind in ("essay", "code") or "\n" in text or len(text) > 80:
        cut = len(text) if len(text) > longest else None
        return ShownAnswer(text=text[:longest], code=kind != "essay", length=cut)
    return ShownAnswer(value=text, code=kind == "expression")


def _letters(read_as: Any, count: int) -> list[str] | None:
    items = [read_as] if isinstance(read_as, str) else read_as
    if not isinstance(items, list) or not items:
        return None
    known = LETTERS[:count]
    return items if all(isinstance(i, str) and len(i) == 1 and i in known for i in items) else None


def _meaning(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else _plain(value)
    if text.endswith(" from_logits"):
        text = text.removesuffix(" from_logits") + "(from_logits=True)"
    return text[:200]


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)
