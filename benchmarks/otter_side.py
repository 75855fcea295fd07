"""otter-grader: the same class by `otter run`, one after another, as a TA without Docker would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

import nbformat

from papers.notebook import right_source
from question_bank.answers import Code

from .classes import SchoolClass
from .tests_of import SETUP, TRAINED, write_digits

__all__ = ["Otter", "installed"]


def installed(folder: Path) -> Path | None:
    """
    `otter` in a new virtual environment in *folder*, which borrows what it can from this one.

    Returns:
        None if it cannot be installed here; why is said on stderr.
    """
    venv.create(folder, with_pip=True)
    own = next(folder.glob("lib/python*/site-packages"))
    (own / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    command = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "otter-grader"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    otter = folder / "bin" / "otter"
    if done.returncode or not otter.exists():
        print(f"otter-grader is left out, it cannot be installed: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    return otter


class Otter:
    """An autograder archive made by `otter generate`, and everybody's notebook beside it."""

    def __init__(self, school: SchoolClass, folder: Path, otter: Path) -> None:
        self._school = school
        self._folder = folder
        self._otter = otter
        self._points: dict[str, dict[str, float]] = {}
        (folder / "tests").mkdir(parents=True)
        for slot in school.slots:
            self._write_test(slot.id, *self._test(slot.id))
        (folder / "otter_config.json").write_text('{"pdf": false}', encoding="utf-8")
        files = []
        if school.has_code:
            write_digits(folder)
            files = ["digits.npz"]
        options = ["-o", "autograder.zip", "-c", "otter_config.json", "--no-requirements", "--no-environment"]
        self._run("generate", "-t", "tests", *options, *files)
        for student in school.students:
            sources = ["import otter\ngrader = otter.Notebook()", SETUP if school.has_code else "import numpy as np"]
            for slot in school.slots:
                sources += [student.sources[slot.id], f'grader.check("{_name(slot.id)}")']
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
            notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
            nbformat.write(notebook, folder / f"{student.student}.ipynb")

    def seconds(self) -> float:
        """Wall time of running everybody anew."""
        begun = time.monotonic()
        for student in self._school.students:
            out = self._folder / student.student
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            self._run("run", "-a", "autograder.zip", "-o", out.name, "--no-logo", f"{student.student}.ipynb")
        return time.monotonic() - begun

    def marks(self) -> dict[str, dict[str, float]]:
        """Points by student and slot."""
        found = {}
        for student in self._school.students:
            text = (self._folder / student.student / "results.json").read_text(encoding="utf-8")
            scores = {test["name"]: test.get("score", 0.0) for test in json.loads(text)["tests"]}
            found[student.student] = {
                slot.id: sum(score for name, score in scores.items() if name.startswith(_name(slot.id)))
                for slot in self._school.slots
            }
        return found

    def _test(self, id: str) -> tuple[str, list[tuple[str, float]]]:
        """The name that the test of a slot takes, and its cases with their points."""
        slot = next(slot for slot in self._school.slots if slot.id == id)
        if isinstance(slot.pool[0].answer, Code):
            # each case stands for itself: the first trains, and leaves its outputs to the second
            first, second = TRAINED
            share = slot.points / 2
            return "train", [(f"global outputs, digits\n{first}", share), (second, share)]
        right = right_source(slot, slot.pool[0]).partition(" = ")[2]
        return slot.variable, [(f"assert {slot.variable} == {right}", slot.points)]

    def _write_test(self, id: str, given: str, cases: list[tuple[str, float]]) -> None:
        text = "from otter.test_files import test_case\n\n"
        if given == "train":
            text += f"{SETUP}\n\n"
        text += f'OK_FORMAT = False\nname = "{_name(id)}"\npoints = None\n'
        for number, (body, points) in enumerate(cases):
            indented = "\n".join(f"    {line}" for line in body.splitlines())
            text += f"\n\n@test_case(points={points}, hidden=True)\ndef test_{number}({given}):\n{indented}\n"
        (self._folder / "tests" / f"{_name(id)}.py").write_text(text, encoding="utf-8")

    def _run(self, *arguments: str) -> None:
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
        done = subprocess.run(
            [self._otter, *arguments],
            capture_output=True,
            text=True,
            cwd=self._folder,
            env=environment,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"otter {arguments[0]}: {done.stderr[-2000:]}")


def _name(slot: str) -> str:
    return slot.replace("-", "_")
