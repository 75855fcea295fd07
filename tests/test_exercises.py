"""What is committed in exercises/ and solutions/ is what the bank makes now, and it runs."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from papers import read_exam
from question_bank import Code, load_bank
from tutor.build import Made, make_all, same_sources
from tutor.sets import questions_of, read_sets

ROOT = Path(__file__).parent.parent
SETS = read_sets(ROOT / "exercises" / "sets.toml")
NAMES = [one.name for one in SETS.sets]
MOCK = [f"{Path(str(SETS.mock)).stem}/{part}" for part in ("closed", "open")]
PATHS = [f"{language}/{name}.ipynb" for language in ("ko", "en") for name in (*NAMES, *MOCK)]
# these need no TensorFlow, so they take seconds
QUICK = tuple(path for path in PATHS if "import keras" not in (ROOT / "exercises" / path).read_text(encoding="utf-8"))
BUILD = "the bank or the sets have changed: run `make exercises`"


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def told(cell: Any) -> str:
    """What a cell displayed or printed."""
    return "".join(o["text"] if "text" in o else o["data"]["text/plain"] for o in cell.get("outputs", []))


def run(notebook: Any, folder: Path) -> Any:
    """*notebook* run in a real kernel beside its data; fails where a cell fails."""
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute(env=quiet)
    return notebook


@pytest.fixture(scope="module")
def made() -> Mapping[str, Made]:
    """Everything as the bank makes it now."""
    return {str(one.path): one for one in make_all(ROOT / "exercises" / "sets.toml", load_bank())}


def test_nothing_is_missing_or_left_over(made: Mapping[str, Made]) -> None:
    """There is a committed notebook for each one made, and no other."""
    for folder in ("exercises", "solutions"):
        committed = {str(file.relative_to(ROOT / folder)) for file in (ROOT / folder).rglob("*.ipynb")}
        assert {path for path in committed if ".ipynb_checkpoints" not in path} == set(made) == set(PATHS), BUILD


@pytest.mark.parametrize("path", PATHS)
def test_up_to_date(path: str, made: Mapping[str, Made]) -> None:
    """Every cell of exercise and solution is what the bank makes now, and the data beside them too."""
    one = made[path]
    assert same_sources(read(ROOT / "exercises" / path), one.exercise), BUILD
    assert same_sources(read(ROOT / "solutions" / path), one.solved), BUILD
    for folder in ("exercises", "solutions"):
        for name, data in one.files.items():
            beside = (ROOT / folder / path).with_name(name).read_bytes()
            if name.endswith(".npz"):
                # another machine compresses the same arrays otherwise
                a, b = (np.load(io.BytesIO(raw), allow_pickle=False) for raw in (beside, data))
                assert sorted(a.files) == sorted(b.files)
                assert all(np.array_equal(a[key], b[key]) for key in a.files)
            else:
                assert beside == data


@pytest.mark.parametrize("path", PATHS)
def test_exercises_are_clean(path: str) -> None:
    """An exercise is handed out without any output."""
    assert not [cell.id for cell in read(ROOT / "exercises" / path).cells if cell.get("outputs")]


@pytest.mark.parametrize("path", PATHS)
def test_solutions_are_right(path: str) -> None:
    """Every answer of a solution was found right when it ran, and no output tells of the machine."""
    notebook = read(ROOT / "solutions" / path)
    essays = {cell.id for cell in notebook.cells if cell.cell_type == "markdown" and cell.id.endswith("-answer")}
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"], cell.id
        assert not re.search(r"(?<!\w)/(home|root|work|tmp|Users)/", told(cell)), cell.id
        if cell.source.startswith('check("') and cell.id.replace("-check", "-answer") not in essays:
            assert told(cell).startswith("**✓ "), cell.id
        elif cell.source == "check()":
            right, counted = sorted(map(int, re.findall(r"\d+", told(cell).splitlines()[-1])))
            assert right == counted == len(re.findall(r"^\| q\d+ \| ✓", told(cell), re.MULTILINE)) > 0


@pytest.mark.parametrize("path", [p if p in QUICK else pytest.param(p, marks=pytest.mark.slow) for p in PATHS])
def test_a_solution_runs(path: str, made: Mapping[str, Made]) -> None:
    """Run anew in a real kernel, a solution's answers are right again."""
    notebook = run(made[path].solved, (ROOT / "solutions" / path).parent)
    last = next(cell for cell in reversed(notebook.cells) if cell.source == "check()")
    assert "✓" in told(last)
    assert not re.search(r"\| [✗△]", told(last))


@pytest.mark.parametrize("path", [p if p in QUICK else pytest.param(p, marks=pytest.mark.slow) for p in PATHS])
def test_an_untouched_exercise_runs(path: str, made: Mapping[str, Made]) -> None:
    """As handed out, an exercise runs to its end, and says of every question that it is open."""
    notebook = run(made[path].exercise, (ROOT / "exercises" / path).parent)
    last = next(cell for cell in reversed(notebook.cells) if cell.source == "check()")
    assert not re.search(r"\| [✓✗△]", told(last))


class TestSets:
    @pytest.mark.parametrize("one", SETS.sets, ids=NAMES)
    def test_size(self, one: Any) -> None:
        """A set has 12 to 16 questions."""
        assert 12 <= len(questions_of(one, SETS, load_bank())) <= 16

    @pytest.mark.parametrize("one", SETS.sets, ids=NAMES)
    def test_mixed(self, one: Any) -> None:
        """No set is sorted by topic, by difficulty, or by kind."""
        asked = questions_of(one, SETS, load_bank())
        for key in (lambda q: q.topic, lambda q: q.definition.points, lambda q: q.kind):
            values = [key(question) for question in asked]
            assert values not in (sorted(values), sorted(values, reverse=True))

    def test_the_mock_defines_each_name_once(self) -> None:
        """The desk at the end of a part marks all code at once, so no two of its questions may take one name."""
        bank = load_bank()
        for part in read_exam(ROOT / "exercises" / str(SETS.mock)).parts:
            answers = [bank[str(slot.question)].variant(0).answer for slot in part.slots]
            names = [name for answer in answers if isinstance(answer, Code) for name in answer.defines]
            assert len(names) == len(set(names))
