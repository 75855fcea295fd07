"""What `dlexam check --calibrate` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from grader.bank_exam.calibration import Calibration

__all__ = ["print_calibrations"]


def print_calibrations(calibrations: Sequence[Calibration], to: Path | None) -> None:
    """A row a question with its narrowest margin on either side, then what is wrong."""
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("question", "seeds", "responses", "passes by", "fails by", ""):
        table.add_column(column, justify="left" if column in ("question", "") else "right", overflow="fold")
    for calibration in calibrations:
        margins = [spread.margin for row in calibration.rows for spread in row.spreads]
        passing = min((margin for margin in margins if margin > 0), default=None)
        failing = max((margin for margin in margins if margin <= 0), default=None)
        near = ("-" if margin is None else f"{abs(margin):.1f} sd" for margin in (passing, failing))
        verdict = "[red]problems[/red]" if calibration.problems else "ok"
        table.add_row(calibration.question, str(calibration.seeds), str(len(calibration.rows)), *near, verdict)
    console.print(table)
    for calibration in calibrations:
        for problem in calibration.problems:
            console.print(Text(f"{calibration.question}: {problem}", "red"))
    if to is not None:
        console.print(Text(f"written: {to}"))
