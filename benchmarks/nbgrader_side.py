"""nbgrader: the same class as a course of its own, with its own hidden tests, marked by `nbgrader autograde`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from papers.notebook import right_source
from question_bank.answers import Code

from .classes import SchoolClass
from .tests_of import SETUP, TRAINED, write_digits

__all__ = ["Course"]

NBGRADER = str(Path(sys.executable).parent / "nbgrader")
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "benchmark"
c.ExecutePreprocessor.timeout = 120
c.ClearSolutions.code_stub = {"python": "..."}
"""


class Course:
    """A course folder with everybody's submissions, ready to be autograded."""

    def __init__(self, school: SchoolClass, folder: Path) -> None:
        self._school = school
        self._folder = folder
        source = folder / "source" / "paper"
        source.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
        nbformat.write(self._source(), source / "paper.ipynb")
        if school.has_code:
            write_digits(source)
        self._run("generate_assignment", "paper", "--create")
        for student in school.students:
            to = folder / "submitted" / student.student / "paper"
            shutil.copytree(folder / "release" / "paper", to)
            notebook = nbformat.read(to / "paper.ipynb", as_version=4)
            for cell in notebook.cells:
                cell.source = student.sources.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
            nbformat.write(notebook, to / "paper.ipynb")

    def seconds(self) -> float:
        """Wall time of autograding everybody anew."""
        shutil.rmtree(self._folder / "autograded", ignore_errors=True)
        begun = time.monotonic()
        self._run("autograde", "paper", "--force")
        return time.monotonic() - begun

    def marks(self) -> dict[str, dict[str, float]]:
        """Points by student and slot."""
        from nbgrader.api import Gradebook

        found = {}
        with Gradebook(f"sqlite:///{self._folder}/gradebook.db") as book:
            for student in self._school.students:
                points: dict[str, float] = {}
                for grade in book.find_submission_notebook("paper", "paper", student.student).grades:
                    slot = grade.name.removeprefix("test-").partition("_")[0]
                    points[slot] = points.get(slot, 0) + float(grade.score)
                found[student.student] = points
        return found

    def _run(self, *arguments: str) -> None:
        # nbgrader calls alembic by its bare name
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            [NBGRADER, *arguments, f"--course-dir={self._folder}"],
            capture_output=True,
            text=True,
            cwd=self._folder,
            env={**os.environ, "PATH": path, "TF_CPP_MIN_LOG_LEVEL": "3"},
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"nbgrader {arguments[0]}: {done.stderr[-2000:]}")

    def _source(self) -> NotebookNode:
        cells = [_cell("setup", SETUP if self._school.has_code else "import numpy as np")]
        for slot in self._school.slots:
            right = right_source(slot, slot.pool[0])
            cells.append(_cell(slot.id, f"### BEGIN SOLUTION\n{right}\n### END SOLUTION", solution=True))
            if isinstance(slot.pool[0].answer, Code):
                tests = [(check, slot.points / len(TRAINED)) for check in TRAINED]
            else:
                tests = [(f"assert {slot.variable} == {right.partition(' = ')[2]}", slot.points)]
            for number, (test, points) in enumerate(tests):
                body = f"### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
                cells.append(_cell(f"test-{slot.id}_{number}", body, points=points))
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        made: NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        return made


def _cell(name: str, source: str, *, solution: bool = False, points: float = 0) -> NotebookNode:
    about = {"schema_version": 3, "grade_id": name, "solution": solution, "grade": points > 0, "task": False}
    about |= {"locked": not solution, "cell_type": "code"} | ({"points": points} if points else {})
    made: NotebookNode = nbformat.v4.new_code_cell(source, id=name, metadata={"nbgrader": about})
    return made
