"""A course that nbgrader's own commands run, for the tests of `build --format nbgrader`."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from grader.batch.batch import grade_batch
from grader.demo.answers import Write
from grader.grading.limits import TimeLimits
from grader.isolation import choose
from grader.results.records import Record
from papers import Exam, Lock, Student, load_lock
from papers.course import assignments, build_course, exam_folder, form_of
from question_bank import Bank, load_bank

ENVIRONMENT = {
    **os.environ,
    # nbgrader calls alembic by its name
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
}
Notebook = dict[str, Any]
Change = Callable[[Notebook], None]


@dataclass(frozen=True)
class Answers:
    """What one student does: how they answer, some questions otherwise, and what they do to the notebook."""

    writes: Write
    instead: Mapping[str, Write | str] | None = None
    change: Change = lambda notebook: None
    leaves_out: tuple[str, ...] = ()


class Course:
    """The course in *folder*, and its one exam."""

    def __init__(
        self, folder: Path, exam: Exam, students: tuple[str, ...], *, forms: int = 1, bank: Path | None = None
    ) -> None:
        self.folder, self.exam, self.forms = folder, exam, forms
        self.roster = [Student(id, f"학생 {id}") for id in students]
        self._bank = bank
        self.build()

    @property
    def bank(self) -> Bank:
        return load_bank(self._bank)

    def build(self) -> tuple[str, ...]:
        """Build, or build again; the warnings."""
        return build_course(self.exam, self.roster, self.folder, self.bank, forms=self.forms).warnings

    @property
    def lock(self) -> Lock:
        return load_lock(exam_folder(self.folder, self.exam.id))

    def nbgrader(self, *command: str, at: Path | None = None, fails: bool = False) -> str:
        """What nbgrader's command prints, stdout and stderr."""
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command],
            cwd=at or self.folder,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=3000,
            check=False,
        )
        told = done.stdout + done.stderr
        assert (done.returncode != 0) == fails, told
        return told

    def assignment_of(self, student: str) -> str:
        return assignments(self.exam.id, self.forms)[form_of(self.lock, student)]

    def released(self, assignment: str, part: str) -> Notebook:
        notebook: Notebook = json.loads((self.folder / "release" / assignment / f"{part}.ipynb").read_bytes())
        return notebook

    def hand_in(self, student: str, answers: Answers) -> None:
        """Put what *student* made of the release where nbgrader collects."""
        lock, assignment = self.lock, self.assignment_of(student)
        folder = self.folder / "submitted" / student / assignment
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / "release" / assignment, folder)
        for part in lock.parts:
            if part.name in answers.leaves_out:
                (folder / f"{part.name}.ipynb").unlink()
                continue
            notebook = self.released(assignment, part.name)
            cells = {cell["id"]: cell for cell in notebook["cells"]}
            for slot in lock.slots_of(part.name):
                write = (answers.instead or {}).get(slot.id, answers.writes)
                variant = lock.variant(student, slot.id)
                source = write if isinstance(write, str) else write(self.bank, slot, variant)
                cells[f"{slot.id}-answer"]["source"] = source
            answers.change(notebook)
            (folder / f"{part.name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    def graded_here(self, results: Path, *, seconds: float = 60) -> dict[str, Record]:
        """The records that `dlexam grade` makes of the very same files."""
        handed = results / "handed"
        for folder in sorted((self.folder / "submitted").iterdir()):
            shutil.copytree(folder / self.assignment_of(folder.name), handed / folder.name)
        limits = TimeLimits(cell=seconds, call=seconds)
        out = exam_folder(self.folder, self.exam.id)
        batch = grade_batch(out, handed, results / "results", isolation=choose(unsafe=True), jobs=1, limits=limits)
        return {record.student: record for record in batch.records}

    def points(self, student: str) -> dict[str, float | None]:
        """By slot: what the gradebook holds; None where a person must grade."""
        with Gradebook(f"sqlite:///{self.folder}/gradebook.db") as gradebook:
            submission = gradebook.find_submission(self.assignment_of(student), student)
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            return {
                grade.name.rpartition("-")[0]: None if grade.needs_manual_grade else grade.score for grade in grades
            }

    def exported(self) -> dict[str, dict[str, str]]:
        """The rows of `nbgrader export`, by student."""
        self.nbgrader("export")
        with (self.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}

    def autograded(self, student: str, part: str) -> dict[str, Any]:
        """The cells of the autograded notebook by nbgrader's id."""
        file = self.folder / "autograded" / student / self.assignment_of(student) / f"{part}.ipynb"
        cells = json.loads(file.read_bytes())["cells"]
        return {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in cells if "nbgrader" in cell["metadata"]}

    def feedback(self, student: str, part: str) -> str:
        return (self.folder / "feedback" / student / self.assignment_of(student) / f"{part}.html").read_text("utf-8")


def exam(language: str = "ko", **parts: list[str]) -> Exam:
    """An exam whose parts ask these questions."""
    slots = [
        {"name": name, "minutes": 999, "open_book": name == "open", "slot": [{"question": q} for q in questions]}
        for name, questions in parts.items()
    ]
    title = {"ko": "실습 1", "en": "Lab 1"}
    return Exam.model_validate(
        {"id": "lab-1", "title": title, "date": "2025-04-23", "language": language, "part": slots}
    )
