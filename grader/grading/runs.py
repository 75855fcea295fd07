"""A notebook's cells, run only when something asks for what they made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from grader.grading.notebook_run import Exhausted, NotebookRun
from grader.marking.transcript import Recorder, Tape
from grader.sandbox import CellResult, ChildLost

__all__ = ["Cells", "RecordedRun"]


class Cells:
    """
    The cells of one part in their order, each run only once a later one has to be.

    Args:
        flag: told, in one line, what went wrong in a cell that nothing is marked in.
    """

    def __init__(self, run: NotebookRun, *, flag: Callable[[str], None]) -> None:
        self._run = run
        self._flag = flag
        self._waiting: list[tuple[str, int, str]] = []

    def add(self, source: str, *, seed: int, what: str = "") -> None:
        """
        A cell whose end is nobody's mark here.

        Args:
            what: what to call it in a flag; empty for none.
        """
        if source.strip():
            self._waiting.append((source, seed, what))

    def now(self) -> NotebookRun:
        """The process after all cells so far."""
        waiting, self._waiting = self._waiting, []
        for source, seed, what in waiting:
            try:
                self._run.run(source, seed=seed)
            except ChildLost as error:
                problem = f"{what} ended the process: {error}"
            except Exhausted as error:
                problem = f"{what} was not run: {error}"
            else:
                continue
            if what:
                self._flag(problem)
        return self._run

    def recorded(self, tape: Tape) -> RecordedRun:
        """The process after all cells so far; what it is asked from now on goes on *tape*."""
        return RecordedRun(self, tape)


class RecordedRun:
    """A `Run` in a process, all of it on tape."""

    def __init__(self, cells: Cells, tape: Tape) -> None:
        self._cells = cells
        self._tape = tape

    def run(self, source: str, *, seed: int) -> CellResult:
        """
        Run one cell.

        Raises:
            ChildLost: the cell killed or hung its process.
            Exhausted: there is no time or no replay left.
        """
        run = self._cells.now()
        content = {"source": source, "seed": seed}
        return self._tape.take("run", content, lambda: run.run(source, seed=seed), dataclasses.asdict)

    def session(self) -> Recorder:
        """
        What answers requests after the cells so far.

        Raises:
            Exhausted: there is no time or no replay left.
        """
        try:
            return Recorder(self._cells.now().session(), self._tape)
        except BaseException:
            self._tape.spoil()
            raise
