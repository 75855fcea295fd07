"""
Run the attack files of `tests/attacks` against dlexam, nbgrader and otter-grader; print what each earns as a table.

    python -m benchmarks.side_by_side --otter VENV/bin/otter --to docs/side_by_side.md
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

from grader.sandbox import Isolation
from question_bank.data import digits
from tests.attacks.classroom import Attack, attacks

from . import dlexam_side, nbgrader_side, otter_side
from .page import page
from .tasks import TASKS, TOO_DANGEROUS
from .verdict import Verdict

Mark = Callable[[Attack, Path], Verdict]
RIGHT = "(the right answer)"
BLANK = "(left open)"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.side_by_side", description=__doc__)
    parser.add_argument("--otter", type=Path, help="otter of a virtual environment with otter-grader and tensorflow")
    parser.add_argument("--only", default="", help="only attacks whose name contains this")
    parser.add_argument("--jobs", type=int, default=2, help="attacks at a time")
    parser.add_argument("--raw", type=Path, help="write the verdicts to this JSON file as they come, and go on from it")
    parser.add_argument("--to", type=Path, help="write the page here instead of printing it")
    given = parser.parse_args()
    # nbgrader calls alembic by its bare name
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory(prefix="side-") as name:
        Path(name).chmod(0o755)
        chosen = [attack for attack in attacks().values() if given.only in attack.name]
        verdicts = _run(_tools(Path(name), given.otter), chosen, given.jobs, Path(name), given.raw)
        for tier in (Isolation.BUBBLEWRAP, Isolation.LANDLOCK):
            for target in TASKS:
                ours = [attack for attack in chosen if attack.target == target]
                made = Path(name) / f"dlexam-{tier}-{target}"
                made.mkdir()
                for attack, verdict in dlexam_side.verdicts(made, target, ours, tier).items():
                    verdicts.setdefault(attack, {})[f"dlexam, {tier}"] = verdict
    text = page(verdicts, _versions(given.otter))
    if given.to is None:
        print(text)
    else:
        given.to.write_text(text, encoding="utf-8")
    return 0


def _tools(root: Path, otter: Path | None) -> dict[str, Mark]:
    data = root / "digits.npz"
    given = digits()
    np.savez(data, x_train=_flat(given.x_train), y_train=given.y_train, x_test=_flat(given.x_test), y_test=given.y_test)
    files = {"function": None, "training": data}
    courses = {name: nbgrader_side.course(task, root, files[name]) for name, task in TASKS.items()}

    def by_nbgrader(attack: Attack, work: Path) -> Verdict:
        return nbgrader_side.mark(TASKS[attack.target], courses[attack.target], attack.source, work)

    tools: dict[str, Mark] = {"nbgrader": by_nbgrader}
    if otter is not None:
        otter = otter.absolute()
        made = {name: otter_side.autograder(task, root, files[name], otter) for name, task in TASKS.items()}

        def by_otter(attack: Attack, work: Path) -> Verdict:
            return otter_side.mark(TASKS[attack.target], made[attack.target], attack.source, work, otter)

        tools["otter"] = by_otter
    return tools


def _flat(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1).astype("float32") / 255


def _controls() -> list[Attack]:
    """A right and an open answer to each question: a tool that marks those wrongly is not measured, but broken."""
    return [
        Attack(f"{name}/{control}", "", task.right if control == RIGHT else "...", name)
        for name, task in TASKS.items()
        for control in (RIGHT, BLANK)
    ]


def _run(
    tools: dict[str, Mark], chosen: list[Attack], jobs: int, root: Path, raw: Path | None
) -> dict[str, dict[str, Verdict]]:
    known = json.loads(raw.read_text()) if raw is not None and raw.exists() else {}
    verdicts = {name: {tool: Verdict(**v) for tool, v in row.items()} for name, row in known.items()}
    work = [
        (attack, tool)
        for attack in [*_controls(), *(attack for attack in chosen if attack.name not in TOO_DANGEROUS)]
        for tool in tools
        if tool not in verdicts.get(attack.name, {})
    ]
    with ThreadPoolExecutor(jobs) as pool:
        tasks = [pool.submit(partial(_one, tools[tool], attack, root)) for attack, tool in work]
        for (attack, tool), task in zip(work, tasks, strict=True):
            verdict = task.result()
            verdicts.setdefault(attack.name, {})[tool] = verdict
            print(f"{attack.name:40} {tool:9} {verdict}", file=sys.stderr, flush=True)
            if raw is not None:
                text = json.dumps({name: {t: asdict(v) for t, v in row.items()} for name, row in verdicts.items()})
                raw.write_text(text, encoding="utf-8")
    return verdicts


def _one(mark: Mark, attack: Attack, root: Path) -> Verdict:
    with tempfile.TemporaryDirectory(dir=root, prefix="work-", ignore_cleanup_errors=True) as folder:
        return mark(attack, Path(folder))


def _versions(otter: Path | None) -> dict[str, str]:
    pythons = {"nbgrader": Path(sys.executable)}
    if otter is not None:
        pythons["otter-grader"] = otter.parent / "python"
    said = {}
    for package, python in pythons.items():
        code = f"from importlib.metadata import version; print(version({package!r}))"
        said[package] = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    return said


if __name__ == "__main__":
    sys.exit(main())
