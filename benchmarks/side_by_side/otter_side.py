"""otter-grader: `otter run` of the attacker's notebook, then of an honest one, as a TA without Docker would."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import nbformat

from .guard import guarded
from .tasks import Task
from .verdict import Verdict

__all__ = ["autograder", "mark"]

SECONDS = 60.0


def autograder(task: Task, root: Path, data: Path | None, otter: Path) -> Path:
    """An autograder archive made by `otter generate`, in a folder with the data beside it."""
    folder = root / f"otter-{task.name}"
    (folder / "tests").mkdir(parents=True)
    given = "answer" if task.name == "function" else "train"
    cases = "".join(
        f"\n\n@test_case(points=1, hidden=True)\ndef test_{number}({given}):\n"
        + "\n".join(f"    {line}" for line in f"{task.setup}{test}".strip().splitlines())
        for number, test in enumerate(task.tests)
    )
    text = f'from otter.test_files import test_case\n\nOK_FORMAT = False\nname = "q1"\npoints = None\n{cases}\n'
    (folder / "tests" / "q1.py").write_text(text, encoding="utf-8")
    (folder / "otter_config.json").write_text('{"pdf": false}', encoding="utf-8")
    command = [str(otter), "generate", "-t", "tests", "-o", "autograder.zip", "-c", "otter_config.json"]
    command += ["--no-requirements", "--no-environment"]
    if data is not None:
        shutil.copy(data, folder / data.name)
        command.append(data.name)
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return folder


def mark(task: Task, made: Path, answer: str, work: Path, otter: Path) -> Verdict:
    """What *answer* earns there, and what an honest student earns who comes after it, in the same folder."""
    shutil.copytree(made, work, dirs_exist_ok=True)
    scores, codes = [], []
    for student, cell in (("attacker", answer), ("honest", task.right)):
        (work / student).mkdir(exist_ok=True)
        sources = ["import otter\ngrader = otter.Notebook()", cell, 'grader.check("q1")']
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, work / f"{student}.ipynb")
        command = [str(otter), "run", "-a", "autograder.zip", "-o", student, "--no-logo", f"{student}.ipynb"]
        codes.append(guarded(command, work, seconds=SECONDS))
        scores.append(_score(work / student / "results.json"))
    return Verdict(scores[0], scores[1], len(task.tests), codes[0])


def _score(results: Path) -> float | None:
    try:
        tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
        return float(sum(test.get("score", 0) for test in tests))
    except (OSError, ValueError, KeyError, TypeError):
        return None
