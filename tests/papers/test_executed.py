"""Built notebooks in a real Jupyter kernel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from papers import Exam, Student, build
from question_bank import load_bank

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, exam_of_all: Callable[[str, int], Exam]) -> Path:
    """The whole bank as one exam for one student, a part a topic."""
    out = tmp_path_factory.mktemp("run") / "out"
    build(exam_of_all("en", 2), [Student("1", "x")], out, load_bank())
    return out


TOPICS = load_bank().topics


def run(notebook: Path, folder: Path) -> dict[str, str]:
    """What each code cell printed; raises where a cell raises."""
    nb: Any = nbformat.read(notebook, as_version=4)
    NotebookClient(nb, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    return {cell.id: "".join(o.text for o in cell.outputs if o.get("name") == "stdout") for cell in cells}


@pytest.mark.parametrize("topic", TOPICS)
def test_untouched(out: Path, topic: str) -> None:
    """A notebook as handed out runs to its end and calls every answer open."""
    printed = run(out / f"students/1/{topic}.ipynb", out / "students/1")
    checks = [text for id, text in printed.items() if id.endswith("-check")]
    assert checks
    for text in printed["summary"].splitlines():
        assert any(word in text for word in ("not answered yet", "defined", "essay")), text
    assert printed["summary"].startswith(checks[0])


def test_a_failing_answer_stops_nothing(out: Path, tmp_path: Path) -> None:
    """Jupyter runs the cells after an answer that raises, to the list of what is answered."""
    nb: Any = nbformat.read(out / "students/1/workflow.ipynb", as_version=4)
    answers = [cell for cell in nb.cells if cell.cell_type == "code" and cell.id.endswith("-answer")]
    for cell in answers:
        cell.source = "1 / 0"
    nbformat.write(nb, tmp_path / "workflow.ipynb")
    summary = run(tmp_path / "workflow.ipynb", out / "students/1")["summary"]
    assert len(answers) > 5
    open_ones = [line for line in summary.splitlines() if line.endswith(("not answered yet", "not defined yet"))]
    assert len(open_ones) == len(answers)


@pytest.mark.parametrize("topic", TOPICS)
def test_solved(out: Path, topic: str) -> None:
    """A solved notebook runs to its end, and every answer in it has the form asked for."""
    printed = run(out / f"private/solved/1/{topic}.ipynb", out / "students/1")
    for line in printed["summary"].splitlines():
        missing = any(word in line for word in (" not ", "empty", "cannot", "open:"))
        assert "an essay" in line or not missing, line
