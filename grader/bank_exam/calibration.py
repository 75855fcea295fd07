"""How far the thresholds of training checks lie from what right and wrong responses reach."""

from __future__ import annotations

import hashlib
import math
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.bank_exam.check import credit_of, given_of, read_responses
from grader.bank_exam.check_all import chosen, open_workshop
from grader.bank_exam.respond import Responder
from grader.batch.pool import cores, worker_pool
from grader.grading.workshop import Workshop
from grader.isolation import choose
from grader.sandbox import Isolation
from question_bank import Code, DlexamError, Question, load_bank
from question_bank.checks import Measured
from question_bank.data import GENERATED, MODULE, given_files

__all__ = ["MARGIN", "SEEDS", "Calibration", "Row", "Spread", "Trial", "calibrate", "sources_hash", "trains"]

SEEDS = 20
MARGIN = 4.0
"""Standard deviations that must lie between a threshold and everything that is listed."""
REFERENCE = "the reference solution"


@dataclass(frozen=True)
class Trial:
    """
    One response to one variant, marked the way `grade` marks.

    Args:
        passed: by check.
        measured: what the checks, by id, held against a threshold.
        seconds: wall time of running the cell and of all calls.
    """

    response: str
    seed: int
    credit: float | None
    outcome: str
    reason: str | None
    passed: Mapping[str, bool | None]
    measured: tuple[tuple[str, Measured], ...]
    seconds: float


@dataclass(frozen=True)
class Spread:
    """One quantity that one check measured of one response, over the seeds: *values* in no order."""

    check: str
    name: str
    threshold: float
    at_least: bool
    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        """Of the values."""
        return statistics.fmean(self.values)

    @property
    def deviation(self) -> float:
        """The sample's standard deviation; NaN for a single value."""
        return statistics.stdev(self.values) if len(self.values) > 1 else math.nan

    @property
    def passes(self) -> int:
        """How many values lie on the threshold's right side."""
        return sum(self.measured(value).passed for value in self.values)

    def measured(self, value: float) -> Measured:
        """One value, as its check saw it."""
        return Measured(self.name, value, self.threshold, self.at_least)

    @property
    def margin(self) -> float:
        """
        Standard deviations from the threshold to the mean, positive on the right side.

        Infinite where all values are equal and not at the threshold: chance has no part in such a quantity.
        NaN for a single value.
        """
        # equal values have themselves as their mean; a rounded one might miss the threshold that they hit
        middle = self.mean if self.deviation else self.values[0]
        distance = middle - self.threshold if self.at_least else self.threshold - middle
        if self.deviation == 0:
            return math.copysign(math.inf, distance) if distance else 0.0
        return distance / self.deviation


@dataclass(frozen=True)
class Row:
    """One response over the seeds, with the credit that its author states."""

    response: str
    credit: float
    trials: tuple[Trial, ...]

    def passes(self, check: str) -> int:
        """How often it passed *check*."""
        return sum(trial.passed.get(check) is True for trial in self.trials)

    @cached_property
    def spreads(self) -> tuple[Spread, ...]:
        """What was measured of it, in the order of the checks."""
        found: dict[tuple[str, str, float, bool], list[float]] = {}
        for trial in self.trials:
            for check, one in trial.measured:
                found.setdefault((check, one.name, one.threshold, one.at_least), []).append(one.value)
        return tuple(Spread(*key, values=tuple(values)) for key, values in found.items())

    def problems(self) -> Iterator[str]:
        """Where chance decides about this response, or might."""
        several = len(self.trials)
        for trial in self.trials:
            if trial.credit is None or abs(trial.credit - self.credit) > 0.001:
                got = "no mark" if trial.credit is None else f"{trial.credit:.3g}"
                yield f"seed {trial.seed}: earns {got}, not {self.credit:.3g} ({trial.outcome}: {trial.reason})"
                break
        for check in {check: None for trial in self.trials for check in trial.passed}:
            if 0 < self.passes(check) < several:
                yield f"{check}: passes {self.passes(check)} of {several} times"
        for spread in self.spreads:
            if abs(spread.margin) < MARGIN:
                yield f"{spread.check}: {spread.name} lies {abs(spread.margin):.1f} sd from {spread.threshold:g}"


