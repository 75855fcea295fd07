"""Marks in practice: the package's own marking, in the student's own process, by open tests alone."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.grading.given import plain
from grader.marking import Here, Mark, mark_code, mark_typed
from grader.marking.mark import BLANK
from grader.results.records import Outcome
from grader.sandbox import LocalSession, NameMissing, StudentError
from question_bank import Answer, Code, Essay, Question, Variant
from tutor.watch import WatchedStudent

__all__ = ["Marked", "practice_mark"]


@dataclass(frozen=True)
class Marked:
    """A mark, and by test the last call of the student's code and what it returned."""

    mark: Mark
    calls: Mapping[str, str] = field(default_factory=dict)


def practice_mark(
    question: Question, variant: Variant, names: Mapping[str, Any], variable: str, *, seed: int = 0
) -> Marked:
    """
    The mark of what *names*, a notebook's variables, hold for *question*.

    A typed answer is in *variable*; code is marked by the question's `example_test.py`, never by its hidden test.

    Args:
        seed: seeds the student's and the test's random numbers.
    """
    answer = variant.answer
    if isinstance(answer, Essay):
        return Marked(Mark(Outcome.NEEDS_REVIEW, None))
    if not isinstance(answer, Code):
        return Marked(_mark_typed(answer, names, variable))
    if any(names.get(name, ...) is ... for name in answer.defines) or _is_untouched(question, variant, names):
        return Marked(BLANK)
    student = WatchedStudent(names, seed=seed)
    mark = mark_code(
        Here(),
        question.example_test,
        question.examples,
        student=student,
        parameters=dict(variant.parameters),
        seed=seed,
        known_mistakes=[mistake.id for mistake in answer.mistakes_known()],
    )
    return Marked(mark, student.calls)


def _mark_typed(answer: Answer, names: Mapping[str, Any], variable: str) -> Mark:
    try:
        given = LocalSession(names).get(variable, seconds=math.inf)
    except NameMissing:
        return BLANK
    except StudentError as error:
        return Mark(Outcome.MALFORMED, 0.0, reason=str(error))
    return mark_typed(Here(), answer, plain(given))


def _is_untouched(question: Question, variant: Variant, names: Mapping[str, Any]) -> bool:
    """Whether the last cell that defined what the answer must define is still as it was given."""
    wanted = set(getattr(variant.answer, "defines", ()))
    # IPython's own list of what was run; a student may call something else by this name
    run = names.get("In")
    cells = [cell for cell in run if isinstance(cell, str) and wanted & _defined(cell)] if type(run) is list else []
    return bool(cells) and cells[-1].strip() == question.starter(variant).strip()


def _defined(cell: str) -> set[str]:
    """The names that the source of *cell* defines at top level; none if it is no plain Python."""
    try:
        body = ast.parse(cell).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return found | {target.id for target in targets if isinstance(target, ast.Name)}
