"""
Grade the same class by dlexam, nbgrader and otter-grader, check that the marks agree, and print the ratios.

    python -m benchmarks
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from grader.batch.pool import cores

from .classes import KINDS, Kind, SchoolClass, make_class
from .dlexam_side import Ours
from .limit import limit
from .nbgrader_side import Course
from .otter_side import Otter, installed

TOOLS = ("dlexam", "nbgrader", "otter-grader")


class Tool(Protocol):
    """A class, ready to be graded."""

    def seconds(self) -> float:
        """Wall time of grading everybody anew."""
        ...

    def marks(self) -> dict[str, dict[str, float]]:
        """Points by student and slot."""
        ...


@dataclass
class Measured:
    """One tool on one kind of class, in seconds for each pair: cost per notebook, start-up, the whole large class."""

    costs: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    wholes: list[float] = field(default_factory=list)

    def add(self, small: float, few: int, large: float, many: int) -> None:
        """One pair of runs."""
        cost = (large - small) / (many - few)
        self.costs.append(cost)
        self.starts.append(small - few * cost)
        self.wholes.append(large)


def main() -> int:
    """Run everything, and print Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pairs", type=int, default=5, help="pairs of a small and a large class; the median counts")
    parser.add_argument("--students", type=int, nargs=2, default=[12, 48], metavar=("SMALL", "LARGE"))
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--otter", type=Path, help="an installed `otter`; default: one is installed for the run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as name:
        root = Path(name)
        otter = given.otter.absolute() if given.otter else None
        if otter is None and "otter-grader" in given.tools:
            otter = installed(root / "otter")
        print(_versions(given.tools, otter), flush=True)
        for kind in given.kinds:
            _compare(KINDS[kind], given.tools, otter, given.students, given.pairs, root / kind)
    return 0


def _compare(kind: Kind, tools: list[str], otter: Path | None, students: list[int], pairs: int, root: Path) -> None:
    few, many = students
    classes = {number: make_class(kind, number, root / f"class-{number}") for number in (few, many)}
    ready = {n: dict(_ready(school, tools, otter, root / f"tools-{n}")) for n, school in classes.items()}
    measured = {tool: Measured() for tool in ready[few]}
    limits = []
    for pair in range(pairs):
        for tool, results in measured.items():
            small, large = ready[few][tool].seconds(), ready[many][tool].seconds()
            results.add(small, few, large, many)
            print(f"{kind.name}, pair {pair + 1}, {tool}: {small:.1f} s, {large:.1f} s", file=sys.stderr, flush=True)
        limits.append(limit(classes[many]))
    _agree(ready[many])
    print("\n".join(_table(kind, measured, limits, students)), flush=True)


def _ready(school: SchoolClass, tools: list[str], otter: Path | None, root: Path) -> list[tuple[str, Tool]]:
    makers: Mapping[str, Callable[[], Tool]] = {
        "dlexam": lambda: Ours(school),
        "nbgrader": lambda: Course(school, root / "nbgrader"),
        "otter-grader": lambda: Otter(school, root / "otter", otter or Path()),
    }
    return [(tool, makers[tool]()) for tool in tools if tool != "otter-grader" or otter is not None]


def _agree(ready: Mapping[str, Tool]) -> None:
    """End with an error if two tools mark a student's slot differently."""
    first, *others = ready.items()
    for name, tool in others:
        mine, theirs = first[1].marks(), tool.marks()
        for student, points in mine.items():
            for slot, value in points.items():
                if abs(value - theirs[student].get(slot, 0.0)) > 0.01:
                    raise SystemExit(f"{student}, {slot}: {first[0]} gives {value}, {name} {theirs[student].get(slot)}")


def _table(kind: Kind, measured: Mapping[str, Measured], limits: list[float], students: list[int]) -> list[str]:
    few, many = students
    ours = measured["dlexam"].costs if "dlexam" in measured else []
    lines = [
        f"\n{kind.about}; classes of {few} and {many}, {len(limits)} pairs, median (lowest to highest):\n",
        f"| | seconds a notebook | start-up s | the class of {many}, s | dlexam takes, a notebook |",
        "|---|--:|--:|--:|--:|",
    ]
    for tool, results in measured.items():
        low, middle, high = min(results.costs), statistics.median(results.costs), max(results.costs)
        ratio = statistics.median(us / them for us, them in zip(ours, results.costs, strict=True)) if ours else 0
        said = _share(ratio) if ours and tool != "dlexam" else ""
        apart = " | ".join(f"{statistics.median(seconds):.1f}" for seconds in (results.starts, results.wholes))
        lines.append(f"| {tool} | {middle:.3f} ({low:.3f} to {high:.3f}) | {apart} | {said} |")
    if ours and min(limits) > 0:
        ratio = statistics.median(us / them for us, them in zip(ours, limits, strict=True))
        spread = f"{statistics.median(limits):.3f} ({min(limits):.3f} to {max(limits):.3f})"
        lines.append(f"| the limit: the students' own code, warm, on {cores()} cores | {spread} | | | {ratio:.2f} × |")
    return lines


def _share(ratio: float) -> str:
    # on a loaded machine the difference of two start-ups may exceed what 36 short notebooks cost
    return f"1/{1 / ratio:.1f}" if ratio > 0 else "less than can be measured here"


def _versions(tools: list[str], otter: Path | None) -> str:
    said = [f"Python {platform.python_version()}", *(f"{p} {version(p)}" for p in ("dlexam", "tensorflow", "keras"))]
    if "nbgrader" in tools:
        said.append(f"nbgrader {version('nbgrader')}")
    if otter is not None:
        code = "from importlib.metadata import version; print(version('otter-grader'))"
        done = subprocess.run([otter.parent / "python", "-c", code], capture_output=True, text=True, check=True)
        said.append(f"otter-grader {done.stdout.strip()}")
    load = os.getloadavg()[0]
    return f"{', '.join(said)}; {cores()} cores, load {load:.1f} before, {time.strftime('%Y-%m-%d')}"


if __name__ == "__main__":
    sys.exit(main())
