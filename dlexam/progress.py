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

__all__ = ["checking", "grading"]

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
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what, total=None, last="")

        def report(last: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, last=last)

        yield report


def grading() -> AbstractContextManager[Report]:
    """A bar over students; call what it yields with the student's id, how many are done, and of how many."""
    return _bar("grading")


def checking() -> AbstractContextManager[Report]:
    """A bar over questions."""
    return _bar("checking")
