"""An exam as an nbgrader course: what nbgrader's own commands release, mark and give back."""

from __future__ import annotations

import csv
import io
import string
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from papers.build import BuildReport, build
from papers.exam import Exam
from papers.files import csv_bytes, write_atomic
from papers.lock import Lock, data_of, load_figures, load_lock
from papers.nbgrader_source import source_notebook
from papers.notebook import notebook_bytes
from papers.roster import Student
from question_bank import Bank
from question_bank.errors import DlexamError

__all__ = ["HIDDEN", "assignments", "build_course", "exam_folder", "form_of"]

MOST_FORMS = len(string.ascii_uppercase)
HIDDEN = "hidden_tests"
_CONFIG = '''"""The course as nbgrader reads it; `dlexam build` wrote this once and leaves it alone."""

from grader.nbgrader.configure import configure

c = get_config()
c.CourseDirectory.course_id = "{course}"
configure(c)
'''
_LINES = "`from grader.nbgrader.configure import configure` and `configure(c)`"


def build_course(exam: Exam, roster: Sequence[Student], course: Path, bank: Bank, *, forms: int = 1) -> BuildReport:
    """
    Write *exam* into the nbgrader course folder *course*, new or in use, for *roster*.

    `source/` gets an assignment named after the exam, or one for each of several *forms*: `ID-A`, `ID-B`.
    `dlexam/ID/` is the built exam, as `dlexam grade` takes it; nothing of it is ever released. Built again,
    lock and deals stay, what was mended in the bank is taken over, and the sources are written anew.

    Raises:
        DlexamError: the exam or a question is wrong, or another assignment has the exam's name.
    """
    if not 1 <= forms <= MOST_FORMS:
        raise DlexamError(f"{forms} forms", mend=f"1 to {MOST_FORMS} can be told apart by a letter")
    out = exam_folder(course, exam.id)
    _must_be_ours(course, exam.id, out, forms)
    report = build(exam, roster, out, bank, forms=forms)
    lock = load_lock(out)
    files = dict(_files(lock, course, out, bank, forms))
    config = course / "nbgrader_config.py"
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, data)
        if not config.exists():
            write_atomic(config, _CONFIG.format(course=_course_id(course)).encode())
            files[config] = b""
        settings = config.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise DlexamError(f"cannot be written: {error.strerror or error}", file=course) from None
    warnings = report.warnings
    if "grader.nbgrader.configure" not in settings:
        warnings += (f"{config.name} is the course's own and was left alone; it needs {_LINES}",)
    names = tuple(assignments(exam.id, forms))
    return replace(report, files=report.files + len(files), warnings=warnings, assignments=names)


def exam_folder(course: Path, exam: str) -> Path:
    """Where in *course* the built exam of that id lies."""
    return course / "dlexam" / exam


def assignments(exam: str, forms: int) -> list[str]:
    """The names of the assignments of the forms of *exam*, in order."""
    return [exam] if forms == 1 else [f"{exam}-{letter}" for letter in string.ascii_uppercase[:forms]]


def form_of(lock: Lock, student: str) -> int:
    """The form that *student* was dealt, counted from 0."""
    largest = max(lock.slots, key=lambda slot: len(slot.pool))
    return lock.student(student).deal[largest.id]


def _files(lock: Lock, course: Path, out: Path, bank: Bank, forms: int) -> Iterator[tuple[Path, bytes]]:
    figures = load_figures(out, lock)
    names = assignments(lock.exam.id, forms)
    for form, name in enumerate(names):
        for part in lock.parts:
            notebook = source_notebook(lock, form, part.name, figures=figures, alike=forms == 1)
            yield course / "source" / name / f"{part.name}.ipynb", notebook_bytes(notebook)
            for file, data in data_of(lock, part.name).items():
                yield course / "source" / name / file, data
    for question in {slot.question for slot in lock.slots if slot.is_code}:
        # frozen beside the lock: marking needs no bank, and a mended test counts from the next build on
        yield out / "private" / HIDDEN / question / "hidden_test.py", bank[question].hidden_test.read_bytes()
    yield out / "students.csv", _students(lock)
    if forms > 1:
        rows = [(s.id, s.name, s.seat or "", names[form_of(lock, s.id)]) for s in lock.students]
        yield out / "forms.csv", csv_bytes(("id", "name", "seat", "assignment"), rows)


def _students(lock: Lock) -> bytes:
    """As `nbgrader db student import` reads it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("id", "first_name", "last_name", "email"))
    writer.writerows((student.id, student.name, "", "") for student in lock.students)
    return buffer.getvalue().encode()


def _must_be_ours(course: Path, exam: str, out: Path, forms: int) -> None:
    if course.exists() and not course.is_dir():
        raise DlexamError("is a file", file=course, mend="choose a folder")
    if (course / "private" / "lock.json").exists():
        raise DlexamError("is a built exam, not a course", file=course, mend="choose another folder")
    taken = sorted(path for path in course.glob("source/*") if path.name in (exam, *assignments(exam, MOST_FORMS)))
    if not (out / "private" / "lock.json").exists():
        if taken:
            raise DlexamError(
                "is an assignment that was not built here", file=taken[0], mend="give the exam another id"
            )
        return
    before = load_lock(out).exam.variants
    if before != forms:
        raise DlexamError(f"was built with --forms {before}, not {forms}", file=out, mend=f"give --forms {before}")


def _course_id(course: Path) -> str:
    kept = "".join(
        char if char.isascii() and (char.isalnum() or char in "_-") else "-" for char in course.resolve().name
    )
    return kept.strip("-") or "course"
