"""Steps to put in order."""

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

__all__ = ["Order"]


@dataclass(frozen=True, config=STRICT)
class Order(Answer):
    """
    The order of some steps, scored as Moodle's matching: an equal share for each step in its place.

    Args:
        steps: the ids in the right order; their texts are the blocks `option_ID_ko` / `option_ID_en`.
        options: the same ids in the order shown: A, B, C, ….
        mistakes: named mistakes by what identifies them: the id that stands directly before the id it
            must not precede, written `"first>second"`. They name the sentence; places make the score.
    """

    steps: tuple[str, ...]
    options: tuple[str, ...]
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    kind: ClassVar[str] = "order"
    type: Literal["order"] = "order"

    @classmethod
    def shuffled(cls, draw: Draw, steps: Sequence[str], mistakes: Mapping[str, Mistake] | None = None) -> Self:
        """*steps*, given in the right order and shown in another one."""
        shown = draw.shuffled(steps)
        while shown == list(steps):
            shown = draw.shuffled(steps)
        return cls(tuple(steps), tuple(shown), mistakes or {})

    @model_validator(mode="after")
    def _is_sound(self) -> Order:
        if not 2 <= len(self.steps) <= 10 or sorted(self.steps) != sorted(self.options):
            raise ValueError("'options' must be the 2 to 10 'steps' in another order")
        if len(set(self.steps)) < len(self.steps):
            raise ValueError("'steps' must differ")
        for pair in self.mistakes:
            first, _, second = pair.partition(">")
            if first not in self.steps or second not in self.steps or first == second:
                raise ValueError(f"mistake {pair!r} must be 'first>second' of two steps")
            if self.steps.index(first) < self.steps.index(second):
                raise ValueError(f"mistake {pair!r} is the right order")
        return self

    def read(self, given: object) -> Response:
        letters = letters_of(given, len(self.options))
        if sorted(letters) != list(LETTERS[: len(self.options)]):
            raise Malformed(f"expected each letter from A to {LETTERS[len(self.options) - 1]} once")
        return letters

    def mark(self, response: Response) -> Verdict:
        order = [self.options[LETTERS.index(letter)] for letter in response]
        placed = sum(a == b for a, b in zip(order, self.steps, strict=True))
        if placed == len(self.steps):
            return Verdict(1.0)
        for pair, mistake in self.mistakes.items():
            first, _, second = pair.partition(">")
            if order.index(first) < order.index(second):
                return Verdict(round(placed / len(self.steps), 7), mistake.id)
        return Verdict(round(placed / len(self.steps), 7))

    def right(self) -> Response:
        return [LETTERS[self.options.index(step)] for step in self.steps]

    def samples(self) -> Mapping[str, Sequence[object]]:
        letters = self.right()
        forms = [letters, "".join(letters), " → ".join(letters), ", ".join(letters).lower(), tuple(letters)]
        return {**super().samples(), "right": forms}

    def wrong_samples(self) -> Sequence[object]:
        letters = self.right()
        return [letters[1:] + letters[:1]]

    def garbage_samples(self) -> Sequence[object]:
        return [*super().garbage_samples(), "A", "AAAA", "Z", 1]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        return tuple(self.mistakes.values())

    def option_ids(self) -> tuple[str, ...]:
        return self.options

    def form(self) -> dict[str, Any]:
        return {"kind": "order", "options": len(self.options)}

    def shown(self) -> str:
        return " → ".join(self.right())
