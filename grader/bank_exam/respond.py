"""Marking one response outside any exam: what authors and TAs use to ask why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from grader.grading.notebook_run import NotebookRun
from grader.grading.slots import CodeCell, mark_code_cell, seed_of
from grader.grading.workshop import Workshop
from grader.isolation import choose
from grader.marking import Direct, Mark, mark_typed
from grader.marking.mark import BLANK
from grader.sandbox import Isolation
from papers.setup import setup_code
from question_bank import Check, DlexamError, Question, Variant, load_bank
from question_bank.answers import Code, is_blank
from question_bank.data import given_files
from question_bank.listing import check_language

__all__ = ["Responder", "Response", "mark_response"]

_FORGET = "%reset -sf"


@dataclass(frozen=True)
class Response:
    """A marked response to one variant of *question*."""

    question: Question
    variant: Variant
    mark: Mark

    @property
    def points(self) -> float | None:
        """Out of the question's own points; None while a person must look."""
        return self.mark.points(self.question.definition.points)


class Responder:
    """
    Marks responses to *question* the way `grade` marks a submission.

    One student process serves all responses, cleared before each; one that a response has killed is
    replaced. That is for the bank's own honest authors: a submission always gets a process of its own.
    """

    def __init__(self, question: Question, workshop: Workshop) -> None:
        self._question = question
        self._workshop = workshop
        self._run: NotebookRun | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._forget_run()

    def mark(self, variant: Variant, given: str, *, seed: int = 0, direct: bool = False) -> Response:
        """
        The mark of *given*, an answer as text or the source of a code cell.

        Args:
            seed: seeds the student's and the hidden test's random numbers.
            direct: call the hidden test of a typed answer without pytest around it, 50 times as fast.
        """
        question, bench = self._question, Direct() if direct else self._workshop.bench
        if not isinstance(variant.answer, Code):
            return Response(question, variant, mark_typed(bench, variant.answer, given))
        if is_blank(given) or given.strip() == question.starter(variant).strip():
            return Response(question, variant, BLANK)
        return Response(question, variant, self._mark_code(variant, given, question.hidden_test, question.checks, seed))

    def mark_by_examples(self, variant: Variant, given: str, *, seed: int = 0) -> Mark:
        """The mark of *given*, the source of a code cell, by the question's open tests alone."""
        return self._mark_code(variant, given, self._question.example_test, self._question.examples, seed)

    def _mark_code(self, variant: Variant, given: str, test: Path, checks: Sequence[Check], seed: int) -> Mark:
        run = self._fresh_run()
        cell = CodeCell(variant.answer, test, checks, dict(variant.parameters), given)
        mark, _ = mark_code_cell(cell, run, self._workshop, seed_of(self._question.id, str(seed)))
        if not run.session_alive:
            self._forget_run()
        return mark

    def _fresh_run(self) -> NotebookRun:
        data = self._question.definition.data
        files = {name: content for item in data for name, content in given_files(item).items()}
        if self._run is None:
            self._run = NotebookRun(self._workshop.zygote, files, self._workshop.limits)
        for source in (_FORGET, setup_code(data=bool(data), keras=True)):
            self._run.run(source, seed=0)
        return self._run

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run.__exit__(None, None, None)
        self._run = None


def mark_response(
    question: str,
    answer: str | None,
    *,
    file: Path | None = None,
    variant: int = 0,
    language: str = "ko",
    bank: Path | None = None,
    unsafe: bool = False,
) -> dict[str, Any]:
    """
    Mark one response, text or a file, to one variant of a question, as plain data.

    Keys: outcome, points, max_points, read_as, mistake, feedback, checks, reason, isolation.

    Raises:
        DlexamError: no such question, or the file can't be read.
    """
    check_language(language)
    loaded = load_bank(bank)
    asked = loaded[question]
    if file is not None:
        try:
            answer = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DlexamError(f"cannot be read: {error}", file=file) from None
    drawn = asked.variant(variant)
    # a typed answer runs nothing, so it needs no walls
    isolation = choose(unsafe=unsafe) if asked.is_code else Isolation.PROCESS
    with Workshop(loaded, isolation) as workshop, Responder(asked, workshop) as responder:
        response = responder.mark(drawn, answer or "", seed=variant)
    texts = asked.texts(drawn, language)
    mark = response.mark
    return {
        "question": question,
        "variant": variant,
        "outcome": str(mark.outcome),
        "points": response.points,
        "max_points": asked.definition.points,
        "read_as": mark.read_as,
        "mistake": mark.mistake,
        "feedback": texts.mistakes.get(mark.mistake or "", "") or None,
        "checks": [
            {"id": c.id, "passed": c.passed, "says": texts.checks[c.id], "reason": c.reason} for c in mark.checks
        ],
        "reason": mark.reason,
        "isolation": str(isolation) if asked.is_code else "not run",
    }
