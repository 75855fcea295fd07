"""Calibrations as a page of Markdown, one section a question."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.bank_exam.calibration import MARGIN, Calibration, Row, Spread, calibrate
from grader.grading.keys import versions
from papers.files import write_atomic
from question_bank import DlexamError

__all__ = ["calibrate_into", "merged", "section"]

_HEAD = f"""# Calibration of training checks

Written by `dlexam check --calibrate --to docs/calibration.md`; do not edit. [thresholds.md](thresholds.md) says why the
thresholds are what they are.

Each response that a training question lists is marked on many variants, through the sandbox and the hidden test, as a
submission is. For each quantity that a check holds against a threshold: mean, standard deviation (sd), lowest and
highest value, and how many sd the mean lies from the threshold, + on the side that passes. A row must pass always or
never, earn the stated credit every time, and lie at least {MARGIN:g} sd away. An sd of 0 means that all values were
equal: chance has no part in them, and only the distance itself says something. Seconds are medians for the cell and
all calls, on the machine that ran this, which had other work to do.
"""


def section(calibration: Calibration) -> str:
    """The section of one question, heading included."""
    used = versions()
    tools = ", ".join(f"{name} {used[name]}" for name in ("keras", "tensorflow", "numpy", "python"))
    about = f"{calibration.seeds} seeds; {tools}; {calibration.isolation}; sources `{calibration.sources}`."
    problems = "\n".join(f"- {problem}" for problem in calibration.problems)
    blocks = [
        f"## {calibration.question}",
        about,
        *([f"**Problems**\n\n{problems}"] if problems else []),
        *(list(_measurements(calibration.rows)) or ["No check of this question reports a quantity and its threshold."]),
        f"### How often each check passes, of {calibration.seeds}\n\n{_passes(calibration)}",
    ]
    return "\n\n".join(blocks) + "\n"


def merged(old: str, calibrations: Sequence[Calibration]) -> str:
    """The page *old* with the sections of *calibrations* replaced or added, questions in order."""
    sections: Mapping[str, str] = {
        found[1]: found[0].rstrip() + "\n" for found in re.finditer(r"^## (\S+)\n.*?(?=^## |\Z)", old, re.M | re.S)
    }
    sections = {**sections, **{c.question: section(c) for c in calibrations}}
    return "\n".join([_HEAD, *(sections[id] for id in sorted(sections))])


def calibrate_into(
    file: Path | None,
    names: Sequence[str] = (),
    *,
    progress: Callable[[str, int, int], None] = lambda question, done, total: None,
    **options: Any,
) -> list[Calibration]:
    """
    Calibrate the questions called *names* and write their sections into *file*; what it says of others stays.

    Args:
        file: None writes nothing.
        options: as `calibrate` takes them.

    Raises:
        DlexamError: *file* is another page or cannot be written; and as `calibrate`.
    """
    # read first: the measurements take their time
    old = "" if file is None else _read(file)
    found = calibrate(names, progress=progress, **options)
    if file is not None:
        try:
            write_atomic(file, merged(old, found).encode())
        except OSError as error:
            raise DlexamError(f"cannot be written: {error.strerror}", file=file) from None
    return found


def _read(file: Path) -> str:
    try:
        old = file.read_text(encoding="utf-8") if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise DlexamError(f"cannot be read: {error}", file=file) from None
    if not file.parent.is_dir() or (old and not old.startswith(_HEAD.splitlines()[0])):
        raise DlexamError("is no page of calibrations", file=file, mend="give a new file in a folder that is there")
    return old


def _measurements(rows: Sequence[Row]) -> Iterator[str]:
    """A table for each quantity and threshold, the nearest rows in its middle."""
    found: dict[tuple[str, str, float, bool], list[tuple[Row, Spread]]] = {}
    for row in rows:
        for spread in row.spreads:
            key = (spread.check, spread.name, spread.threshold, spread.at_least)
            found.setdefault(key, []).append((row, spread))
    for (check, name, threshold, at_least), measured in found.items():
        title = f"### {check}: {name} {'≥' if at_least else '≤'} {threshold:g}"
        ordered = sorted(measured, key=lambda pair: pair[1].mean, reverse=at_least)
        lines = [_line(row, spread) for row, spread in ordered]
        head = ["| response | mean | sd | lowest | highest | margin (sd) | passes |", "|---|--:|--:|--:|--:|--:|--:|"]
        yield f"{title}\n\n" + "\n".join([*head, *lines])


def _line(row: Row, spread: Spread) -> str:
    count = len(spread.values)
    numbers = (spread.mean, spread.deviation, min(spread.values), max(spread.values))
    cells = (
        _cell(row.response),
        *(f"{number:.4g}" for number in numbers),
        _margin(spread.margin),
        f"{spread.passes} of {count}",
    )
    return f"| {' | '.join(cells)} |"


def _margin(margin: float) -> str:
    if math.isnan(margin):
        return "one value"
    if math.isinf(margin):
        return f"{'+' if margin > 0 else '−'}∞"
    return f"{margin:+.1f}".replace("-", "−")


def _passes(calibration: Calibration) -> str:
    names = [check.removeprefix("test_").replace("_", " ") for check in calibration.checks]
    head = ["response", "credit", *names, "outcome", "seconds"]
    lines = [f"| {' | '.join(head)} |", f"|---|--:|{'--:|' * len(names)}---|--:|"]
    for row in calibration.rows:
        outcomes = Counter(trial.outcome for trial in row.trials)
        shown = ", ".join(
            outcome if len(outcomes) == 1 else f"{outcome} {count}" for outcome, count in outcomes.most_common()
        )
        seconds = statistics.median(trial.seconds for trial in row.trials)
        passes = (str(row.passes(check)) for check in calibration.checks)
        lines.append(f"| {_cell(row.response)} | {row.credit:.3g} | {' | '.join(passes)} | {shown} | {seconds:.1f} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
