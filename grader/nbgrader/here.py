"""What `mark_slot` needs, where nbgrader has run the cells: this very kernel, without walls and clocks."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.grading.limits import TimeLimits
from grader.marking import Here
from grader.sandbox import CellResult, ChildTimedOut, LocalSession
from papers.course import HIDDEN

__all__ = ["HereRun", "HereTools", "read_sources"]


class HereRun:
    """
    A notebook whose cells nbgrader runs, each before its answer is marked.

    Args:
        names: the notebook's variables.
        last: IPython's result of the cell that ran last; None if it is not known.
    """

    def __init__(self, names: Mapping[str, Any], last: Any) -> None:
        self._session = LocalSession(names)
        self._last = last

    def run(self, source: str, *, seed: int) -> CellResult:  # noqa: ARG002
        """
        How the cell of *source* ended, if it was the last to run; else it is taken to have ended well.

        Raises:
            ChildTimedOut: nbgrader has interrupted it.
        """
        last = self._last
        if last is None or getattr(last.info, "raw_cell", None) != source:
            return CellResult(ok=True)
        error = last.error_before_exec or last.error_in_exec
        if error is None:
            return CellResult(ok=True)
        if isinstance(error, KeyboardInterrupt):
            raise ChildTimedOut("nbgrader stopped the cell")
        return CellResult(ok=False, error_type=type(error).__name__[:100], message=_message(error))

    def session(self) -> LocalSession:
        """The names of this kernel."""
        return self._session


def _message(error: BaseException) -> str:
    try:
        return str(error)[:500]
    except Exception:
        return ""


@dataclass(frozen=True)
class HereTools:
    """
    The tools of marking in a kernel.

    Args:
        exam: the folder of the built exam, where its hidden tests lie frozen.
    """

    exam: Path
    bench: Here = field(default_factory=Here)
    # nbgrader holds the clock
    limits: TimeLimits = field(default_factory=lambda: TimeLimits(cell=math.inf, call=math.inf, part=math.inf))

    def hidden_test(self, question: str) -> Path:
        """The hidden test of *question*."""
        return self.exam / "private" / HIDDEN / question / "hidden_test.py"


def read_sources(file: Path) -> dict[str, str] | None:
    """The source of each cell in the notebook *file* by nbgrader's id, the first of each; None if unreadable."""
    try:
        cells = json.loads(file.read_bytes())["cells"]
        sources: dict[str, str] = {}
        for cell in cells:
            id = cell["metadata"].get("nbgrader", {}).get("grade_id")
            text = cell["source"]
            if id is not None:
                sources.setdefault(id, text if isinstance(text, str) else "".join(text))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return sources
