"""One slot of a paper: from the source of its answer cell to its mark."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.grading.given import plain, written
from grader.grading.limits import TimeLimits
from grader.grading.notebook_run import Exhausted
from grader.marking import Mark, SandboxStudent, mark_code, mark_typed
from grader.marking.bench import Runner
from grader.marking.mark import BLANK
from grader.results.records import Outcome, SlotRecord
from grader.sandbox import Asking, CellResult, ChildLost, ChildTimedOut, NameMissing, StudentError
from papers.lock import PooledVariant, Slot
from question_bank import Answer, Check
from question_bank.answers import Code, Essay

__all__ = [
    "CodeCell",
    "Running",
    "SlotWork",
    "Tools",
    "mark_code_cell",
    "mark_slot",
    "needs_run",
    "record_of",
    "seed_of",
]


class Running(Protocol):
    """A notebook that runs: see `grader.grading.notebook_run`, and `grader.nbgrader.here` for nbgrader's own kernel."""

    def run(self, source: str, *, seed: int) -> CellResult:
        """Run one cell and say how it ended."""
        ...

    def session(self) -> Asking:
        """Where the names live that the cells so far have defined."""
        ...


class Tools(Protocol):
    """What marking a slot needs, of a `grader.grading.workshop.Workshop`."""

    @property
    def bench(self) -> Runner:
        """What runs hidden tests."""
        ...

    @property
    def limits(self) -> TimeLimits:
        """How long a call may take."""
        ...

    def hidden_test(self, question: str) -> Path:
        """The hidden test of *question*."""
        ...


@dataclass(frozen=True)
class SlotWork:
    """
    A slot, the variant dealt, and what the student left in its cell.

    Args:
        source: the answer cell's text; None where the cell was deleted.
        untouched: the answer cell's text as it was handed out.
    """

    slot: Slot
    variant: PooledVariant
    source: str | None
    untouched: str

    @property
    def is_untouched(self) -> bool:
        """True for a cell that was deleted, emptied, or left as it was."""
        if self.source is None:
            return True
        # editors change line ends and trailing blanks
        return _squeezed(self.source) in ("", "...", _squeezed(self.untouched))


def _squeezed(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def needs_run(work: SlotWork) -> bool:
    """True if the mark depends on running code: not for blank cells, plain values and essays."""
    if work.is_untouched or isinstance(work.variant.answer, Essay):
        return False
    if isinstance(work.variant.answer, Code):
        return True
    found = written(work.source or "", work.slot.variable)
    return found is None or not found.literal


def seed_of(*parts: str) -> int:
    """A seed that is the same whenever the same student's same slot is run."""
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest()[:4], "big") >> 1


def mark_slot(work: SlotWork, run: Running | None, workshop: Tools, seed: int) -> tuple[Mark, bool]:
    """
    Run the slot's cell if its mark needs that, then mark it at once, before any later cell can touch it.

    Args:
        run: the notebook so far; None where nothing of the part has to run.

    Returns:
        The mark, and whether a model's predictions came from the student's process.
    """
    if work.source is None:
        return Mark(Outcome.BLANK, 0.0, reason="the answer cell was deleted"), False
    answer = work.variant.answer
    if isinstance(answer, Essay):
        return (BLANK if work.is_untouched else mark_typed(workshop.bench, answer, work.source)), False
    found = None if isinstance(answer, Code) else written(work.source, work.slot.variable)
    if found is not None and found.literal:
        return mark_typed(workshop.bench, answer, found.value), False
    if work.is_untouched or run is None:
        return BLANK, False
    if isinstance(answer, Code):
        hidden_test = workshop.hidden_test(work.slot.question)
        cell = CodeCell(answer, hidden_test, work.slot.checks, dict(work.variant.parameters), work.source)
        return mark_code_cell(cell, run, workshop, seed)
    return mark_losing(lambda: (_mark_fetched(work, run, run.run(work.source or "", seed=seed), workshop), False))


@dataclass(frozen=True)
class CodeCell:
    """A code answer's cell, and what its hidden test needs."""

    answer: Answer
    hidden_test: Path
    checks: Sequence[Check]
    parameters: dict[str, Any]
    source: str


def mark_code_cell(cell: CodeCell, run: Running, workshop: Tools, seed: int) -> tuple[Mark, bool]:
    """Run *cell* and mark it; also says whether a model's predictions came from the student's process."""

    def work() -> tuple[Mark, bool]:
        result = run.run(cell.source, seed=seed)
        student = SandboxStudent(run.session(), seconds=workshop.limits.call, seed=seed)
        mark = mark_code(
            workshop.bench,
            cell.hidden_test,
            cell.checks,
            student=student,
            parameters=cell.parameters,
            seed=seed,
            known_mistakes=[mistake.id for mistake in cell.answer.mistakes_known()],
            cell_error=None if result.ok else f"{result.error_type}: {result.message}",
        )
        return mark, student.predicted_in_child

    return mark_losing(work)


def mark_losing(work: Callable[[], tuple[Mark, bool]]) -> tuple[Mark, bool]:
    """What *work* returns, or the mark of a cell that lost its process or could not be run."""
    try:
        return work()
    except ChildTimedOut as error:
        return Mark(Outcome.TIMED_OUT, 0.0, reason=str(error)), False
    except ChildLost as error:
        return Mark(Outcome.CRASHED, 0.0, reason=str(error)), False
    except Exhausted as error:
        return Mark(Outcome.NEEDS_REVIEW, None, reason=f"could not be run: {error}"), False


def _run_quietly(run: Running, source: str, seed: int) -> None:
    """Later cells may use the variable; its own mark does not depend on it."""
    try:
        run.run(source, seed=seed)
    except (ChildLost, Exhausted):
        return


def _mark_fetched(work: SlotWork, run: Running, result: CellResult, workshop: Tools) -> Mark:
    """The mark of a typed answer that had to be run: the variable's value, or else what its source says."""
    answer, name = work.variant.answer, work.slot.variable
    found = written(work.source or "", name)
    try:
        if result.ok:
            value = plain(run.session().get(name, seconds=workshop.limits.call))
            return mark_typed(workshop.bench, answer, value)
    except NameMissing:
        if found is None:
            return BLANK
    except ChildLost:
        raise
    except StudentError as error:
        if found is None:
            return Mark(Outcome.MALFORMED, 0.0, reason=str(error))
    if found is not None:
        return mark_typed(workshop.bench, answer, found.value)
    reason = f"{result.error_type}: {result.message}"
    syntax = result.error_type in ("SyntaxError", "IndentationError", "TabError")
    return Mark(Outcome.MALFORMED if syntax else Outcome.CRASHED, 0.0, reason=reason)


def record_of(
    work: SlotWork, mark: Mark, *, begun: float, key: Mapping[str, str], predicted_in_child: bool = False
) -> SlotRecord:
    """The slot's entry in the record; *begun* is the monotonic time at which its work began."""
    return SlotRecord(
        slot=work.slot.id,
        variant=work.variant.code,
        outcome=mark.outcome,
        points=mark.points(work.slot.points),
        max_points=work.slot.points,
        checks=mark.checks,
        read_as=mark.read_as,
        mistake=mark.mistake,
        reason=mark.reason,
        predicted_in_child=predicted_in_child,
        key=dict(key),
        seconds=round(time.monotonic() - begun, 3),
    )
