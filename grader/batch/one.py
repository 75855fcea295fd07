"""One student's submission in a grading process: read it, grade it, or say that nothing changed."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.grading.grade import Handed, Made, grade
from grader.grading.keys import versions, why
from grader.grading.limits import TimeLimits
from grader.grading.part import How, MustRun, Past
from grader.grading.workshop import Workshop
from grader.results import transcripts
from grader.results.answers import answers_json
from grader.results.records import Earlier, Outcome, PartRecord, Record, SlotRecord
from grader.sandbox import Isolation, SandboxBroken
from grader.submissions import Found, SubmittedNotebook, pick_parts
from papers.cells import cell_ids
from papers.lock import Lock, StudentPaper
from question_bank import Bank

__all__ = ["Graded", "Task", "Worker", "fault"]


@dataclass(frozen=True)
class Task:
    """
    What is to be done for one student.

    Args:
        found: what was handed in; None for nothing.
        stored: by part, in place of *found*: what an earlier run read, to be marked again.
        old: the record of an earlier run.
        transcripts: by part: what student code answered then.
        parts: the parts to grade; the others keep their old marks.
        only: the slots to mark again; None for all.
        may_run: False: if student code would have to run, say so instead.
    """

    paper: StudentPaper
    parts: Collection[str]
    found: Found | None = None
    stored: Mapping[str, SubmittedNotebook] | None = None
    old: Record | None = None
    transcripts: Mapping[str, bytes] = field(default_factory=dict)
    only: Collection[str] | None = None
    may_run: bool = True


@dataclass(frozen=True)
class Graded:
    """
    What came of one student.

    Args:
        answers: by part: what was handed in, as the bytes of its file, where that is news.
        transcripts: by part: what student code answered, to be sealed, where that is news.
        kept: nothing that the marks depend on had changed: the record is the old one.
        how: where each slot's mark came from.
        must_run: nothing was done, because student code would have had to run.
    """

    record: Record
    answers: Mapping[str, bytes] = field(default_factory=dict)
    transcripts: Mapping[str, bytes] = field(default_factory=dict)
    kept: bool = False
    how: Mapping[str, How] = field(default_factory=dict)
    must_run: bool = False


class Worker:
    """
    A grading process: its tools, and the exam it grades.

    Args:
        lock: the exam; the papers come with the tasks.
    """

    def __init__(self, lock: Lock, bank: Bank, isolation: Isolation, limits: TimeLimits) -> None:
        self.lock = lock
        self.workshop = Workshop(bank, isolation, limits)

    def grade(self, task: Task) -> Graded:
        """
        The record of one student.

        A fault of the grader's own leaves the points open; it never stops the batch.

        Raises:
            SandboxBroken: no sandbox can be had at all.
        """
        handed, flags = self._handed(task)
        old = task.old
        keep = _untouched(self.lock, old, handed, task)
        if old is not None and keep == set(old.parts):
            return Graded(old, kept=True, how=dict.fromkeys(old.slots, How.KEPT))
        past = _past(self.lock, task, keep)
        try:
            made = self._made(task, {p: h for p, h in handed.items() if p not in keep}, past)
        except MustRun:
            return Graded(old or fault(self.lock, task.paper, "not run"), must_run=True)
        except SandboxBroken:
            raise
        except Exception as error:
            made = Made(_grader_error(self.lock, task.paper, error), {}, {})
        answers = {part: answers_json(h) for part, h in handed.items() if isinstance(h, SubmittedNotebook)}
        new = _vouching(_flagged(made.record, flags), answers)
        if old is not None:
            new = _merged(self.lock, old, new, keep, made.how)
            if task.stored is not None:
                new = new.model_copy(update={"parts": _as_handed_in(self.lock, old, new, made.how)})
        if old is not None and set(made.how.values()) == {How.KEPT}:
            new = new.model_copy(update={"versions": old.versions})
        how = {slot.id: How.KEPT if slot.part in keep else made.how.get(slot.id, How.RAN) for slot in self.lock.slots}
        if old is not None and new.same_marks(old):
            return Graded(old, kept=True, how=how)
        packed = {part: transcripts.pack(made.transcripts.get(part, {})) for part in answers if part not in keep}
        answers = {part: data for part, data in answers.items() if part not in keep}
        return Graded(new, answers if task.stored is None else {}, packed, how=how)

    def _handed(self, task: Task) -> tuple[dict[str, Handed], tuple[str, ...]]:
        """By part, what to mark; and what is to be said of the submission as a whole."""
        if task.stored is not None:
            return dict(task.stored), ()
        if task.found is None:
            return {}, ()
        ours = {id for part in self.lock.parts for id in cell_ids(self.lock, part.name)}
        picked = pick_parts(task.found, [part.name for part in self.lock.parts], exam=self.lock.exam.id, ours=ours)
        return dict(picked), (*task.found.flags, *picked.flags)

    def _made(self, task: Task, handed: Mapping[str, Handed], past: Mapping[str, Past]) -> Made:
        """
        The record of *task*, begun once more if the sandbox was lost on the way, or a session was killed.

        A SIGKILL may be the student's own or come from outside, as from a kernel short of memory. What is killed
        each time is the student's.

        Raises:
            MustRun: student code would have to run, and must not.
            SandboxBroken: no sandbox can be had at all.
        """
        zygote = self.workshop.zygote
        killed = zygote.killed
        try:
            made = grade(self.lock, task.paper, handed, self.workshop, past, may_run=task.may_run)
            if zygote.killed == killed:
                return made
        except SandboxBroken:
            zygote.session().close()
        try:
            return grade(self.lock, task.paper, handed, self.workshop, past, may_run=task.may_run)
        except SandboxBroken as error:
            # lost twice while one student's code ran, and whole without it: the others go on
            zygote.session().close()
            return Made(_grader_error(self.lock, task.paper, error), {}, {})


def _untouched(lock: Lock, old: Record | None, handed: Mapping[str, Handed], task: Task) -> set[str]:
    """The parts whose old marks stand unlooked at: not asked for, or not given this time."""
    if old is None:
        return set()
    keep = set()
    for part in lock.parts:
        given, before = handed.get(part.name), old.parts[part.name]
        absent = given is None and (before.status != "missing" or task.stored is not None)
        if part.name not in task.parts or absent:
            keep.add(part.name)
    return keep


def _past(lock: Lock, task: Task, keep: Collection[str]) -> dict[str, Past]:
    if task.old is None:
        return {}
    past = {}
    for part in lock.parts:
        if part.name not in keep:
            slots = {id: task.old.slots[id] for id in part.slots}
            known = transcripts.unpack(task.transcripts.get(part.name, b""))
            past[part.name] = Past(task.old.parts[part.name], slots, known, task.only)
    return past


def fault(lock: Lock, paper: StudentPaper, reason: str) -> Record:
    """The record of a student whom a fault of the grader's own kept from being graded: all points are open."""
    slots = {
        slot.id: SlotRecord(
            slot=slot.id,
            variant=slot.pool[paper.deal[slot.id]].code,
            outcome=Outcome.GRADER_ERROR,
            points=None,
            max_points=slot.points,
            reason=reason,
        )
        for slot in lock.slots
    }
    return Record(
        exam=lock.exam.id,
        build=lock.build,
        student=paper.id,
        name=paper.name,
        parts={part.name: PartRecord(status="graded", flags=(reason,)) for part in lock.parts},
        slots=slots,
        versions=versions(),
    )


