"""A mark: outcome, points and reasons of one answer."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.marking.bench import Raised, Runner
from grader.marking.typed import TypedMarking
from grader.results.records import CheckResult, Outcome
from grader.sandbox import ChildTimedOut, NameMissing, StudentError
from question_bank import Answer, Check
from question_bank.answers import Malformed
from question_bank.checks import CheckFailed, Measured, Student

__all__ = ["BLANK", "Mark", "mark_code", "mark_typed"]

_TYPED_TEST = Path(__file__).with_name("typed_test.py")
_REASON = 500


@dataclass(frozen=True)
class Mark:
    """
    What one answer is worth.

    `credit` is the share of the points, None while a person must look. `measured` is what the checks, by id,
    held against a threshold. The other fields are those of `grader.results.records.SlotRecord`.
    """

    outcome: Outcome
    credit: float | None
    checks: tuple[CheckResult, ...] = ()
    read_as: Any = None
    mistake: str | None = None
    reason: str | None = None
    measured: tuple[tuple[str, Measured], ...] = ()

    def points(self, most: float) -> float | None:
        """The points out of *most*, to the hundredth."""
        return None if self.credit is None else round(self.credit * most, 2)


BLANK = Mark(Outcome.BLANK, 0.0)


def mark_typed(bench: Runner, answer: Answer, given: object) -> Mark:
    """
    The mark of a typed answer.

    Args:
        given: text, or the plain Python value that the student's variable held.
    """
    marking = TypedMarking(answer, given)
    [ended] = bench.run(_TYPED_TEST, marking=marking)
    read_as = _plain(marking.response)
    if isinstance(ended.error, Malformed):
        return Mark(Outcome.MALFORMED, 0.0, reason=str(ended.error), read_as=_plain(given))
    if marking.verdict is None or not isinstance(ended.error, AssertionError | None):
        return Mark(Outcome.GRADER_ERROR, None, reason=_reason(ended.error), read_as=_plain(given))
    if marking.blank:
        return BLANK
    verdict = marking.verdict
    if verdict.review:
        return Mark(Outcome.NEEDS_REVIEW, None, read_as=read_as, reason=verdict.review)
    # fail closed: the test's own word and the verdict must agree
    right = ended.error is None and verdict.credit == 1
    credit = 1.0 if right else min(verdict.credit, 0.999)
    outcome = Outcome.RIGHT if right else Outcome.PARTLY if credit > 0 else Outcome.WRONG
    return Mark(outcome, credit, read_as=read_as, mistake=verdict.mistake)


def mark_code(
    bench: Runner,
    hidden_test: Path,
    checks: Sequence[Check],
    *,
    student: Student,
    parameters: dict[str, Any],
    seed: int,
    known_mistakes: Sequence[str],
    cell_error: str | None = None,
) -> Mark:
    """
    The mark of a code answer, whose cell has just run.

    The credit is a sum over the *expected* checks: one that did not run earns nothing.

    Args:
        cell_error: what the cell itself raised, if it did.
        known_mistakes: the mistakes that have a sentence; a test that names another is the grader's fault.
    """
    rng = np.random.default_rng(seed)
    try:
        ended = {
            r.id: r for r in bench.run(hidden_test, student=student, variant=SimpleNamespace(**parameters), rng=rng)
        }
    except Exception as error:
        return Mark(Outcome.GRADER_ERROR, None, reason=_reason(error))
    errors = {check.id: ended[check.id].error for check in checks if check.id in ended}
    results = tuple(_check(check, ended.get(check.id), known_mistakes) for check in checks)
    measured = tuple((id, each) for id, raised in ended.items() for each in raised.measured)
    if any(result.passed is None for result in results):
        broken = next(result for result in results if result.passed is None)
        return Mark(Outcome.GRADER_ERROR, None, results, reason=f"{broken.id}: {broken.reason}")
    total = sum(check.share for check in checks)
    credit = sum(result.share for result in results if result.passed) / total
    mistake = next((result.mistake for result in results if result.mistake), None)
    if all(result.passed for result in results):
        return Mark(Outcome.RIGHT, 1.0, results, measured=measured)
    reason = cell_error or next((result.reason for result in results if not result.passed), None)
    if credit > 0:
        return Mark(Outcome.PARTLY, credit, results, mistake=mistake, reason=reason, measured=measured)
    if any(isinstance(error, ChildTimedOut) for error in errors.values()):
        outcome = Outcome.TIMED_OUT
    elif cell_error or any(
        isinstance(error, StudentError) and not isinstance(error, NameMissing) for error in errors.values()
    ):
        outcome = Outcome.CRASHED
    else:
        outcome = Outcome.WRONG
    return Mark(outcome, 0.0, results, mistake=mistake, reason=reason, measured=measured)


def _check(check: Check, ended: Raised | None, known_mistakes: Sequence[str]) -> CheckResult:
    if ended is None:
        return CheckResult(id=check.id, share=check.share, passed=None, reason="the hidden test did not run")
    error = ended.error
    if error is None:
        return CheckResult(id=check.id, share=check.share, passed=True)
    if isinstance(error, CheckFailed):
        if error.mistake is not None and error.mistake not in known_mistakes:
            reason = f"the hidden test names {error.mistake!r}, which has no sentence"
            return CheckResult(id=check.id, share=check.share, passed=None, reason=reason)
        return CheckResult(
            id=check.id,
            share=check.share,
            passed=False,
            mistake=error.mistake,
            reason=error.detail[:_REASON] or None,
        )
    if isinstance(error, AssertionError | StudentError):
        return CheckResult(id=check.id, share=check.share, passed=False, reason=_reason(error))
    return CheckResult(id=check.id, share=check.share, passed=None, reason=_reason(error))


def _reason(error: BaseException | None) -> str:
    if error is None:
        return "the hidden test gave no verdict"
    name = "" if isinstance(error, AssertionError | StudentError) else f"{type(error).__name__}: "
    return f"{name}{error}"[:_REASON]


def _plain(value: object) -> Any:
    """*value* as JSON data short enough for a record."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return value[:25_000]
    try:
        text = json.dumps(value, allow_nan=False, default=str)
    except (TypeError, ValueError, RecursionError):
        return str(type(value).__name__)
    return json.loads(text) if len(text) <= 25_000 else text[:25_000]
