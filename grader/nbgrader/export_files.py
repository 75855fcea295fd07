"""The files of a course folder on both sides of an export: what students handed in, what formgrader reads."""

from __future__ import annotations

import datetime
import hashlib
import json
import string
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path

from grader.nbgrader.export_notebook import graded_notebook, handed_cells, source_notebook, stored_cells
from grader.nbgrader.gradebook import CourseFolder
from grader.results.answers import answers_file, read_answers
from grader.results.pages import Results
from grader.results.records import Record
from grader.submissions import read_inbox
from papers.course import assignments, form_of
from papers.files import write_atomic
from papers.lock import load_figures
from question_bank import DlexamError

__all__ = [
    "HandedIn",
    "Source",
    "assignment_by_student",
    "course_files",
    "handed_in",
    "source_of",
    "timestamp_of",
    "write_files",
]

HandedIn = Mapping[tuple[str, str], bytes]
"""The notebooks that were graded, byte for byte, by student and part."""


def assignment_by_student(course: CourseFolder, results: Results, assignment: str | None) -> dict[str, str]:
    """
    The nbgrader assignment of each student: the one named, else the exam's id, else its form's.

    A course with forms has one assignment for each: `ID-A`, `ID-B`.
    """
    lock = results.lock
    name = assignment or lock.exam.id
    letters = string.ascii_uppercase
    forms = 0
    while _build_of(course, f"{name}-{letters[forms]}") == lock.build:
        forms += 1
    if forms < 2:
        return {student.id: name for student in lock.students}
    named = assignments(name, forms)
    return {student.id: named[form_of(lock, student.id)] for student in lock.students}


class Source(Enum):
    """What the course has as the source of an assignment."""

    MISSING = "none yet"
    STAND_IN = "the one that an export writes, without questions"
    BUILT = "the one that `dlexam build --format nbgrader` writes, with hidden tests for nbgrader"


def source_of(course: CourseFolder, results: Results, assignment: str) -> Source:
    """
    The source of *assignment*, which must be of this build.

    Raises:
        DlexamError: it is somebody else's.
    """
    if "+" in assignment or "/" in assignment:
        raise DlexamError(f"nbgrader allows no assignment {assignment!r}", mend="leave out + and /")
    folder = course.folder("source", ".", assignment)
    if not any(folder.glob("*.ipynb")):
        return Source.MISSING
    build = _build_of(course, assignment)
    if build != results.lock.build:
        what = f"is of build {build}, not {results.lock.build}" if build else "is an assignment that is not ours"
        raise DlexamError(what, file=folder, mend="give ours another name with --assignment")
    return Source.STAND_IN if _says(course, assignment, "stand_in") is True else Source.BUILT


def _build_of(course: CourseFolder, assignment: str) -> object:
    return _says(course, assignment, "build")


def _says(course: CourseFolder, assignment: str, key: str) -> object:
    """What all notebooks of a source say of themselves; None if they differ."""
    said = []
    for file in course.folder("source", ".", assignment).glob("*.ipynb"):
        try:
            said.append(json.loads(file.read_bytes())["metadata"]["dlexam"].get(key))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            said.append(None)
    return said[0] if said and all(one == said[0] for one in said) else None


