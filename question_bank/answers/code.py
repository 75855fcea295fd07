"""Code that hidden pytest tests call, and essays that a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from question_bank.answers.base import STRICT, Answer, Malformed, Mistake, Response, Verdict

__all__ = ["Code", "Essay"]

_LONGEST_ESSAY = 20_000


@dataclass(frozen=True, config=STRICT)
class Code(Answer):
    """
    Code that a hidden test judges: a function, a class, a model or a training run.

    Args:
        form_of: what the student writes.
        defines: the names that the cell must define.
        mistakes: ids of the mistakes that the hidden test may recognise; their sentences are the blocks
            `mistake_ID_ko` / `mistake_ID_en`, their credit is what the passed checks earn.
    """

    form_of: Literal["function", "class", "model", "training"]
    defines: tuple[str, ...]
    mistakes: tuple[str, ...] = ()
    kind: ClassVar[str] = "code"
    type: Literal["code"] = "code"

    @model_validator(mode="after")
    def _is_sound(self) -> Code:
        if not self.defines or not all(name.isidentifier() for name in self.defines):
            raise ValueError("'defines' must name what the cell defines")
        return self

    def read(self, given: object) -> Response:
        if not isinstance(given, str):
            raise Malformed("expected code")
        return given

    def mark(self, response: Response) -> Verdict:
        raise TypeError("code is judged by its hidden test")

    def right(self) -> Response:
        raise TypeError("the right code is the question's solution.py")

    def samples(self) -> Mapping[str, Sequence[object]]:
        return {"right": [], "wrong": [], "blank": ["", "..."], "garbage": ["1 +", "raise SystemExit"]}

    def wrong_samples(self) -> Sequence[object]:
        return []

    def mistakes_known(self) -> tuple[Mistake, ...]:
        return tuple(Mistake(id) for id in self.mistakes)

    def form(self) -> dict[str, Any]:
        return {"kind": "code", "names": list(self.defines), "form": self.form_of}

    def shown(self) -> str:
        return "solution.py"


@dataclass(frozen=True, config=STRICT)
class Essay(Answer):
    """
    A text that a person marks by a rubric.

    Args:
        rubric: share of the points by line of the rubric; the lines' texts are the blocks
            `rubric_ID_ko` / `rubric_ID_en`. The shares sum to 1.
    """

    rubric: Mapping[str, float]
    kind: ClassVar[str] = "essay"
    type: Literal["essay"] = "essay"

    @model_validator(mode="after")
    def _is_sound(self) -> Essay:
        if abs(sum(self.rubric.values()) - 1) > 1e-6 or min(self.rubric.values()) <= 0:
            raise ValueError("the rubric's shares must be positive and sum to 1")
        return self

    def read(self, given: object) -> Response:
        if not isinstance(given, str):
            raise Malformed("expected a text")
        if len(given) > _LONGEST_ESSAY:
            raise Malformed(f"expected at most {_LONGEST_ESSAY} characters, not {len(given)}")
        return given.strip()

    def mark(self, response: Response) -> Verdict:
        return Verdict(0.0, review="an essay: a person marks it by the rubric")

    def right(self) -> Response:
        raise TypeError("an essay has no single right answer")

    def samples(self) -> Mapping[str, Sequence[object]]:
        return {
            "right": [],
            "wrong": [],
            "blank": ["", "   ", "...", ..., None],
            "garbage": [[1], 3.5, "x" * 30_000],
        }

    def wrong_samples(self) -> Sequence[object]:
        return []

    def form(self) -> dict[str, Any]:
        return {"kind": "essay", "longest": _LONGEST_ESSAY}

    def shown(self) -> str:
        return ", ".join(self.rubric)
