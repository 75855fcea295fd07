"""A submission that kills its grading process costs nobody else a mark, and is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.batch import team
from grader.batch.one import Graded, Task, Worker, fault
from grader.grading.limits import TimeLimits
from grader.results.records import Outcome
from grader.sandbox import Isolation
from papers import load_lock
from papers.from_files import build_files
from papers.lock import Lock
from question_bank import DlexamError

EXAM = """
[exam]
id = "deadly"
title = "Deadly"
date = 2025-04-23
language = "en"

[[part]]
name = "closed"
minutes = 20
[[part.slot]]
question = "dense_layers/count_weights"
"""


def built(root: Path, *students: str) -> Lock:
    """An exam for students whose names are paths below *root*."""
    (root / "exam.toml").write_text(EXAM, encoding="utf-8")
    rows = "".join(f"{id},{root / id}\n" for id in students)
    (root / "roster.csv").write_text(f"id,name\n{rows}", encoding="utf-8")
    build_files(root / "exam.toml", root / "roster.csv", root / "out")
    return load_lock(root / "out")


def deadly(worker: Worker, task: Task) -> Graded:
    """Ends the grading process itself for one student, once for another, as a want of memory would."""
    once = Path(task.paper.name)
    if task.paper.id == "b2" or (task.paper.id == "c3" and not once.exists()):
        once.touch()
        os._exit(9)
    return Graded(fault(worker.lock, task.paper, "reached"))


@pytest.mark.slow
def test_whoever_kills_again_and_again_is_named_and_the_others_are_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes that die are replaced; what died with others is begun again alone; points of what dies then are open."""
    monkeypatch.setattr(team, "_grade", deadly)
    lock = built(tmp_path, "a1", "b2", "c3", "d4")
    setup = team.Setup.of(lock, None, Isolation.PROCESS, TimeLimits())
    tasks = (Task(paper, ["closed"]) for paper in lock.students)
    with team.Here(setup, jobs=1, most=4) as here:
        done = {task.paper.id: graded.record.slots["closed-01"] for task, graded in team.work(here, lock, tasks)}
    assert sorted(done) == ["a1", "b2", "c3", "d4"]
    assert [done[id].reason for id in ("a1", "c3", "d4")] == ["reached"] * 3
    assert (done["b2"].outcome, done["b2"].points) == (Outcome.GRADER_ERROR, None)
    assert done["b2"].reason is not None
    assert "died whenever this submission was graded alone" in done["b2"].reason


def never(*_: object) -> None:
    """Opens nothing, as a broken installation would."""
    raise ZeroDivisionError


@pytest.mark.slow
def test_processes_that_never_start_are_no_students_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be had at all the batch ends with one line, and nobody is given open points for it."""
    monkeypatch.setattr(team, "opened", never)
    lock = built(tmp_path, "a1")
    setup = team.Setup.of(lock, None, Isolation.PROCESS, TimeLimits())
    tasks = (Task(paper, ["closed"]) for paper in lock.students)
    with (
        team.Here(setup, jobs=1, most=1) as here,
        pytest.raises(DlexamError, match="grading processes end as soon as they start"),
    ):
        list(team.work(here, lock, tasks))