def handed_in(
    course: CourseFolder, results: Results, names: Mapping[str, str], submissions: Sequence[Path], notes: list[str]
) -> HandedIn:
    """
    The very files that the records are of, from the course's `submitted/` and from *submissions*.

    Args:
        names: the assignment of each student.
        notes: gets a line for what is gone or cannot be read.
    """
    wanted = {
        (student, part): graded.sha256
        for student, record in results.records.items()
        for part, graded in record.parts.items()
        if graded.sha256 and graded.status == "graded"
    }
    found: dict[tuple[str, str], bytes] = {}

    def offer(student: str, data: bytes) -> None:
        sha256 = hashlib.sha256(data).hexdigest()
        found.update({place: data for place, wants in wanted.items() if place[0] == student and wants == sha256})

    for student in {student for student, _ in wanted}:
        for file in sorted(course.folder("submitted", student, names[student]).glob("*.ipynb")):
            if file.is_file():
                offer(student, file.read_bytes())
    for path in submissions if found.keys() != wanted.keys() else ():
        if not path.exists():
            continue
        try:
            inbox = read_inbox(path, results.lock.students, assignments=set(names.values()))
        except DlexamError as error:
            notes.append(str(error))
            continue
        for one in inbox.found:
            for submitted in one.files:
                if one.student_id is not None and submitted.data:
                    offer(one.student_id, submitted.data)
    if gone := sorted({student for student, _ in wanted.keys() - found.keys()}):
        shown = ", ".join(gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
        notes.append(f"their notebooks come without outputs, what they handed in is not found: {shown}")
    return found


def timestamp_of(
    course: CourseFolder, assignment: str, record: Record, notes: list[str]
) -> tuple[datetime.datetime | None, bool]:
    """
    When nbgrader collected what was graded, and whether the gradebook's own time must be left alone.

    That is so where something newer lies in `submitted/`: formgrader then shows that it is not graded.
    """
    from nbgrader.utils import parse_utc

    folder = course.folder("submitted", record.student, assignment)
    file = folder / "timestamp.txt"
    if not file.exists():
        return None, False
    graded = {part.sha256 for part in record.parts.values() if part.sha256}
    there = {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.ipynb") if path.is_file()}
    if graded and not graded & there:
        notes.append(f"{record.student} handed in again after grading: run `dlexam grade` again")
        return None, True
    try:
        time: datetime.datetime = parse_utc(file.read_text(encoding="utf-8").strip())
    except (OSError, ValueError, OverflowError):
        notes.append(f"{file}: no time that can be read; nothing is counted as late")
        return None, False
    return time, False


def course_files(
    course: CourseFolder,
    results: Results,
    names: Mapping[str, str],
    handed: HandedIn,
    *,
    sources: Mapping[str, Source],
) -> Iterator[tuple[Path, bytes]]:
    """
    Every file that the course must hold, and its bytes.

    Args:
        sources: by assignment; what is there stays.
    """
    lock = results.lock
    figures = load_figures(results.exam, lock)
    for assignment, source in sources.items():
        for name in [part.name for part in lock.parts] if source is Source.MISSING else ():
            yield course.folder("source", ".", assignment) / f"{name}.ipynb", source_notebook(lock, name)
    for student in lock.students:
        record = results.records.get(student.id)
        parts = record.parts.items() if record is not None and record.status != "missing" else ()
        graded = course.folder("autograded", student.id, names[student.id])
        submitted = course.folder("submitted", student.id, names[student.id])
        for part, state in parts:
            data = handed.get((student.id, part))
            if data is not None and not (submitted / f"{part}.ipynb").exists():
                yield submitted / f"{part}.ipynb", data
            if state.status == "missing":
                continue
            if data is not None:
                cells = handed_cells(data, lock, part)
            else:
                cells = stored_cells(read_answers(answers_file(results.folder, student.id, part)), lock, part)
            yield graded / f"{part}.ipynb", graded_notebook(lock, student, part, cells, figures=figures)
        if parts and (submitted / "timestamp.txt").exists():
            yield graded / "timestamp.txt", (submitted / "timestamp.txt").read_bytes()


def write_files(files: Mapping[Path, bytes]) -> int:
    """
    Write those of *files* that differ from what is there, and say how many.

    Raises:
        DlexamError: the folder cannot be written.
    """
    written = 0
    for path, data in files.items():
        try:
            if path.exists() and path.read_bytes() == data:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, data)
        except OSError as error:
            mend = "make room or give it write permission, and run the same command again"
            raise DlexamError(f"cannot be written ({error.strerror})", file=path, mend=mend) from None
        written += 1
    return written
