"""Mutated notebooks end in a record or in a named refusal."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.batch.batch import grade_batch
from grader.grading.given import written
from grader.grading.limits import TimeLimits
from grader.isolation import choose
from grader.marking import Bench, mark_typed
from grader.results.records import Outcome
from papers import load_lock
from papers.cells import answer_cell_id
from papers.from_files import build_files
from papers.notebook import right_source
from question_bank.answers import Code, Essay
from tests.exams import one_part

from .mutations import MUTATIONS, SOURCES, mutated
from .notebooks import Demo, demo_class, fuzz, unfit

EXAM = one_part("mutated", "dense_layers/count_weights", "gradient_descent/numpy_step")


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with demo_class() as made:
        yield made


def test_some_hundred_notebooks(demo: Demo) -> None:
    """Of 240 mutants of the demo's notebooks none ends in a traceback or in a fault of the grader's."""
    ended, faults = fuzz(demo, 240, seed=20250423)
    assert faults == []
    assert set(ended) <= {"record", "refused by name", "would have to run", "belongs to no part"}
    assert min(ended["record"], ended["refused by name"]) > 30


def test_every_mutation_is_used() -> None:
    """Every kind of mutation is among some hundred mutants, and each gives bytes."""
    cells = [{"id": f"closed-0{n}-answer", "cell_type": "code", "source": f"q0{n} = 1", "metadata": {}} for n in (1, 2)]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    draw = random.Random(1)
    assert {name for _ in range(700) for name in mutated(notebook, draw)[1]} == set(MUTATIONS)


def test_odd_values(demo: Demo) -> None:
    """Every odd value that a cell may hold is marked by every kind of answer, or refused by it."""
    with Bench() as bench:
        for slot in demo.lock.slots:
            answer = slot.pool[0].answer
            if isinstance(answer, Code | Essay):
                continue
            for source in SOURCES:
                found = written(f"q = {source}", "q")
                if found is not None:
                    mark = mark_typed(bench, answer, found.value)
                    assert mark.outcome is not Outcome.GRADER_ERROR, (slot.kind, source[:60], mark.reason)


@pytest.mark.slow
def test_whole_grade(tmp_path: Path) -> None:
    """Forty mutants with code cells through the real batch, walls and all: forty records, none with a fault of ours."""
    ids = [f"s{number:02}" for number in range(40)]
    (tmp_path / "exam.toml").write_text(EXAM, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\n" + "".join(f"{id},{id}\n" for id in ids), encoding="utf-8")
    build_files(tmp_path / "exam.toml", tmp_path / "roster.csv", tmp_path / "out")
    lock, draw = load_lock(tmp_path / "out"), random.Random(7)
    for id in ids:
        notebook = json.loads((tmp_path / "out" / "students" / id / "open.ipynb").read_bytes())
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        for slot in lock.slots:
            cells[answer_cell_id(slot)]["source"] = right_source(slot, lock.variant(id, slot.id))
        (tmp_path / "in" / id).mkdir(parents=True)
        mutant, _ = mutated(json.dumps(notebook, indent=1).encode(), draw)
        (tmp_path / "in" / id / "open.ipynb").write_bytes(mutant)
    isolation, limits = choose(unsafe=False), TimeLimits(cell=5, call=5)
    batch = grade_batch(tmp_path / "out", tmp_path / "in", tmp_path / "results", isolation=isolation, limits=limits)
    assert [(record.student, unfit(record)) for record in batch.records] == [(id, "") for id in ids]
    assert batch.missing == ()
    assert {"graded", "unreadable"} <= {record.parts["open"].status for record in batch.records}
