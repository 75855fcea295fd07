"""One option of several, or several of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from question_bank.answers.base import (
    LETTERS,
    STRICT,
    Answer,
    Malformed,
    Mistake,
    Response,
    Verdict,
    letters_of,
)
from question_bank.draw import Draw

__all__ = ["Choice", "Choices"]


def _check_options(options: Sequence[str]) -> None:
    if not 2 <= len(options) <= 10:
        raise ValueError(f"'options' must be 2 to 10 (got {len(options)})")
    if len(set(options)) < len(options):
        raise ValueError("'options' must differ")


@dataclass(frozen=True, config=STRICT)
class Choice(Answer):
    """
    One right option among several; each wrong one may be a named mistake of the same id.

    Args:
        right: the right option's id; its text is the block `option_ID_ko` / `option_ID_en`.
        options: all ids in the order shown: A, B, C, ….
        mistakes: named mistakes by option id.
    """

    right_option: str
    options: tuple[str, ...]
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    kind: ClassVar[str] = "choice"
    type: Literal["choice"] = "choice"

    @classmethod
    def shuffled(cls, draw: Draw, *, right: str, wrong: Sequence[Mistake | str]) -> Self:
        """*right* and *wrong* options in random order; a wrong one is a named mistake, or the id of an option."""
        mistakes = {m.id: m for m in wrong if isinstance(m, Mistake)}
        ids = [right, *(m.id if isinstance(m, Mistake) else m for m in wrong)]
        return cls(right, tuple(draw.shuffled(ids)), mistakes)

    @model_validator(mode="after")
    def _is_sound(self) -> Choice:
        _check_options(self.options)
        unknown = {self.right_option, *self.mistakes} - set(self.options)
        if unknown:
            raise ValueError(f"no such option: {', '.join(sorted(unknown))}")
        if self.right_option in self.mistakes:
            raise ValueError(f"option {self.right_option!r} is right and a mistake")
        return self

    def read(self, given: object) -> Response:
        letters = letters_of(given, len(self.options))
        if len(set(letters)) != 1:
            raise Malformed(f"expected one letter, not {len(letters)}")
        return letters[0]

    def mark(self, response: Response) -> Verdict:
        option = self.options[LETTERS.index(response)]
        return Verdict(1.0) if option == self.right_option else Verdict.of(self.mistakes.get(option))

    def right(self) -> Response:
        return LETTERS[self.options.index(self.right_option)]

    def samples(self) -> Mapping[str, Sequence[object]]:
        letter = self.right()
        number = str(self.options.index(self.right_option) + 1)
        return {**super().samples(), "right": [letter, letter.lower(), f"({letter})", [letter], number]}

    def wrong_samples(self) -> Sequence[object]:
        return [
            LETTERS[i]
            for i, option in enumerate(self.options)
            if option != self.right_option and (option not in self.mistakes or not self.mistakes[option].credit)
        ]

    def garbage_samples(self) -> Sequence[object]:
        return [*super().garbage_samples(), "Z", "AB", True, 0, len(self.options) + 1]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        return tuple(self.mistakes.values())

    def option_ids(self) -> tuple[str, ...]:
        return self.options

    def form(self) -> dict[str, Any]:
        return {"kind": "choice", "options": len(self.options)}

    def shown(self) -> str:
        return str(self.right())


@dataclass(frozen=True, config=STRICT)
class Choices(Answer):
    """
    All right options among several, scored as Moodle's multichoice.

    Each right tick earns an equal share; each wrong one takes away one of as many equal shares as there
    are wrong options (at least two, so that one slip never costs everything); never below zero.

    Args:
        right_options: the ids of the right options.
        options: all ids in the order shown.
        mistakes: by option id: the mistake of ticking a wrong one, or of leaving out a right one. It
            names the sentence of feedback; the score comes from the ticks alone.
    """

    right_options: tuple[str, ...]
    options: tuple[str, ...]
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    kind: ClassVar[str] = "choices"
    type: Literal["choices"] = "choices"

    @classmethod
    def shuffled(cls, draw: Draw, *, right: Sequence[str], wrong: Sequence[Mistake | str]) -> Self:
        """The *right* and *wrong* options in random order."""
        mistakes = {m.id: m for m in wrong if isinstance(m, Mistake)}
        ids = [*right, *(m.id if isinstance(m, Mistake) else m for m in wrong)]
        return cls(tuple(right), tuple(draw.shuffled(ids)), mistakes)

    @model_validator(mode="after")
    def _is_sound(self) -> Choices:
        _check_options(self.options)
        unknown = {*self.right_options, *self.mistakes} - set(self.options)
        if unknown:
            raise ValueError(f"no such option: {', '.join(sorted(unknown))}")
        if not 1 <= len(set(self.right_options)) < len(self.options):
            raise ValueError("'right_options' must be some of the options, not all and not none")
        return self

    def read(self, given: object) -> Response:
        letters = letters_of(given, len(self.options))
        return sorted(set(letters))

    def fraction(self, option: str) -> float:
        """What ticking *option* adds, from Moodle's list of grades."""
        wrong = len(self.options) - len(self.right_options)
        return 1 / len(self.right_options) if option in self.right_options else -1 / max(2, wrong)

    def mark(self, response: Response) -> Verdict:
        ticked = {self.options[LETTERS.index(letter)] for letter in response}
        credit = min(1.0, max(0.0, sum(self.fraction(option) for option in sorted(ticked))))
        if ticked == set(self.right_options):
            return Verdict(1.0)
        slips = [o for o in self.options if (o in ticked) != (o in self.right_options)]
        mistake = next((self.mistakes[o].id for o in slips if o in self.mistakes), None)
        return Verdict(round(credit, 7), mistake)

    def right(self) -> Response:
        return sorted(LETTERS[self.options.index(option)] for option in self.right_options)

    def samples(self) -> Mapping[str, Sequence[object]]:
        letters = self.right()
        forms = [letters, ", ".join(letters), "".join(letters).lower(), set(letters), letters[::-1]]
        return {**super().samples(), "right": forms}

    def wrong_samples(self) -> Sequence[object]:
        return [[LETTERS[i] for i, option in enumerate(self.options) if option not in self.right_options]]

    def garbage_samples(self) -> Sequence[object]:
        return [*super().garbage_samples(), "Z", True, 0, ["A", 1.5]]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        return tuple(self.mistakes.values())

    def option_ids(self) -> tuple[str, ...]:
        return self.options

    def form(self) -> dict[str, Any]:
        return {"kind": "choices", "options": len(self.options)}

    def shown(self) -> str:
        return ", ".join(self.right())
