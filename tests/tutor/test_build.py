"""From definitions to exercises and solutions."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from papers.notebook import notebook_bytes
from question_bank import Bank, DlexamError
from tutor.build import build_practice, make_all


def tree(*folders: Path) -> dict[str, bytes]:
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return {str(file): file.read_bytes() for file in files}


def read(file: Path) -> Any:
    return nbformat.read(file, as_version=4)


def said(notebook: Any) -> list[str]:
    """What the code cells of *notebook* displayed, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["data"]["text/plain"] if "data" in output else output["text"] for output in outputs]


class TestNotebooks:
    def test_what_there_is(self, definition: Path, bank: Bank) -> None:
        """A notebook for each set and each part of the mock, in both languages."""
        paths = [str(made.path) for made in make_all(definition, bank)]
        assert paths == [
            *("ko/1_first.ipynb", "en/1_first.ipynb", "ko/2_second.ipynb", "en/2_second.ipynb"),
            *("ko/mock/closed.ipynb", "en/mock/closed.ipynb"),
        ]

    def test_equal_bytes(self, definition: Path, bank: Bank) -> None:
        """Made again they are the same to the byte."""
        first, again = (
            [notebook_bytes(nb) for made in make_all(definition, bank) for nb in (made.exercise, made.solved)]
            for _ in range(2)
        )
        assert first == again

    def test_both_languages_ask_the_same(self, definition: Path, bank: Bank) -> None:
        """Cells, answers and code are alike in both languages; texts differ."""
        made = {str(one.path): one for one in make_all(definition, bank)}
        for name in ("1_first", "2_second", "mock/closed"):
            ko, en = (made[f"{language}/{name}.ipynb"] for language in ("ko", "en"))
            assert [c.id for c in ko.exercise.cells] == [c.id for c in en.exercise.cells]
            answers = [{c.id: c.source for c in one.exercise.cells if c.id.endswith("answer")} for one in (ko, en)]
            assert answers[0] == answers[1]
            assert ko.exercise.cells[0].source != en.exercise.cells[0].source

    def test_an_exercise_tells_no_answer(self, definition: Path, bank: Bank) -> None:
        """Only the solved one holds answers and explanations."""
        for made in make_all(definition, bank):
            ids = [cell.id for cell in made.exercise.cells]
            assert not [id for id in ids if "explanation" in id]
            assert [cell.id for cell in made.solved.cells if "explanation" not in cell.id] == ids
            answers = {c.id: c.source for c in made.solved.cells if c.id.endswith("-answer")}
            assert all(answers[c.id] != c.source for c in made.exercise.cells if c.id.endswith("-answer"))

    def test_valid(self, definition: Path, bank: Bank) -> None:
        """Each is a sound notebook by nbformat's schema."""
        for made in make_all(definition, bank):
            nbformat.validate(made.exercise)
            nbformat.validate(made.solved)

    def test_a_missing_question(self, definition: Path, bank: Bank) -> None:
        """A name that the bank lacks is an error that names file and set."""
        definition.write_text(definition.read_text().replace("numbers/count", "numbers/cont"))
        with pytest.raises(DlexamError) as error:
            list(make_all(definition, bank))
        assert str(error.value).startswith(f"{definition}: set 1_first: no question 'numbers/cont'; did you mean")


def only(definition: Path, number: int) -> None:
    """Keep one set of the file, and no mock."""
    sets = definition.read_text(encoding="utf-8").split("[[set]]")
    definition.write_text(f"[[set]]{sets[number]}", encoding="utf-8")


@pytest.fixture
def questions(make_bank: Callable[[Path], Bank], tmp_path: Path) -> Path:
    """A tiny bank that a test may change."""
    return make_bank(tmp_path / "bank").folder


# the kernel finds the package's own bank, so its `check` cells say that the tiny one is another version
class TestBuild:
    def test_builds_runs_and_keeps(self, definition: Path, questions: Path) -> None:
        """A first build runs all solutions, a second one none and changes no byte; a changed question runs its own."""
        solutions = definition.parent.parent / "solutions"
        built = build_practice(definition, bank=questions)
        assert (built.notebooks, len(built.run), built.removed) == (6, 6, ())
        before = tree(definition.parent, solutions)
        assert any(
            "another" in text or "different versions" in text for text in said(read(solutions / "en/1_first.ipynb"))
        )
        again = build_practice(definition, bank=questions)
        assert (again.run, tree(definition.parent, solutions)) == ((), before)
        texts = questions / "essays/shuffle/text.md.j2"
        texts.write_text(
            texts.read_text(encoding="utf-8").replace("Explain what must", "Say what must"), encoding="utf-8"
        )
        assert build_practice(definition, bank=questions).run == ("en/2_second.ipynb",)

    def test_what_is_gone_goes(self, definition: Path, questions: Path) -> None:
        """Notebooks of a set that is gone are removed, and nothing else is."""
        stale, mine = definition.parent / "ko/0_old.ipynb", definition.parent / "ko/mine.ipynb"
        stale.parent.mkdir()
        for file, metadata in ((stale, {"dlexam": {"practice": "0_old"}}), (mine, {})):
            file.write_bytes(notebook_bytes(nbformat.v4.new_notebook(metadata=metadata)))
        only(definition, 1)
        built = build_practice(definition, bank=questions)
        assert built.removed == (str(stale),)
        assert mine.exists()
        assert not stale.exists()

    def test_a_solution_that_fails(self, definition: Path, questions: Path) -> None:
        """A solution that raises stops the build, and names its notebook."""
        only(definition, 2)
        (questions / "code/scale/solution.py.j2").write_text("raise ValueError('no')\n", encoding="utf-8")
        with pytest.raises(DlexamError) as error:
            build_practice(definition, bank=questions)
        assert str(error.value).endswith("solutions/ko/2_second.ipynb: a cell fails: ValueError: no")


def test_without_the_package(definition: Path, bank: Bank, tmp_path: Path) -> None:
    """Where the package is missing a notebook says so in one line, and all its cells run."""
    from nbclient import NotebookClient

    (tmp_path / "tutor.py").write_text("raise ImportError('not installed')\n")
    for made in make_all(definition, bank):
        if made.path.parts[0] == "ko":
            notebook = made.exercise
            NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute(
                env=dict(os.environ)
            )
            told = [text for text in said(notebook) if "dlexam 패키지가 필요하다" in text]
            assert told
            assert all(text.count("\n") == 1 for text in told)
