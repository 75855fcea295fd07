"""Progress bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

__all__ = ["Stopped", "building", "checking", "grading"]

Report = Callable[[str, int, int], None]


class Stopped(Exception):
    """The user pressed Ctrl-C; the text says how to go on."""


class _Rate(ProgressColumn):
    """How many are done in a second, or in a minute where that says more."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f}/s" if speed >= 1 else f"{speed * 60:.1f}/min")


@contextmanager
def _bar(what: str, noun: str = "", stopped: str = "stopped") -> Iterator[Report]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(noun),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("left"),
        TextColumn("{task.fields[last]}"),
    )
    # the rate of the last minutes: the slowest come first, so that the first ones alone would promise too long a wait
    progress = Progress(*columns, console=Console(stderr=True), speed_estimate_period=120)
    task = progress.add_task(what, total=None, last="")

    def report(last: str, done: int, total: int) -> None:
        # started by the first report: trouble found before it is one line, not a bar and a line
        progress.start()
        progress.update(task, completed=done, total=total, last=last)

    try:
        yield report
    except KeyboardInterrupt:
        raise Stopped(stopped) from None
    finally:
        if progress.live.is_started:
            progress.stop()


def grading() -> AbstractContextManager[Report]:
    """A bar over students; call what it yields with the student's id, how many are done, and of how many."""
    return _bar("grading", "students", "stopped; what is finished is kept: run the same command again to go on")


def checking() -> AbstractContextManager[Report]:
    """A bar over questions."""
    return _bar("checking", "questions")


def building() -> AbstractContextManager[Report]:
    """A bar over notebooks."""
    return _bar("building", "notebooks")
