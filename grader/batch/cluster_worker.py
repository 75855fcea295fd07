"""What runs in a Dask worker: its own zygote behind its own walls, opened once, and checked before it marks."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from typing import Any

from distributed import get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from grader.batch.one import Graded, Task, Worker
from grader.batch.team import Setup, opened
from grader.grading.keys import code_hashes, marking_hashes, versions
from grader.isolation import choose
from grader.sandbox import Isolation, SandboxBroken, canaries
from question_bank import DlexamError, load_bank

__all__ = ["Examined", "Grading", "Terms", "examine", "grade_there", "terms_of", "terms_there"]

Terms = Mapping[str, str]
"""What must be equal wherever a class is graded, by name."""

_TRIED = 3


@dataclass(frozen=True)
class Examined:
    """
    What a worker says of itself.

    Args:
        threads: how many tasks it runs at a time.
        spills: whether it writes what it holds to disk when memory is short.
        versions: of Python and the packages that matter, Dask's among them.
    """

    threads: int
    spills: bool
    versions: Mapping[str, str]
    isolation: Isolation


def examine(unsafe: bool) -> Examined:
    """
    Look at the worker that runs this.

    Raises:
        DlexamError: no walls work there, and *unsafe* is not given.
    """
    worker = get_worker()
    memory: Any = worker.memory_manager
    spills = bool(memory.memory_limit and (memory.memory_target_fraction or memory.memory_spill_fraction))
    known = {**versions(), "distributed": version("distributed")}
    return Examined(worker.state.nthreads, spills, known, choose(unsafe=unsafe))


class Grading(WorkerPlugin):  # type: ignore[misc]
    """
    What every worker of the cluster needs for one batch; those that join later get it too.

    Args:
        name: of the batch.
        terms: what must be the same on the worker.
    """

    def __init__(self, name: str, setup: Setup, terms: Terms) -> None:
        self.name = name
        self.setup_of_batch = setup
        self.terms = terms

    def teardown(self, worker: Any) -> None:  # noqa: ARG002
        """End the zygote with the batch."""
        _bench.close(self.name)


class _Bench:
    """The one worker that is open in this process."""

    def __init__(self) -> None:
        self._name: str | None = None
        self._worker: Worker | None = None
        self._stack = ExitStack()

    def worker(self, plugin: Grading) -> Worker:
        """The worker of that batch; an earlier batch's is closed."""
        if self._worker is None or self._name != plugin.name:
            self._close()
            _refuse_other_terms(plugin)
            setup = plugin.setup_of_batch
            bank = load_bank(setup.bank)
            tests = (bank[slot.question].hidden_test for slot in setup.lock.slots)
            canaries.require(setup.isolation, hidden=list(islice((t for t in tests if t.is_file()), _TRIED)))
            self._worker, self._name = self._stack.enter_context(opened(setup)), plugin.name
        return self._worker

    def close(self, name: str) -> None:
        """Close the worker of the batch of that *name*."""
        if self._name == name:
            self._close()

    def _close(self) -> None:
        self._worker = self._name = None
        with suppress(SandboxBroken):
            self._stack.close()


_bench = _Bench()


def terms_of(setup: Setup) -> dict[str, str]:
    """The terms of a batch, as they are in this process."""
    bank = load_bank(setup.bank)
    return {**marking_hashes(setup.lock, bank), **code_hashes()}


def terms_there(name: str) -> dict[str, str]:
    """The terms of the batch of that *name* on the worker that runs this."""
    return terms_of(get_worker().plugins[name].setup_of_batch)


def grade_there(name: str, task: Task) -> Graded:
    """
    Grade *task* of the batch of that *name* on the worker that runs this.

    Raises:
        DlexamError: the worker is not fit for it; names the worker.
    """
    here = get_worker()
    try:
        return _bench.worker(here.plugins[name]).grade(task)
    except DlexamError as error:
        place = f"worker {here.name} ({here.address})"
        raise DlexamError(error.problem, place=place, mend=error.mend or "mend that, or stop that worker") from None


def _refuse_other_terms(plugin: Grading) -> None:
    mine = terms_of(plugin.setup_of_batch)
    other = [name for name, hash in plugin.terms.items() if mine.get(name) != hash]
    if other:
        raise DlexamError(f"other code than here: {', '.join(other[:3])}", mend="install the same dlexam there")
