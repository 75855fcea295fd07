"""Grading is started in some folder, perhaps among submissions: nothing that lies there is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.marking import Bench, bench, mark_typed
from grader.results.records import Outcome, read_record
from papers import load_lock
from papers.cells import answer_cell_id
from papers.from_files import build_files
from papers.notebook import right_source
from question_bank import Number
from tests.exams import one_part

DLEXAM = Path(sys.executable).with_name("dlexam")
# what pytest looks for by itself, and what Python finds before its own library in a process started with -c
FILES = ("conftest.py", "tests/conftest.py", "test_all.py", "random.py", "queue.py", "pickle.py", "sitecustomize.py")
CONFIGURED = {"pytest.ini": "[pytest]\naddopts = --nonsense\n", "setup.cfg": "[tool:pytest]\naddopts = --nonsense\n"}


def lay_traps(folder: Path) -> None:
    """Files in *folder* that leave a mark in it when Python or pytest picks one up."""
    for name in FILES:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        mark = folder / f"{Path(name).stem}.ran"
        file.write_text(f"open({str(mark)!r}, 'w').close()\nraise ImportError('a trap')\n", encoding="utf-8")
    for name, text in CONFIGURED.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hidden tests run, and no conftest.py of the current folder does."""
    lay_traps(tmp_path)
    monkeypatch.chdir(tmp_path)
    with Bench() as opened:
        assert mark_typed(opened, Number(12), 12).outcome is Outcome.RIGHT
    assert list(tmp_path.glob("*.ran")) == []


def test_pytest_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """If pytest refuses to start, each who asks is told so (and leaves points open); nobody waits for ever."""
    monkeypatch.setattr(bench, "_OPTIONS", (*bench._OPTIONS, "--nonsense"))
    with Bench() as opened:
        for _ in range(2):
            with pytest.raises(RuntimeError, match="pytest did not start"):
                mark_typed(opened, Number(12), 12)


def test_grade(tmp_path: Path) -> None:
    """The real command, started among traps, marks as elsewhere and springs none of them."""
    (tmp_path / "exam.toml").write_text(one_part("quiz", "dense_layers/count_weights"), encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\na1,A\n", encoding="utf-8")
    out = tmp_path / "out"
    build_files(tmp_path / "exam.toml", tmp_path / "roster.csv", out)
    lock = load_lock(out)
    [slot] = lock.slots
    notebook = json.loads((out / "students" / "a1" / "open.ipynb").read_bytes())
    cell = next(cell for cell in notebook["cells"] if cell["id"] == answer_cell_id(slot))
    cell["source"] = right_source(slot, lock.variant("a1", slot.id))
    here = tmp_path / "in"
    (here / "a1").mkdir(parents=True)
    (here / "a1" / "open.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    lay_traps(here)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    command = [DLEXAM, "grade", out, here, "-o", tmp_path / "results"]
    done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert list(here.glob("*.ran")) == []
    assert read_record(tmp_path / "results" / "records" / "a1.json").slots[slot.id].outcome is Outcome.RIGHT
