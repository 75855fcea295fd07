"""One paper and one submission make one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.grading.keys import source_hash, versions
from grader.grading.part import How, PartMarking, Past
from grader.grading.slots import SlotWork
from grader.grading.workshop import Workshop
from grader.marking.transcript import Transcript
from grader.results.records import Outcome, PartRecord, Record, SlotRecord
from grader.submissions import SubmittedNotebook, UnreadableNotebook
from papers.cells import answer_cell_id
from papers.lock import Lock, Part, StudentPaper

__all__ = ["Handed", "Made", "grade"]

Handed = SubmittedNotebook | UnreadableNotebook | None
"""What a student handed in for a part."""


@dataclass(frozen=True)
class Made:
    """
    A record, and how it was come by.

    Args:
        transcripts: by part and slot: what student code answered, as far as it is known.
        how: by slot.
    """

    record: Record
    transcripts: Mapping[str, Mapping[str, Transcript]]
    how: Mapping[str, How]


def grade(
    lock: Lock,
    paper: StudentPaper,
    handed: Mapping[str, Handed],
    workshop: Workshop,
    past: Mapping[str, Past] | None = None,
    *,
    may_run: bool = True,
) -> Made:
    """
    The record of one student.

    A pure function of the paper, the submission and the marking code: nothing is drawn, nothing is written. What
    the past knows is not done again: it gives the same marks, sooner.

    Args:
        handed: by part; a part that is missing was not handed in.
        past: by part.

    Raises:
        MustRun: student code would have to run, and may not.
        SandboxBroken: the sandbox was lost.
    """
    keys = workshop.keys(lock)
    transcripts: dict[str, Mapping[str, Transcript]] = {}
    how: dict[str, How] = {}
    parts: dict[str, PartRecord] = {}
    marks: dict[str, SlotRecord] = {}
    for part in lock.parts:
        notebook = handed.get(part.name)
        works = _works(lock, paper, part, notebook)
        known = (past or {}).get(part.name, Past())
        if isinstance(notebook, SubmittedNotebook):
            marking = PartMarking(lock, paper, part, workshop, works, known, may_run=may_run)
            parts[part.name] = marking.grade(notebook)
            marks |= marking.marks
            how |= marking.how
            transcripts[part.name] = marking.transcripts
            continue
        outcome, reason = Outcome.BLANK, "nothing was handed in"
        if isinstance(notebook, UnreadableNotebook):
            outcome, reason = Outcome.MALFORMED, str(notebook)
        parts[part.name] = _not_graded(notebook)
        sha256 = notebook.sha256 if notebook else ""
        for id, work in works.items():
            key = keys.key(work.slot, work.variant, source_hash(f"{outcome} {sha256}"), runs=False)
            how[id] = How.READ
            if id in known.slots and known.slots[id].key == key:
                marks[id], how[id] = known.slots[id], How.KEPT
                continue
            marks[id] = SlotRecord(
                slot=id,
                variant=work.variant.code,
                outcome=outcome,
                points=0.0,
                max_points=work.slot.points,
                reason=reason,
                key=key,
            )
    record = Record(
        exam=lock.exam.id,
        build=lock.build,
        student=paper.id,
        name=paper.name,
        parts=parts,
        slots={slot.id: marks[slot.id] for slot in lock.slots},
        versions=versions(),
    )
    return Made(record, transcripts, how)


def _works(lock: Lock, paper: StudentPaper, part: Part, notebook: Handed) -> dict[str, SlotWork]:
    cells = notebook.cells if isinstance(notebook, SubmittedNotebook) else ()
    sources = {cell.id: cell.source for cell in cells}
    return {
        slot.id: SlotWork(
            slot=slot,
            variant=slot.pool[paper.deal[slot.id]],
            source=sources.get(answer_cell_id(slot)),
            untouched=slot.pool[paper.deal[slot.id]].untouched(slot.variable),
        )
        for slot in lock.slots_of(part.name)
    }


def _not_graded(notebook: UnreadableNotebook | None) -> PartRecord:
    if notebook is None:
        return PartRecord(status="missing")
    flags = notebook.flags or (str(notebook),)
    return PartRecord(status="unreadable", source=notebook.file, sha256=notebook.sha256, flags=flags)
