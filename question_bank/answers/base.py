"""What every kind of answer can do."""

from __future__ import annotations

import string
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from pydantic import ConfigDict, field_validator
from pydantic.dataclasses import dataclass

from question_bank.errors import DlexamError

__all__ = [
    "CREDITS",
    "LETTERS",
    "STRICT",
    "Answer",
    "AnswerError",
    "Malformed",
    "Mistake",
    "Response",
    "Verdict",
    "is_blank",
    "letters_of",
    "nearest_credit",
]

Response = Any
"""A response as it was read: plain JSON data, stored in the record as `read_as`."""

LETTERS = string.ascii_uppercase

STRICT = ConfigDict(extra="forbid", ser_json_inf_nan="constants")

# The grades that Moodle accepts for an answer (question/engine/bank.php); whatever gets one of these
# credits in a notebook gets the same in a quiz.
CREDITS = (
    *(0.0, 0.05, 0.1, 0.1111111, 0.125, 0.1428571, 0.1666667, 0.2, 0.25, 0.3, 0.3333333, 0.4),
    *(0.5, 0.6, 0.6666667, 0.7, 0.75, 0.8, 0.8333333, 0.9, 1.0),
)


class AnswerError(DlexamError):
    """An answer that its author stated wrongly."""


class Malformed(Exception):
    """A response that has not the form asked for, so nobody can say whether it is right."""


def nearest_credit(credit: float) -> float:
    """
    The member of `CREDITS` that *credit* means, so that authors may write 1/3.

    Raises:
        AnswerError: Moodle has no such grade.
    """
    best = min(CREDITS, key=lambda known: abs(known - credit))
    if not abs(best - credit) <= 1e-4:
        raise AnswerError(f"credit {credit!r} is not a grade that Moodle knows", mend=f"use one of {CREDITS}")
    return best


@dataclass(frozen=True, config=STRICT)
class Mistake:
    """
    A named mistake: distractor, part of the credit, sentence of feedback, row of the report.

    Args:
        id: names the sentence, `mistake_ID_ko` and `mistake_ID_en`, in the question's texts.
        credit: the share of the points it still earns, one of `CREDITS`.
    """

    id: str
    credit: float = 0.0

    @field_validator("credit")
    @classmethod
    def _credit_is_known(cls, credit: float) -> float:
        if not 0 <= credit < 1:
            raise ValueError(f"a mistake's credit must be from 0 to below 1 (got {credit!r})")
        return nearest_credit(credit)


@dataclass(frozen=True, config=STRICT)
class Verdict:
    """
    What a response is worth.

    Args:
        credit: share of the points, 0 to 1.
        mistake: the id of the named mistake that was recognised.
        review: why a person must look; the points stay open until then.
    """

    credit: float
    mistake: str | None = None
    review: str | None = None

    @classmethod
    def of(cls, mistake: Mistake | None) -> Verdict:
        """The verdict on a response that shows *mistake*, or that is simply wrong."""
        return cls(0.0) if mistake is None else cls(mistake.credit, mistake.id)


class Answer(ABC):
    """
    The right answer of one variant, the mistakes it knows, and how to compare.

    Marking is two steps: `read` turns whatever a student gave (text, a Python value) into a plain
    `Response` or refuses its form; `mark` says what that response is worth.
    """

    kind: ClassVar[str]

    @abstractmethod
    def read(self, given: object) -> Response:
        """
        The response as plain data.

        Raises:
            Malformed: *given* has not the form asked for.
        """

    @abstractmethod
    def mark(self, response: Response) -> Verdict:
        """What *response*, as `read` returned it, is worth."""

    @abstractmethod
    def right(self) -> Response:
        """A response that earns full marks."""

    def samples(self) -> Mapping[str, Sequence[object]]:
        """Responses made for tests: `right`, `wrong`, `blank` and `garbage` ones, as a student would give them."""
        return {
            "right": [self.right()],
            "wrong": self.wrong_samples(),
            "blank": ["", "   ", "...", ..., None],
            "garbage": self.garbage_samples(),
        }

    @abstractmethod
    def wrong_samples(self) -> Sequence[object]:
        """Well-formed responses that earn nothing."""

    def garbage_samples(self) -> Sequence[object]:
        """Responses that are no answer at all: they must be read as malformed or earn nothing."""
        return ["?", "\u3164", "💥" * 50, [[]], {"a": {"b": []}}, float("nan"), "'); DROP TABLE--"]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        """Every named mistake, for the question's own check."""
        return ()

    def option_ids(self) -> tuple[str, ...]:
        """The ids of what is shown to choose from, in the order shown."""
        return ()

    def placeholder(self, name: str) -> str:
        """The source of an untouched answer cell whose variable is *name*."""
        return f"{name} = ..."

    @abstractmethod
    def form(self) -> dict[str, Any]:
        """What the notebook's form check needs to know: never anything of the right answer."""

    @abstractmethod
    def shown(self) -> str:
        """The right answer in a line, for keys and feedback."""


def is_blank(given: object) -> bool:
    """True for an answer that nobody touched: nothing, `...`, or a collection of such."""
    if given is None or given is ...:
        return True
    if isinstance(given, str):
        text = unicodedata.normalize("NFKC", given)
        return not any(c.isprintable() and not c.isspace() and c not in ".…\u1160\u3164" for c in text)
    if isinstance(given, dict):
        return all(is_blank(value) for value in given.values())
    if isinstance(given, list | tuple | set | frozenset):
        return all(is_blank(value) for value in given)
    return False


def letters_of(given: object, count: int) -> list[str]:
    """
    The option letters in *given*, which is text such as `"A, C"`, `"(b)"` or `"③"`, or a list of such.

    Args:
        count: how many options were shown.

    Raises:
        Malformed: something else than these letters (or their numbers) stands in it.
    """
    if isinstance(given, bool):
        raise Malformed("true or false is not an option letter")
    if isinstance(given, int):
        given = str(given)
    if isinstance(given, list | tuple | set | frozenset):
        items = sorted(given, key=str) if isinstance(given, set | frozenset) else given
        return [letter for item in items for letter in letters_of(item, count)]
    if not isinstance(given, str) or len(given) > 200:
        raise Malformed("not a letter")
    text = unicodedata.normalize("NFKC", given).upper()
    for joint in ("->", "=>", "AND", "그리고", "와", "과", "및"):
        text = text.replace(joint, " ")
    letters = [c for c in text if c.isalnum()]
    known = {**{c: c for c in LETTERS[:count]}, **{str(i + 1): LETTERS[i] for i in range(min(count, 9))}}
    unknown = [c for c in letters if c not in known]
    if unknown or not letters:
        raise Malformed(f"expected letters from A to {LETTERS[count - 1]}")
    return [known[c] for c in letters]
