"""Progress bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

__all__ = ["building", "checking", "grading"]

Report = Callable[[str, int, int], None]


@contextmanager
def _bar(what: str) -> Iterator[Report]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}"),
    )
    progress = Progress(*columns, console=Console(stderr=True))
    task = progress.add_task(what, total=None, last="")

    def report(last: str, done: int, total: int) -> None:
        # started by the first report: trouble found before it is one line, not a bar and a line
        progress.start()
        progress.update(task, completed=done, total=total, last=last)

    try:
        yield report
    finally:
        if progress.live.is_started:
            progress.stop()


def grading() -> AbstractContextManager[Report]:
    """A bar over students; call what it yields with the student's id, how many are done, and of how many."""
    return _bar("grading")


def checking() -> AbstractContextManager[Report]:
    """A bar over questions."""
    return _bar("checking")


def building() -> AbstractContextManager[Report]:
    """A bar over notebooks."""
    return _bar("building")