@dataclass(frozen=True)
class Calibration:
    """
    What one question's thresholds are worth.

    Args:
        checks: the ids of its hidden tests, in order.
        rows: the reference solution, then the responses in the order of `responses.toml`.
        sources: `sources_hash` of what was measured.
    """

    question: str
    seeds: int
    checks: tuple[str, ...]
    rows: tuple[Row, ...]
    sources: str
    isolation: Isolation

    @property
    def problems(self) -> list[str]:
        """Why it can't be used as it stands, a line each."""
        return [f"{row.response}: {what}" for row in self.rows for what in row.problems()]


def trains(question: Question) -> bool:
    """Whether the student's code trains, so that chance has a part in the mark."""
    answer = question.variant(0).answer
    return isinstance(answer, Code) and answer.form_of == "training"


def sources_hash(question: Question) -> str:
    """12 hex digits of what a calibration depends on: code and responses in the question's folder, generated data."""
    names = ("question.py", "hidden_test.py", "starter.py.j2", "solution.py", "solution.py.j2", "responses.toml")
    files = [question.folder / name for name in names] + sorted(question.folder.glob("responses/*"))
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(f"{file.name}:{file.stat().st_size}:".encode() + file.read_bytes())
    # not the digits, which are compressed: that differs between machines
    for data in sorted(set(question.definition.data) & set(GENERATED)):
        for name, content in given_files(data).items():
            digest.update(f"{name}:{len(content)}:".encode() + content if name != f"{MODULE}.py" else b"")
    return digest.hexdigest()[:12]


def calibrate(
    names: Sequence[str] = (),
    *,
    seeds: int | None = None,
    jobs: int | None = None,
    bank: Path | None = None,
    unsafe: bool = False,
    progress: Callable[[str, int, int], None] = lambda question, done, total: None,
) -> list[Calibration]:
    """
    Run the reference solution and every listed response of training questions over many seeds.

    Args:
        names: ids or topics; none means all that train.
        seeds: how many variants of each; default 20.
        jobs: how many processes at a time; default: one for each core.
        progress: called with a question's id, and how many of how many variants are done.

    Raises:
        DlexamError: a name is unknown, or nothing among them trains.
    """
    loaded, count = load_bank(bank), seeds or SEEDS
    asked = [question for id in chosen(loaded, names) if trains(question := loaded[id])]
    if not asked:
        raise DlexamError("no training question among these", mend="`dlexam check` without --calibrate is for all")
    isolation = choose(unsafe=unsafe)
    trials: dict[str, list[Trial]] = {question.id: [] for question in asked}
    # before the run: who edits meanwhile has not measured that
    sources = {question.id: sources_hash(question) for question in asked}
    with worker_pool(jobs or cores(), open_workshop, bank, isolation) as submit:
        tasks = {submit(_try_all, question.id, seed): question.id for question in asked for seed in range(count)}
        for done, future in enumerate(as_completed(tasks), start=1):
            trials[tasks[future]] += future.result()
            progress(tasks[future], done, len(tasks))
    return [_judged(question, count, trials[question.id], sources[question.id], isolation) for question in asked]


def _judged(question: Question, seeds: int, trials: Sequence[Trial], sources: str, isolation: Isolation) -> Calibration:
    stated = {REFERENCE: 1.0} | {
        response.why: credit_of(question.variant(0), response) for response in read_responses(question)
    }
    ordered = sorted(trials, key=lambda trial: trial.seed)
    rows = (
        Row(why, credit, tuple(trial for trial in ordered if trial.response == why)) for why, credit in stated.items()
    )
    checks = tuple(check.id for check in question.checks)
    return Calibration(question.id, seeds, checks, tuple(rows), sources, isolation)


def _try_all(workshop: Workshop, id: str, seed: int) -> list[Trial]:
    question = workshop.bank[id]
    variant = question.variant(seed)
    given = {REFERENCE: question.solution(variant)}
    given |= {response.why: given_of(question, variant, response) for response in read_responses(question)}
    made = []
    with Responder(question, workshop) as responder:
        for why, text in given.items():
            begun = time.monotonic()
            mark = responder.mark(variant, text, seed=seed).mark
            passed = {check.id: check.passed for check in mark.checks}
            seconds = time.monotonic() - begun
            made.append(Trial(why, seed, mark.credit, str(mark.outcome), mark.reason, passed, mark.measured, seconds))
    return made
