"""A number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from question_bank.answers.base import STRICT, Answer, Malformed, Mistake, Response, Verdict
from question_bank.answers.numbers import read_number

__all__ = ["Number"]


@dataclass(frozen=True, config=STRICT)
class Number(Answer):
    """
    A number, compared as a number: `12`, `"12.0"`, `"4*(2+1)"` and `"12개"` are one answer.

    Args:
        value: the right one.
        mistakes: what a known mistake leads to, by its value. A value that the right answer or an
            earlier mistake already has is dropped: where two ways lead to one number, nobody can tell
            which was gone.
        tolerance: largest absolute difference that is still right. Needed unless *value* is whole.
        relative: largest difference as a share of *value*, used if it allows more than *tolerance*.
        percent: the question asks for a percentage, so `60`, `"60%"` and `0.6` written `"0.6"` differ:
            `60` and `"60%"` are the same.
    """

    value: float
    mistakes: Mapping[float, Mistake] = field(default_factory=dict)
    tolerance: float = 0.0
    relative: float = 0.0
    percent: bool = False
    kind: ClassVar[str] = "number"
    type: Literal["number"] = "number"

    @model_validator(mode="after")
    def _is_sound(self) -> Number:
        if not math.isfinite(self.value):
            raise ValueError(f"'value' must be finite (got {self.value!r})")
        if self.tolerance < 0 or self.relative < 0:
            raise ValueError("'tolerance' and 'relative' must not be negative")
        if self.value != round(self.value) and not (self.tolerance or self.relative):
            raise ValueError(f"'tolerance' must be given for a value that is not whole (got {self.value!r})")
        distinct: dict[float, Mistake] = {}
        for value, mistake in self.mistakes.items():
            taken = [self.value, *distinct]
            if math.isfinite(value) and not any(self._close(value, other) for other in taken):
                distinct[value] = mistake
        object.__setattr__(self, "mistakes", distinct)
        return self

    def _close(self, a: float, b: float) -> bool:
        # 1e-9: what binary fractions lose, never what a student does
        slack = max(self.tolerance, self.relative * abs(b)) + 1e-9 * max(1.0, abs(b))
        return abs(a - b) <= slack

    def read(self, given: object) -> Response:
        value, percent = read_number(given)
        if percent and self.percent:
            value *= 100
        # a whole number stays whole, so that the record shows 12 and not 12.0
        return int(value) if float(value).is_integer() else float(value)

    def mark(self, response: Response) -> Verdict:
        if not isinstance(response, int | float) or isinstance(response, bool):
            raise Malformed("not a number")
        if self._close(response, self.value):
            return Verdict(1.0)
        for value, mistake in self.mistakes.items():
            if self._close(response, value):
                return Verdict.of(mistake)
        return Verdict(0.0)

    def right(self) -> Response:
        return int(self.value) if self.value.is_integer() else self.value

    def wrong_samples(self) -> Sequence[object]:
        reach = 10 + 3 * max([abs(self.value), *(abs(v) for v in self.mistakes)])
        return [self.value + reach, str(-self.value - reach)]

    def garbage_samples(self) -> Sequence[object]:
        return [
            *super().garbage_samples(),
            float("inf"),
            "1e400",
            True,
            "12 or 13",
            "9**9**9",
            "__import__('os')",
        ]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        return tuple(self.mistakes.values())

    def form(self) -> dict[str, Any]:
        return {"kind": "number"}

    def shown(self) -> str:
        shown = f"{self.value:.6g}" if abs(self.value) < 1e6 else f"{self.value:.10g}"
        return shown + ("%" if self.percent else "")
