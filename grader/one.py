"""One student's submission in a grading process: read it, grade it, or say that nothing changed."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.grade import Handed, grade
from grader.keys import part_key, versions
from grader.limits import TimeLimits
from grader.records import Earlier, Outcome, PartRecord, Record, SlotRecord
from grader.sandbox import Isolation, SandboxBroken
from grader.submissions import Found, SubmittedNotebook, pick_parts
from grader.workshop import Workshop
from papers.cells import cell_ids
from papers.lock import Lock, StudentPaper, load_lock
from question_bank import load_bank

__all__ = ["Graded", "Worker"]


@dataclass(frozen=True)
class Graded:
    """
    What came of one student.

    Args:
        sources: by part: the source of each cell with an id, as handed in.
        kept: nothing that the marks depend on had changed, so nothing was run.
    """

    record: Record
    sources: Mapping[str, Mapping[str, str]]
    kept: bool = False


class Worker:
    """A grading process: its tools, and the exam it grades."""

    def __init__(self, out: Path, bank: Path | None, isolation: Isolation, limits: TimeLimits) -> None:
        self.lock: Lock = load_lock(out)
        self.workshop = Workshop(load_bank(bank), isolation, limits)
        self._papers = {paper.id: paper for paper in self.lock.students}

    def grade(
        self, student: str, found: Found | None, old: Record | None, parts: Sequence[str], because: str
    ) -> Graded:
        """
        The record of *student*.

        A fault of the grader's own leaves the points open; it never stops the batch.

        Args:
            found: what was handed in; None for nothing.
            old: the record of an earlier run.
            parts: the parts to grade; the others keep their old marks.
            because: why marks may differ from the old ones.
        """
        paper = self._papers[student]
        handed: dict[str, Handed] = {}
        flags: tuple[str, ...] = ()
        if found is not None:
            ours = {id for part in self.lock.parts for id in cell_ids(self.lock, part.name)}
            picked = pick_parts(found, [part.name for part in self.lock.parts], exam=self.lock.exam.id, ours=ours)
            handed, flags = dict(picked), (*found.flags, *picked.flags)
        keep = self._kept(old, handed, parts)
        if old is not None and keep == set(old.parts):
            return Graded(old, _sources(handed), kept=True)
        try:
            new = grade(self.lock, paper, {p: h for p, h in handed.items() if p not in keep}, self.workshop)
        except SandboxBroken:
            raise
        except Exception as error:
            new = self._grader_error(paper, error)
        new = _flagged(new, flags)
        return Graded(_merged(self.lock, old, new, keep, because), _sources(handed))

    def _kept(self, old: Record | None, handed: Mapping[str, Handed], parts: Sequence[str]) -> set[str]:
        """The parts whose old marks stand: not asked for, not given this time, or with nothing changed."""
        if old is None:
            return set()
        keep = set()
        for part in self.lock.parts:
            before, given = old.parts[part.name], handed.get(part.name)
            sha256 = None if given is None else given.sha256
            same = before.key == part_key(self.lock, part, sha256, self.workshop)
            if part.name not in parts or (given is None and before.status != "missing") or same:
                keep.add(part.name)
        return keep

    def _grader_error(self, paper: StudentPaper, error: Exception) -> Record:
        last = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"[:500]
        slots = {
            slot.id: SlotRecord(
                slot=slot.id,
                variant=slot.pool[paper.deal[slot.id]].code,
                outcome=Outcome.GRADER_ERROR,
                points=None,
                max_points=slot.points,
                reason=reason,
            )
            for slot in self.lock.slots
        }
        return Record(
            exam=self.lock.exam.id,
            build=self.lock.build,
            student=paper.id,
            name=paper.name,
            parts={part.name: PartRecord(status="graded", flags=(reason,)) for part in self.lock.parts},
            slots=slots,
            versions=versions(),
        )


def _sources(handed: Mapping[str, Handed]) -> dict[str, dict[str, str]]:
    return {
        part: {cell.id or f"added-{i}": cell.source for i, cell in enumerate(notebook.cells)}
        for part, notebook in handed.items()
        if isinstance(notebook, SubmittedNotebook)
    }


def _flagged(record: Record, flags: tuple[str, ...]) -> Record:
    """*flags* on the student's submission stand with the first part."""
    if not flags:
        return record
    name, part = next(iter(record.parts.items()))
    return record.model_copy(
        update={"parts": {**record.parts, name: part.model_copy(update={"flags": (*flags, *part.flags)})}}
    )


def _merged(lock: Lock, old: Record | None, new: Record, keep: set[str], because: str) -> Record:
    """*new*, with the parts in *keep* as they were, and with the earlier marks of what changed."""
    if old is None:
        return new
    part_of = {slot.id: slot.part for slot in lock.slots}
    slots = {}
    for id, slot in new.slots.items():
        before = old.slots[id]
        if part_of[id] in keep:
            slots[id] = before
        elif (before.outcome, before.points) == (slot.outcome, slot.points):
            slots[id] = slot.model_copy(update={"earlier": before.earlier})
        else:
            earlier = Earlier(outcome=before.outcome, points=before.points, because=because)
            slots[id] = slot.model_copy(update={"earlier": (*before.earlier, earlier)})
    parts = {name: old.parts[name] if name in keep else part for name, part in new.parts.items()}
    return new.model_copy(update={"slots": slots, "parts": parts})
