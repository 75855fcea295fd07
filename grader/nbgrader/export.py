"""From our results into an nbgrader course: its gradebook and its folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.nbgrader.export_comment import comment_on
from grader.nbgrader.export_files import (
    Source,
    assignment_by_student,
    course_files,
    handed_in,
    source_of,
    timestamp_of,
    write_files,
)
from grader.nbgrader.export_note import note_export
from grader.nbgrader.export_notebook import comment_cell, grade_cell, guard
from grader.nbgrader.gradebook import CourseFolder, backup, check_gradebook, open_course, writing
from grader.nbgrader.gradebook_rows import Late, Written, fits, write_rows
from grader.nbgrader.plan import CellPlan, Given, Marked, Plan
from grader.results.origin import read_origin
from grader.results.pages import Results, open_results
from grader.results.records import Record

__all__ = ["Exported", "export_to_nbgrader"]


@dataclass(frozen=True)
class Exported:
    """
    What an export did.

    Args:
        assignments: their names in the course.
        submitted: how many students handed something in.
        missing: how many did not.
        waiting: how many slots wait for a person.
        rows: how many values in the gradebook changed.
        files: how many files were written.
        backup: the gradebook as it was before; None if there was none, or nothing changed.
        notes: what a person should know, a line each.
    """

    assignments: tuple[str, ...]
    submitted: int
    missing: int
    waiting: int
    rows: int
    files: int
    backup: Path | None
    notes: tuple[str, ...]


def export_to_nbgrader(
    folder: Path,
    course_folder: Path,
    *,
    exam: Path | None = None,
    assignment: str | None = None,
    submissions: Path | None = None,
    course_id: str | None = None,
) -> Exported:
    """
    Bring the results in *folder*, decisions included, into the nbgrader course *course_folder*.

    Everything is prepared and checked before the first write; the gradebook changes in one transaction, after a
    backup. Run again, it changes only what is different, and never what was entered in formgrader.

    Args:
        exam: what `dlexam build` wrote; default: what the results name.
        assignment: its name in the course; default: the exam's id.
        submissions: where the outputs of the students' cells are; default: what was graded.
        course_id: what the course must be, or is to be, called.

    Raises:
        DlexamError: anything does not fit; nothing was written then.
    """
    results = open_results(folder, exam)
    course = open_course(course_folder, course_id=course_id, create=True)
    exists = check_gradebook(course)
    names = assignment_by_student(course, results, assignment)
    sources = {name: source_of(course, results, name) for name in sorted(set(names.values()))}
    notes: list[str] = []
    origin = read_origin(folder)
    paths = [submissions] if submissions else list(origin.submissions) if origin else []
    handed = handed_in(course, results, names, paths, notes)
    plans = [_plan(course, results, name, names, source, notes) for name, source in sources.items()]
    files = dict(course_files(course, results, names, handed, sources=sources))
    copy, written = _write_gradebook(course, plans, exists=exists)
    count = write_files(files)
    note_export(course.root, assignment or results.lock.exam.id, folder)
    given = [student for plan in plans for student in plan.class_]
    waiting = sum(mark.points is None for student in given for mark in student.marks.values())
    return Exported(
        assignments=tuple(sources),
        submitted=sum(bool(student.marks) for student in given),
        missing=sum(not student.marks for student in given),
        waiting=waiting,
        rows=sum(one.changed for one in written),
        files=count,
        backup=copy,
        notes=(*notes, *(line for one in written for line in (*one.review, *one.notes))),
    )


def _write_gradebook(course: CourseFolder, plans: Sequence[Plan], *, exists: bool) -> tuple[Path | None, list[Written]]:
    copy = backup(course) if exists else None
    changed = False
    try:
        with writing(course) as gradebook:
            for plan in plans:
                fits(gradebook, plan)
            written = [write_rows(gradebook, plan, _late(course)) for plan in plans]
            changed = any(one.changed for one in written)
            if changed:
                gradebook.db.commit()
    finally:
        if copy is not None and not changed:
            copy.unlink(missing_ok=True)
    return copy if changed else None, written


def _late(course: CourseFolder) -> Late:
    """The late penalty that the course has configured for nbgrader."""
    from nbgrader.preprocessors import AssignLatePenalties

    assign = AssignLatePenalties(config=course.config)
    assign.init_plugin()
    plugin: Any = assign.plugin_inst
    return lambda student, score, seconds: plugin.late_submission_penalty(student, score, seconds)


def _plan(
    course: CourseFolder, results: Results, name: str, names: Mapping[str, str], source: Source, notes: list[str]
) -> Plan:
    notebooks = {
        part.name: [
            CellPlan(
                slot=slot.id,
                grade=grade_cell(slot),
                comment=comment_cell(slot),
                points=slot.points,
                kind="markdown" if slot.is_essay else "code",
                guard="" if slot.is_essay or source is Source.BUILT else guard(),
            )
            for slot in results.lock.slots_of(part.name)
        ]
        for part in results.lock.parts
    }
    class_ = []
    for student in results.lock.students:
        if names[student.id] != name:
            continue
        record = results.records.get(student.id)
        if record is None or record.status == "missing":
            class_.append(Given(student.id, student.name))
            continue
        timestamp, keep = timestamp_of(course, name, record, notes)
        marks = dict(_marks(results, record))
        class_.append(Given(student.id, student.name, marks, timestamp, keep))
    return Plan(name, notebooks, class_, generated=source is Source.BUILT)


def _marks(results: Results, record: Record) -> dict[str, Marked]:
    lock, decisions = results.lock, results.decisions
    decided = decisions.over(lock, record)
    marks = {}
    for slot in lock.slots:
        decision = decisions.get((record.student, slot.id))
        marked = decided.slots.get(slot.id)
        extra = decision.extra if decision else 0.0
        points = None if marked is None else marked.points
        marks[slot.id] = Marked(
            slot=slot.id,
            points=None if points is None else round(points - extra, 2),
            extra=extra,
            comment=comment_on(
                slot,
                lock.variant(record.student, slot.id),
                marked,
                record.parts.get(slot.part),
                lock.exam.languages,
                decision.comment if decision else "",
            ),
        )
    return marks