def _grader_error(lock: Lock, paper: StudentPaper, error: Exception) -> Record:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return fault(lock, paper, f"{type(error).__name__}: {error} ({place})"[:500])


def _vouching(record: Record, answers: Mapping[str, bytes]) -> Record:
    """*record*, saying which stored answers it is the record of."""
    parts = {
        name: part.model_copy(update={"answers": hashlib.sha256(answers[name]).hexdigest()})
        if name in answers and part.source is not None
        else part
        for name, part in record.parts.items()
    }
    return record.model_copy(update={"parts": parts})


def _flagged(record: Record, flags: tuple[str, ...]) -> Record:
    """*flags* on the student's submission stand with the first part."""
    if not flags:
        return record
    name, part = next(iter(record.parts.items()))
    return record.model_copy(
        update={"parts": {**record.parts, name: part.model_copy(update={"flags": (*flags, *part.flags)})}}
    )


def _as_handed_in(lock: Lock, old: Record, new: Record, how: Mapping[str, How]) -> dict[str, PartRecord]:
    """The parts of *old*, with what *new* adds: stored answers do not say how they were handed in."""
    parts = {}
    for part in lock.parts:
        before, now = old.parts[part.name], new.parts[part.name]
        ran = any(how.get(id) is How.RAN for id in part.slots)
        update = {
            "flags": (*before.flags, *(flag for flag in now.flags if flag not in before.flags)),
            "isolation": now.isolation if ran else before.isolation,
            "seconds": now.seconds,
        }
        parts[part.name] = before.model_copy(update=update)
    return parts


def _merged(lock: Lock, old: Record, new: Record, keep: Collection[str], how: Mapping[str, How]) -> Record:
    """*new*, with the parts in *keep* as they were, and with the earlier marks of what changed."""
    part_of = {slot.id: slot.part for slot in lock.slots}
    slots = {}
    for id, slot in new.slots.items():
        before = old.slots[id]
        if part_of[id] in keep:
            slots[id] = before
        elif before.outcome is Outcome.GRADER_ERROR or (before.outcome, before.points) == (slot.outcome, slot.points):
            # a fault of ours was never a mark
            slots[id] = slot.model_copy(update={"earlier": before.earlier})
        else:
            because = f"{why(before.key, slot.key)} ({how.get(id, How.RAN)})"
            earlier = Earlier(outcome=before.outcome, points=before.points, because=because)
            slots[id] = slot.model_copy(update={"earlier": (*before.earlier, earlier)})
    parts = {name: old.parts[name] if name in keep else part for name, part in new.parts.items()}
    return new.model_copy(update={"slots": slots, "parts": parts})
