"""What a question's author writes: metadata in one line, and a function that draws variants."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from question_bank.answers import Answer
from question_bank.draw import Draw
from question_bank.drawings import Drawing
from question_bank.errors import DlexamError

__all__ = ["Book", "Definition", "Variant", "question"]

Book = Literal["closed", "open", "both"]
Plain = Any
"""Numbers, texts, booleans, and lists and dicts of these."""


@dataclass(frozen=True)
class Variant:
    """
    One variant of a question: what its texts and its marking depend on.

    Args:
        parameters: plain JSON data, the names that texts, starters and hidden tests use.
        answer: the right answer and the mistakes it knows.
        figures: drawings by name; a text shows one with `{{ figure("NAME") }}`.
    """

    parameters: Mapping[str, Plain]
    answer: Answer
    figures: Mapping[str, Drawing] = field(default_factory=dict)


@dataclass(frozen=True)
class Definition:
    """A question's metadata and its drawing function, as `question` found them."""

    facts: tuple[str, ...]
    points: float
    minutes: float
    book: Book
    data: tuple[str, ...]
    final: bool
    draw: Callable[[Draw], Variant]


def question(
    *,
    facts: Sequence[str],
    points: float,
    minutes: float,
    book: Book,
    data: Sequence[str] = (),
    final: bool = False,
) -> Callable[[Callable[[Draw], Variant]], Definition]:
    """
    Make the decorated drawing function a question.

    Args:
        facts: ids of the curriculum's facts that it asks for, such as `F20`.
        points: what it is worth unless an exam says otherwise.
        minutes: how long a student needs.
        book: whether it is fit for a `closed`-book or an `open`-book part, or for `both`.
        data: data sets of `question_bank.data` that students are given.
        final: it belongs to the final exam; no midterm picks it by topic.

    Raises:
        DlexamError: a field has a value it can't have.
    """
    wrong = [fact for fact in facts if not re.fullmatch(r"F(0[1-9]|[1-4]\d|50)", fact)]
    if wrong or not facts:
        raise DlexamError(f"no such fact {wrong}" if wrong else "no fact", place="facts", mend="use F01 to F50")
    for place, value in (("points", points), ("minutes", minutes)):
        if not value > 0:
            raise DlexamError(f"must be above 0 (got {value!r})", place=place)
    if book not in ("closed", "open", "both"):
        raise DlexamError(f"must be closed, open or both (got {book!r})", place="book")

    def define(draw: Callable[[Draw], Variant]) -> Definition:
        return Definition(tuple(facts), float(points), float(minutes), book, tuple(data), final, draw)

    return define
