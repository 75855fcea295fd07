"""A blank in a line of code, filled with an expression."""

from __future__ import annotations

import ast
import math
import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from question_bank import glossary
from question_bank.answers.base import STRICT, Answer, Malformed, Mistake, Response, Verdict

__all__ = ["Expression"]

_LONGEST = 200
_POINTS = 5


@dataclass(frozen=True, config=STRICT)
class Expression(Answer):
    """
    An arithmetic expression, right when its value is right: `lr * g`, `g*lr` and `(lr) * g` are one answer.

    It is never executed: the trusted side evaluates numbers, the *given* names and `+ - * / **` only.

    Args:
        value: the right expression.
        given: the names that may stand in it, each with the glossary's term for it (or an empty text): a
            student who writes the term instead of the name is understood.
        mistakes: named mistakes by the expression they lead to.
    """

    value: str
    given: Mapping[str, str]
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    kind: ClassVar[str] = "code"
    type: Literal["expression"] = "expression"

    @model_validator(mode="after")
    def _is_sound(self) -> Expression:
        for text in (self.value, *self.mistakes):
            try:
                self._values(text)
            except Malformed as error:
                raise ValueError(f"expression {text!r}: {error}") from error
        for text in self.mistakes:
            if self._same(text, self.value):
                raise ValueError(f"mistake {text!r} equals the right expression")
        return self

    def read(self, given: object) -> Response:
        if isinstance(given, bool) or not isinstance(given, str | int | float):
            raise Malformed("expected an expression")
        text = unicodedata.normalize("NFC", str(given)).strip().strip("`'\"").strip()
        if not text or len(text) > _LONGEST:
            raise Malformed("expected a short expression")
        try:
            self._values(text)
        except Malformed:
            # no expression of the names given: perhaps the term, written in words (a sign before it is none)
            named = glossary.terms_in(text) if text[0].isalpha() else []
            for name, term in self.given.items():
                if term and named and all(found and found[0] == term for found in named):
                    return name
            raise
        return text

    def mark(self, response: Response) -> Verdict:
        if self._same(response, self.value):
            return Verdict(1.0)
        return Verdict.of(next((m for text, m in self.mistakes.items() if self._same(response, text)), None))

    def right(self) -> Response:
        return self.value

    def samples(self) -> Mapping[str, Sequence[object]]:
        forms = [self.value, f"({self.value})", f"1 * ({self.value})", f"  {self.value} + 0 "]
        return {**super().samples(), "right": forms}

    def wrong_samples(self) -> Sequence[object]:
        return [f"({self.value}) + 12345", "12345"]

    def garbage_samples(self) -> Sequence[object]:
        attacks = ["__import__('os').system('id')", "().__class__", "9**9**9", "1/0", "x" * 500, "lambda: 0"]
        return [*super().garbage_samples(), *attacks]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        return tuple(self.mistakes.values())

    def form(self) -> dict[str, Any]:
        return {"kind": "expression", "names": list(self.given)}

    def shown(self) -> str:
        return self.value

    def _same(self, a: str, b: str) -> bool:
        pairs = zip(self._values(a), self._values(b), strict=True)
        return all(math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-12) for x, y in pairs)

    def _values(self, text: str) -> list[float]:
        """The expression's values at fixed points where no two of its names are alike."""
        try:
            node = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Malformed("not an expression") from error
        chance = random.Random("expression")
        points = [{name: chance.uniform(0.5, 2.0) for name in self.given} for _ in range(_POINTS)]
        return [_evaluate(node, point) for point in points]


def _evaluate(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=bool()):
            raise Malformed("true or false is not a number")
        case ast.Constant(value=int() | float() as value) if abs(value) <= 1e9:
            return float(value)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id=name):
            raise Malformed(f"no name {name[:40]!r} here; the names are {', '.join(names)}")
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            value = _evaluate(operand, names)
            return -value if isinstance(sign, ast.USub) else value
        case ast.BinOp(left=left, op=op, right=right):
            return _combine(op, _evaluate(left, names), _evaluate(right, names))
    raise Malformed("only names, numbers and + - * / ** may stand here")


def _combine(op: ast.operator, a: float, b: float) -> float:
    try:
        match op:
            case ast.Add():
                return a + b
            case ast.Sub():
                return a - b
            case ast.Mult():
                return a * b
            case ast.Div():
                return a / b
            case ast.Pow() if abs(b) <= 64:
                power = a**b
                if isinstance(power, float) and math.isfinite(power):
                    return power
    except (ZeroDivisionError, OverflowError) as error:
        raise Malformed("not a finite number") from error
    raise Malformed("only names, numbers and + - * / ** may stand here")
