"""A small class whose papers were graded, and a course that its marks were exported to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.batch.batch import grade_batch
from grader.nbgrader.export import Exported, export_to_nbgrader
from grader.nbgrader.gradebook import open_course
from grader.results.records import CheckResult, Outcome, Record, read_record, record_file
from grader.sandbox import Isolation
from papers import Lock, load_lock
from papers.from_files import build_files

EXAM = """
[exam]
id = "lab-1"
title = { ko = "실습 1", en = "Lab 1" }
date = 2025-04-23
language = "ko"
variants = 3

[[part]]
name = "closed"
minutes = 20
[[part.slot]]
question = "dense_layers/count_weights"
[[part.slot]]
question = "dense_layers/count_network_weights"
[[part.slot]]
question = "validation/sorted_data"

[[part]]
name = "open"
minutes = 20
open_book = true
[[part.slot]]
question = "gradient_descent/numpy_step"
"""
ROSTER = 'id,name\na1,김하늘\nb2,"Lee, Bada"\nc3,=1+2\nd4,최강\n'
ESSAY = '섞어야 한다. <script>window.ran = 1</script> ![x](javascript:1) $a$\n\n<b onclick="x">둘째</b> 문단 & 끝'
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAADAAAAAgCAIAAADbtmxLAAAAP0lEQVR4nO3OMRHAIAAAMUBNReD/kNW9y490SBRknv2MP1m3A19CRagIFaEiVISKUBEqQkWo"
    "CBWhIlSEilB5AZNBAWxQZ5WPAAAAAElFTkSuQmCC"
)
OUTPUTS: list[dict[str, Any]] = [
    {"output_type": "stream", "name": "stdout", "text": ["정확도 0.93\n", "</pre><script>window.ran = 2</script>"]},
    {
        "output_type": "display_data",
        "metadata": {"image/png": {"width": "1 onload=x"}},
        "data": {
            "image/png": PNG,
            "text/html": "<script>window.ran = 3</script>",
            "application/javascript": "window.ran = 4",
            "image/svg+xml": "<svg onload='window.ran = 5'/>",
            "text/plain": "<Figure>",
        },
    },
    {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": "<b>table</b>"}},
    {"output_type": "error", "ename": "ValueError", "evalue": "틀림", "traceback": ["\x1b[31mValueError\x1b[0m: <i>"]},
]


@dataclass(frozen=True)
class Classroom:
    """
    A graded class: `exam/`, `in/`, `results/` and, where exported, `course/` below *home*.
    """

    home: Path

    @property
    def course(self) -> Path:
        return self.home / "course"

    @property
    def results(self) -> Path:
        return self.home / "results"

    @property
    def lock(self) -> Lock:
        return load_lock(self.home / "exam")

    def record(self, student: str) -> Record:
        return read_record(record_file(self.results, student))

    def rewrite(self, student: str, slot: str, **fields: Any) -> None:
        """Change a record as a later run of the grader would."""
        record = self.record(student)
        slots = {**record.slots, slot: record.slots[slot].model_copy(update=fields)}
        record_file(self.results, student).write_text(record.model_copy(update={"slots": slots}).to_json(), "utf-8")

    def grade(self, submissions: Path | None = None, **options: Any) -> Any:
        out = self.home / "exam"
        return grade_batch(
            out, submissions or self.home / "in", self.results, isolation=Isolation.PROCESS, jobs=1, **options
        )

    def export(self, **options: Any) -> Exported:
        return export_to_nbgrader(self.results, self.course, **options)

    def gradebook(self) -> Any:
        """nbgrader's gradebook of the course, a context manager."""
        from nbgrader.api import Gradebook

        course = open_course(self.course)
        return Gradebook(f"sqlite:///{course.gradebook}", course.course_id)

    def nbgrader(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run nbgrader's own command in the course folder."""
        env = {**os.environ, "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))}
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.course,
            env={**env, "JUPYTER_CONFIG_DIR": str(self.home / "jupyter"), "HOME": str(self.home)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def _hand_in(home: Path, student: str, answers: dict[str, str], *, outputs: bool = False) -> None:
    """Write what *student* hands in: answers by cell, and one cell of their own."""
    for part in ("closed", "open"):
        notebook = json.loads((home / "exam" / "students" / student / f"{part}.ipynb").read_bytes())
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        for id, source in answers.items():
            if id in cells:
                cells[id]["source"] = source
        if outputs and part == "closed":
            cells["closed-01-answer"]["outputs"] = OUTPUTS
            cells["closed-01-check"]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "조교: 만점"}]
            at = notebook["cells"].index(cells["closed-01-answer"]) + 1
            own = {"id": "mine", "cell_type": "markdown", "metadata": {}, "source": "<script>window.ran = 6</script>"}
            notebook["cells"].insert(at, own)
        folder = home / "in" / student
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{part}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")


@pytest.fixture(autouse=True)
def _alembic_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """nbgrader calls alembic by its name."""
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graded class, not to be changed: right, a named mistake, unreadable, and nothing handed in."""
    home = tmp_path_factory.mktemp("graded")
    (home / "exam.toml").write_text(EXAM, "utf-8")
    (home / "roster.csv").write_text(ROSTER, "utf-8")
    build_files(home / "exam.toml", home / "roster.csv", home / "exam")
    lock = load_lock(home / "exam")
    right = {f"{s.id}-answer": f"{s.variable} = {lock.variant('a1', s.id).answer.right()}" for s in lock.slots[:2]}
    _hand_in(home, "a1", {**right, "closed-03-answer": ESSAY}, outputs=True)
    weights = lock.variant("b2", "closed-01").parameters
    forgot = weights["inputs"] * weights["units"]
    _hand_in(home, "b2", {"closed-01-answer": f"q01 = {forgot}", "closed-03-answer": "섞는다."})
    _hand_in(home, "c3", {})
    (home / "in" / "c3" / "closed.ipynb").write_text("<!doctype html>", "utf-8")
    classroom = Classroom(home)
    classroom.grade()
    # student code needs a sandbox: its marks are written as the grader would
    slot = lock.slot("open-01")
    checks = tuple(
        CheckResult(id=check.id, share=check.share, passed=i > 0, reason="HIDDEN-VALUE")
        for i, check in enumerate(slot.checks)
    )
    classroom.rewrite("a1", "open-01", outcome=Outcome.PARTLY, points=slot.points / 2, checks=checks)
    return home


@pytest.fixture(scope="session")
def exported(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a course, not to be changed."""
    home = tmp_path_factory.mktemp("exported") / "home"
    shutil.copytree(graded, home)
    Classroom(home).export(course_id="dl-2025")
    return home


@pytest.fixture
def classroom(exported: Path, tmp_path: Path) -> Classroom:
    """A class with a course of its own, exported once."""
    shutil.copytree(exported, tmp_path / "home")
    return Classroom(tmp_path / "home")


@pytest.fixture
def fresh(graded: Path, tmp_path: Path) -> Classroom:
    """A graded class without a course."""
    shutil.copytree(graded, tmp_path / "home")
    return Classroom(tmp_path / "home")


@pytest.fixture
def enter() -> Callable[..., None]:
    """`enter(classroom, student, slot, points=, extra=, comment=)`: what formgrader writes when somebody types."""

    def write(classroom: Classroom, student: str, slot: str, **entered: Any) -> None:
        part, essay = slot.split("-")[0], classroom.lock.slot(slot).is_essay
        with classroom.gradebook() as gradebook:
            grade = gradebook.find_grade(f"{slot}-{'answer' if essay else 'check'}", part, "lab-1", student)
            if "points" in entered or "extra" in entered:
                grade.manual_score, grade.extra_credit = entered.get("points"), entered.get("extra")
                grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
            if "comment" in entered:
                gradebook.find_comment(f"{slot}-answer", part, "lab-1", student).manual_comment = entered["comment"]
            gradebook.db.commit()

    return write


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, tuple[bytes, int]]]:
    """Every file below a folder: its bytes and the time of its last change."""

    def take(folder: Path) -> dict[str, tuple[bytes, int]]:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in files}

    return take


@pytest.fixture
def hand_in() -> Callable[..., None]:
    """`hand_in(home, student, answers)`."""
    return _hand_in
