"""nbgrader: a course with the attacker's notebook and an honest one after it, marked by `nbgrader autograde`."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from .guard import guarded
from .tasks import Task
from .verdict import Verdict

__all__ = ["course", "mark"]

ATTACKER, HONEST = "a_attacker", "b_honest"
NBGRADER = str(Path(sys.executable).parent / "nbgrader")
SECONDS = 90.0
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "side"
c.ExecutePreprocessor.timeout = 20
c.ClearSolutions.code_stub = {"python": "..."}
"""


def course(task: Task, root: Path, data: Path | None) -> Path:
    """A course folder below *root* with one assignment, released: nbgrader's own steps, run for real."""
    folder = root / f"nbgrader-{task.name}"
    source = folder / "source" / "task"
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    cells = [_cell("answer", f"### BEGIN SOLUTION\n{task.right}\n### END SOLUTION", solution=True)]
    for number, test in enumerate(task.tests):
        body = f"### BEGIN HIDDEN TESTS\n{task.setup}{test}\n### END HIDDEN TESTS"
        cells.append(_cell(f"test{number}", body, points=1))
    nbformat.write(_notebook(cells), source / "task.ipynb")
    if data is not None:
        shutil.copy(data, source / data.name)
    command = [NBGRADER, "generate_assignment", "task", "--create", f"--course-dir={folder}"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return folder


def mark(task: Task, released: Path, answer: str, work: Path) -> Verdict:
    """What *answer* earns there, and what an honest student earns who comes after it."""
    shutil.copytree(released, work, dirs_exist_ok=True)
    for student, cell in ((ATTACKER, answer), (HONEST, task.right)):
        _hand_in(work, student, cell)
    code = guarded([NBGRADER, "autograde", "task", f"--course-dir={work}"], work, seconds=SECONDS)
    from nbgrader.api import Gradebook, MissingEntry

    scores: dict[str, float | None] = {ATTACKER: None, HONEST: None}
    with Gradebook(f"sqlite:///{work}/gradebook.db") as book:
        for student in scores:
            try:
                submission = book.find_submission("task", student)
            except MissingEntry:
                continue
            # a submission that autograde gave up has no autograded notebook
            if (work / "autograded" / student / "task" / "task.ipynb").is_file():
                scores[student] = float(submission.score)
    return Verdict(scores[ATTACKER], scores[HONEST], len(task.tests), code)


def _hand_in(work: Path, student: str, answer: str) -> None:
    folder = work / "submitted" / student / "task"
    shutil.copytree(work / "release" / "task", folder)
    notebook = nbformat.read(folder / "task.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "answer":
            cell.source = answer
    nbformat.write(notebook, folder / "task.ipynb")
    stamp = datetime.datetime(2025, 4, 23, 10, 0, tzinfo=datetime.UTC)
    (folder / "timestamp.txt").write_text(f"{stamp:%Y-%m-%d %H:%M:%S UTC}", encoding="utf-8")


def _cell(name: str, source: str, *, solution: bool = False, points: int = 0) -> NotebookNode:
    about = {"schema_version": 3, "grade_id": name, "solution": solution, "grade": points > 0, "task": False}
    about |= {"locked": not solution, "cell_type": "code"} | ({"points": points} if points else {})
    return nbformat.v4.new_code_cell(source, id=name, metadata={"nbgrader": about})


def _notebook(cells: list[NotebookNode]) -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
