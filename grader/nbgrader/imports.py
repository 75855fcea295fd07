"""From formgrader back to us: what people entered there becomes `decisions.csv`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.nbgrader.export_files import assignment_by_student
from grader.nbgrader.export_note import results_of
from grader.nbgrader.export_notebook import comment_cell, grade_cell
from grader.nbgrader.gradebook import CourseFolder, check_gradebook, open_course, reading
from grader.results.decisions import Decision, Decisions
from grader.results.decisions_csv import DecisionsRefused, decisions_bytes
from grader.results.pages import Results, open_results, write_pages
from grader.results.writer import only_writer
from papers.files import write_atomic
from papers.lock import Slot
from question_bank import DlexamError

__all__ = ["BY", "Imported", "import_from_nbgrader"]

BY = "formgrader"
"""Who decided, as far as the gradebook knows."""


@dataclass(frozen=True)
class Imported:
    """
    What an import did.

    Args:
        decisions: how many stand now, whoever made them.
        new: places (student, slot) that were not decided before.
        changed: places that were decided otherwise.
        gone: places whose entry in formgrader was taken back.
        file: `decisions.csv`.
    """

    decisions: int
    new: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    file: Path


def import_from_nbgrader(
    course_folder: Path,
    folder: Path | None = None,
    *,
    exam: Path | None = None,
    assignment: str | None = None,
    now: datetime.datetime | None = None,
) -> list[Imported]:
    """
    Write manual scores, extra credit and comments of the course into `decisions.csv` of the results in *folder*.

    Then marks.csv and the feedback pages are written anew. Decisions that people wrote there themselves stay;
    those that came from formgrader before follow it, also where it took something back.

    Args:
        folder: default: all results that were exported to the course.
        assignment: only this one.
        now: the time of new decisions; the gradebook keeps none.

    Raises:
        DecisionsRefused: with every fault; nothing was written then.
        DlexamError: no course, another course, or results of another exam.
    """
    course = open_course(course_folder)
    if not check_gradebook(course):
        raise DlexamError("does not exist", file=course.gradebook, mend="run `dlexam export … --to nbgrader` first")
    time = (now or datetime.datetime.now().astimezone()).replace(second=0, microsecond=0)
    named = {assignment: folder} if folder else results_of(course.root, assignment)
    # all of them are read before the first is written
    read = [(name, open_results(path, exam)) for name, path in named.items()]
    pairs = [(results, list(_entered(course, results, name, time))) for name, results in read]
    for results, found in pairs:
        _no_conflict(found, results)
    return [_take_over(results, found) for results, found in pairs]


def _take_over(results: Results, found: Sequence[Decision]) -> Imported:
    entered = {(decision.student, decision.slot): decision for decision in found}
    file = results.folder / "decisions.csv"
    before = results.decisions
    after: dict[tuple[str, str], Decision] = {
        place: decision for place, decision in before.items() if decision.by != BY or place in entered
    }
    new: list[tuple[str, str]] = []
    changed: list[tuple[str, str]] = []
    for place, decision in entered.items():
        old = before.get(place)
        if decision.says_the_same(old):
            continue
        (changed if old else new).append(place)
        after[place] = decision
    gone = tuple(place for place in before if place not in after)
    decisions = Decisions(after.values())
    with only_writer(results.folder):
        if new or changed or gone:
            write_atomic(file, decisions_bytes(decisions))
        # also where nothing is new: an import that was stopped in the middle is finished by the next
        write_pages(Results(results.folder, results.exam, results.lock, results.records.values(), decisions))
    return Imported(len(decisions), tuple(new), tuple(changed), gone, file)


def _no_conflict(entered: Sequence[Decision], results: Results) -> None:
    faults = [
        f"{decision.student} {decision.slot}: formgrader says {_said(decision)}, {old.by} decided {_said(old)} here; "
        "take one of them back"
        for decision in entered
        if (old := results.decisions.get((decision.student, decision.slot))) is not None
        and old.by != BY
        and not decision.says_the_same(old)
    ]
    if faults:
        raise DecisionsRefused(faults, results.folder / "decisions.csv")


def _said(decision: Decision) -> str:
    points = "no points" if decision.points is None else f"{decision.points:g}"
    extra = f" and {decision.extra:g} extra" if decision.extra else ""
    return f"{points}{extra}{' with a comment' if decision.comment else ''}"


def _entered(
    course: CourseFolder, results: Results, assignment: str | None, time: datetime.datetime
) -> Iterator[Decision]:
    """What people entered in formgrader, in the order of the class and of the paper."""
    names = assignment_by_student(course, results, assignment)
    with reading(course) as gradebook:
        rows = {name: _rows(gradebook, name) for name in set(names.values())}
    faults: list[str] = []
    found: list[Decision] = []
    by_cell = {
        (slot.part, cell): slot for slot in results.lock.slots for cell in (grade_cell(slot), comment_cell(slot))
    }
    known = {student.id for student in results.lock.students}
    for name, entries in rows.items():
        for (student, part, cell), entry in entries.items():
            slot = by_cell.get((part, cell))
            if slot is None or student not in known:
                what = f"{part}/{cell}" if slot is None else "the student"
                faults.append(f"{student} {part}/{cell}: {what} is not in this exam, assignment {name!r} of the course")
            elif names[student] == name:
                found.append(_decision(student, slot, entry, time, faults))
    if faults:
        raise DecisionsRefused(faults, course.gradebook)
    joined: dict[tuple[str, str], Decision] = {}
    for one in found:
        other = joined.get((one.student, one.slot))
        joined[one.student, one.slot] = one if other is None else _together(other, one)
    order = {student.id: i for i, student in enumerate(results.lock.students)}
    slots = {slot.id: i for i, slot in enumerate(results.lock.slots)}
    yield from sorted(joined.values(), key=lambda d: (order[d.student], slots[d.slot]))


@dataclass(frozen=True)
class _Entry:
    points: float | None = None
    extra: float = 0.0
    comment: str = ""


def _rows(gradebook: Any, name: str) -> dict[tuple[str, str, str], _Entry]:
    """By student, notebook and cell: what differs from what a program wrote."""
    from nbgrader import api

    if not gradebook.db.query(api.Assignment).filter(api.Assignment.name == name).count():
        raise DlexamError(f"no assignment {name!r} in the gradebook", mend="name it with --assignment, or export first")
    rows: dict[tuple[str, str, str], _Entry] = {}
    for model in (api.Grade, api.Comment):
        query = (
            gradebook.db.query(model, api.BaseCell.name, api.Notebook.name, api.SubmittedAssignment.student_id)
            .join(api.BaseCell, api.BaseCell.id == model.cell_id)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.id == model.notebook_id)
            .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
            .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .filter(api.Assignment.name == name)
        )
        for row, cell, part, student in query:
            place = (student, part, cell)
            if model is api.Grade and (row.manual_score is not None or row.extra_credit):
                entry = _Entry(points=row.manual_score, extra=float(row.extra_credit or 0.0))
                rows[place] = replace(entry, comment=rows[place].comment) if place in rows else entry
            elif model is api.Comment and (row.manual_comment or "").strip():
                comment = _own_words(row.manual_comment, row.auto_comment)
                if comment:
                    rows[place] = replace(rows.get(place, _Entry()), comment=comment)
    return rows


def _own_words(manual: str, auto: str | None) -> str:
    """*manual* without our own comment, which somebody may have copied to write below it."""
    text = manual.replace("\r\n", "\n").strip()
    return text.removeprefix(auto.strip()).strip() if auto else text


def _decision(student: str, slot: Slot, entry: _Entry, time: datetime.datetime, faults: list[str]) -> Decision:
    points = None if entry.points is None else round(float(entry.points), 2)
    if points is not None and not 0 <= points <= slot.points:
        faults.append(f"{student} {slot.id}: points {points:g} out of range: 0 to {slot.points:g}")
    if entry.extra < 0:
        faults.append(f"{student} {slot.id}: extra credit {entry.extra:g} out of range: 0 or more")
    return Decision(student, slot.id, points, entry.comment, BY, time, round(entry.extra, 2))


def _together(one: Decision, other: Decision) -> Decision:
    """Score and comment of one slot, which nbgrader keeps in two cells."""
    return replace(
        one,
        points=one.points if one.points is not None else other.points,
        extra=one.extra or other.extra,
        comment=one.comment or other.comment,
    )
