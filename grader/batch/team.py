"""Who grades: processes here or workers of a cluster, behind one interface; a submission that kills them is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from grader.batch.one import Graded, Task, Worker, fault
from grader.batch.pool import worker_pool
from grader.grading.limits import TimeLimits
from grader.memory import default_jobs
from grader.sandbox import Isolation
from papers.lock import Lock
from question_bank import DlexamError, load_bank

__all__ = ["Here", "Setup", "Team", "opened", "work"]

_LOOK_SECONDS = 2.0


@dataclass(frozen=True)
class Setup:
    """
    What a grading process is opened with.

    Args:
        lock: the exam without its students, whose papers come with the tasks.
        bank: the folder of questions; None for the package's own.
    """

    lock: Lock
    bank: Path | None
    isolation: Isolation
    limits: TimeLimits

    @classmethod
    def of(cls, lock: Lock, bank: Path | None, isolation: Isolation, limits: TimeLimits) -> Setup:
        """The setup for *lock*."""
        return cls(lock.model_copy(update={"students": ()}), bank, isolation, limits)


@contextmanager
def opened(setup: Setup) -> Iterator[Worker]:
    """A grading process's worker, closed with everything that it started."""
    worker = Worker(setup.lock, load_bank(setup.bank), setup.isolation, setup.limits)
    with worker.workshop:
        yield worker


class Team(Protocol):
    """Grades submissions, several at a time."""

    died: tuple[type[BaseException], ...]
    """What a submission's future raises when the process that graded it has died."""
    tries: int
    """How often a submission whose process died is begun again with nothing beside it."""

    def size(self) -> int:
        """How many are graded at a time."""
        ...

    def submit(self, task: Task) -> Future[Graded]:
        """Grade *task*."""
        ...

    def look(self, waited: float) -> None:
        """Called now and then while nothing has come for *waited* seconds; raises if nothing will."""
        ...

    def check(self) -> None:
        """Called when a process has died; raises if none can be had at all, whatever it is to grade."""
        ...


class Here:
    """
    A team of processes on this machine; a context manager.

    Args:
        jobs: how many; default: one for each core, if there is memory for them.
        most: no more than there is work for.
    """

    died: tuple[type[BaseException], ...] = (BrokenProcessPool,)
    tries = 2

    def __init__(self, setup: Setup, jobs: int | None, most: int) -> None:
        self._setup = setup
        self._jobs = max(1, min(jobs or default_jobs(), most))
        self._stack = ExitStack()
        self._submit: Callable[..., Future[Graded]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # told of an error or an interrupt, the processes end at once
        self._stack.__exit__(kind, error, trace)

    def size(self) -> int:
        """How many are graded at a time."""
        return self._jobs

    def submit(self, task: Task) -> Future[Graded]:
        """Grade *task*, in new processes if the old ones have died."""
        try:
            return self._pool()(_grade, task)
        except BrokenProcessPool:
            self._submit = None
            return self._pool()(_grade, task)

    def look(self, waited: float) -> None:
        """Processes here tell of their end themselves."""

    def check(self) -> None:
        """
        See that processes start.

        Raises:
            DlexamError: they end before they grade anything.
        """
        self._submit = None
        try:
            self._pool()(_started).result()
        except BrokenProcessPool as error:
            mend = "what they say stands above; run the same command again with --jobs 1, which needs least memory"
            raise DlexamError("grading processes end as soon as they start", mend=mend) from error

    def _pool(self) -> Callable[..., Future[Graded]]:
        if self._submit is None:
            self._stack.close()
            self._submit = self._stack.enter_context(worker_pool(self._jobs, opened, self._setup))
        return self._submit


def _grade(worker: Worker, task: Task) -> Graded:
    return worker.grade(task)


def _started(worker: Worker) -> None:
    """There is a worker; that is all."""


def work(team: Team, lock: Lock, tasks: Iterator[Task]) -> Iterator[tuple[Task, Graded]]:
    """
    What *team* makes of *tasks*, each with its task, in the order in which they are done.

    Tasks are taken as there is room for them. One whose process died is begun again at the end, with nothing
    beside it: what dies then is at fault itself, and its points stay open.
    """
    # a want of memory, a broken installation, or one of these submissions
    suspects: list[Task] = []
    waiting: dict[Future[Graded], Task] = {}
    try:
        for task in tasks:
            waiting[team.submit(task)] = task
            while len(waiting) >= 2 * team.size():
                yield from _done(team, waiting, suspects)
        while waiting:
            yield from _done(team, waiting, suspects)
        for task in suspects:
            yield from _alone(team, lock, task, waiting)
    finally:
        for future in waiting:
            future.cancel()


def _alone(team: Team, lock: Lock, task: Task, waiting: dict[Future[Graded], Task]) -> Iterator[tuple[Task, Graded]]:
    """*task* with nothing beside it, so that a process that dies of it dies of nothing else."""
    for _ in range(team.tries):
        died: list[Task] = []
        waiting[team.submit(task)] = task
        while waiting:
            yield from _done(team, waiting, died)
        if not died:
            return
        team.check()
    yield task, Graded(fault(lock, task.paper, "the grading process died whenever this submission was graded alone"))


def _done(team: Team, waiting: dict[Future[Graded], Task], suspects: list[Task]) -> Iterator[tuple[Task, Graded]]:
    """What is done next, at least one; tasks whose process died go to *suspects*."""
    waited = 0.0
    while not (done := wait(waiting, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED).done):
        waited += _LOOK_SECONDS
        team.look(waited)
    for future in [future for future in waiting if future in done]:
        task = waiting.pop(future)
        try:
            graded = future.result()
        except BaseException as error:
            if not isinstance(error, (*team.died, CancelledError)):
                raise
            suspects.append(task)
        else:
            yield task, graded
