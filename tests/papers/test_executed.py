"""Built notebooks in a real Jupyter kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from papers import Exam, Student, build
from question_bank import load_bank

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole bank as one exam for one student."""
    out, bank = tmp_path_factory.mktemp("run") / "out", load_bank()
    slots = [{"question": question.id} for question in bank]
    plan = {"id": "all", "title": "all", "date": "2025-04-23", "language": "en", "variants": 2}
    exam = Exam.model_validate({**plan, "part": [{"name": "all", "minutes": 999, "slot": slots}]})
    build(exam, [Student("1", "x")], out, bank)
    return out


def run(notebook: Path, folder: Path) -> dict[str, str]:
    """What each code cell printed; raises where a cell raises."""
    nb: Any = nbformat.read(notebook, as_version=4)
    NotebookClient(nb, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    return {cell.id: "".join(o.text for o in cell.outputs if o.get("name") == "stdout") for cell in cells}


def test_untouched(out: Path) -> None:
    """A notebook as handed out runs to its end and calls every answer open."""
    printed = run(out / "students/1/all.ipynb", out / "students/1")
    checks = [text for id, text in printed.items() if id.endswith("-check")]
    assert checks
    for text in printed["summary"].splitlines():
        assert any(word in text for word in ("not answered yet", "defined", "essay")), text
    assert printed["summary"].startswith(checks[0])


def test_solved(out: Path) -> None:
    """A solved notebook runs to its end, and every answer in it has the form asked for."""
    printed = run(out / "private/solved/1/all.ipynb", out / "students/1")
    for line in printed["summary"].splitlines():
        missing = any(word in line for word in (" not ", "empty", "cannot", "open:"))
        assert "an essay" in line or not missing, line
