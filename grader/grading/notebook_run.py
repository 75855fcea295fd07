"""The cells of one notebook, run in order; after a crash, in a new process that has caught up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from grader.grading.limits import TimeLimits
from grader.sandbox import CellResult, ChildLost, Session, Zygote

__all__ = ["Exhausted", "NotebookRun"]


class Exhausted(Exception):
    """The part's time or its replays are used up: what is left cannot be run."""


@dataclass(frozen=True)
class _Ended:
    source: str
    seed: int


class NotebookRun:
    """
    Runs cells in a student process and replaces that process when a cell has killed it.

    A new process first runs the earlier cells that ended, by success or by an ordinary exception, each
    with its own seed, on a budget of their own. Cells that killed or hung their process are left out.

    Args:
        files: what lies beside the notebook, by name.
    """

    def __init__(self, zygote: Zygote, files: Mapping[str, bytes], limits: TimeLimits) -> None:
        self._zygote = zygote
        self._files = files
        self._limits = limits
        self._ended: list[_Ended] = []
        self._session: Session | None = None
        self._replays_left = limits.replays
        self._replay_left = limits.replay
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            self._session.close()

    @property
    def session_alive(self) -> bool:
        """Whether the process of the last cell still lives."""
        return self._session is not None and self._session.alive

    def session(self) -> Session:
        """
        A live process in which all earlier cells have run.

        Raises:
            Exhausted: there is no time or no replay left.
        """
        if time.monotonic() - self._started > self._limits.part:
            raise Exhausted(f"the part's {self._limits.part:.0f} s are used up")
        if self._session is not None and self.session_alive:
            return self._session
        first = self._session is None
        if self._session is not None:
            self._session.close()
        if not first:
            if self._replays_left == 0:
                raise Exhausted(f"the earlier cells were run again {self._limits.replays} times")
            self._replays_left -= 1
        self._session = self._zygote.session(self._files)
        if not first:
            self._catch_up(self._session)
        return self._session

    def _catch_up(self, session: Session) -> None:
        for cell in self._ended:
            if self._replay_left <= 0:
                raise Exhausted(f"the {self._limits.replay:.0f} s for running earlier cells again are used up")
            begun = time.monotonic()
            try:
                session.run(cell.source, seconds=min(self._replay_left, self._limits.cell), seed=cell.seed)
            except ChildLost as error:
                raise Exhausted(f"an earlier cell ended when first run, but not again: {error}") from error
            self._replay_left -= time.monotonic() - begun

    def run(self, source: str, *, seed: int) -> CellResult:
        """
        Run one cell.

        Raises:
            ChildLost: the cell killed or hung its process; it will not be run again.
            Exhausted: there is no time or no replay left.
        """
        result = self.session().run(source, seconds=self._limits.cell, seed=seed)
        self._ended.append(_Ended(source, seed))
        return result
