"""One paper and one submission make one record."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import ExitStack

from grader.keys import part_key, versions
from grader.notebook_run import Exhausted, NotebookRun
from grader.records import Outcome, PartRecord, Record, SlotRecord
from grader.sandbox import ChildLost
from grader.slots import SlotWork, mark_slot, needs_run, record_of, seed_of
from grader.submissions import SubmittedNotebook, UnreadableNotebook
from grader.workshop import Workshop
from papers.cells import answer_cell_id, given_cell_ids
from papers.lock import Lock, Part, StudentPaper, data_of
from papers.notebook import setup_source

__all__ = ["Handed", "grade"]

Handed = SubmittedNotebook | UnreadableNotebook | None
"""What a student handed in for a part."""


def grade(lock: Lock, paper: StudentPaper, handed: Mapping[str, Handed], workshop: Workshop) -> Record:
    """
    The record of one student.

    A pure function of the paper, the submission and the marking code: nothing is drawn, nothing is written.

    Args:
        handed: by part; a part that is missing was not handed in.
    """
    parts: dict[str, PartRecord] = {}
    marks: dict[str, SlotRecord] = {}
    for part in lock.parts:
        notebook = handed.get(part.name)
        works = _works(lock, paper, part, notebook)
        if isinstance(notebook, SubmittedNotebook):
            parts[part.name], done = _grade_notebook(lock, paper, part, notebook, works, workshop)
            marks |= done
            continue
        outcome, reason = Outcome.BLANK, "nothing was handed in"
        if isinstance(notebook, UnreadableNotebook):
            outcome, reason = Outcome.MALFORMED, str(notebook)
        parts[part.name] = _not_graded(lock, part, notebook, workshop)
        for id, work in works.items():
            marks[id] = SlotRecord(
                slot=id,
                variant=work.variant.code,
                outcome=outcome,
                points=0.0,
                max_points=work.slot.points,
                reason=reason,
            )
    return Record(
        exam=lock.exam.id,
        build=lock.build,
        student=paper.id,
        name=paper.name,
        parts=parts,
        slots={slot.id: marks[slot.id] for slot in lock.slots},
        versions=versions(),
    )


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


def _grade_notebook(
    lock: Lock,
    paper: StudentPaper,
    part: Part,
    notebook: SubmittedNotebook,
    works: Mapping[str, SlotWork],
    workshop: Workshop,
) -> tuple[PartRecord, dict[str, SlotRecord]]:
    begun = time.monotonic()
    flags = list(notebook.flags)
    by_cell = {answer_cell_id(work.slot): id for id, work in works.items()}
    given = given_cell_ids(lock, part.name)
    marks: dict[str, SlotRecord] = {}
    runs = any(needs_run(work) for work in works.values())
    with ExitStack() as stack:
        run = None
        if runs:
            run = stack.enter_context(NotebookRun(workshop.zygote, data_of(lock, part.name), workshop.limits))
            _run_unmarked(
                run,
                setup_source(lock, part.name),
                seed_of(lock.build, paper.id, "setup"),
                flags,
                "the first cell",
            )
        for cell in notebook.cells:
            id = by_cell.get(cell.id or "")
            if id is not None and id not in marks:
                seed, at = seed_of(lock.build, paper.id, id), time.monotonic()
                mark, in_child = mark_slot(works[id], run, workshop, seed)
                marks[id] = record_of(works[id], mark, begun=at, predicted_in_child=in_child)
            elif run is not None and cell.kind == "code" and cell.id not in given:
                _run_unmarked(run, cell.source, seed_of(lock.build, paper.id, "added"), flags, "a cell of their own")
        for id, work in works.items():
            if id not in marks:
                at = time.monotonic()
                flags.append(f"the answer cell of {work.slot.variable} was deleted")
                mark, _ = mark_slot(work, None, workshop, 0)
                marks[id] = record_of(work, mark, begun=at)
    record = PartRecord(
        status="graded",
        source=notebook.name,
        sha256=notebook.sha256,
        isolation=str(workshop.isolation) if runs else "not run",
        flags=tuple(flags),
        seconds=round(time.monotonic() - begun, 3),
        key=part_key(lock, part, notebook.sha256, workshop),
    )
    return record, marks


def _run_unmarked(run: NotebookRun, source: str, seed: int, flags: list[str], what: str) -> None:
    if not source.strip():
        return
    try:
        run.run(source, seed=seed)
    except ChildLost as error:
        flags.append(f"{what} ended the process: {error}")
    except Exhausted as error:
        flags.append(f"{what} was not run: {error}")


def _not_graded(lock: Lock, part: Part, notebook: UnreadableNotebook | None, workshop: Workshop) -> PartRecord:
    if notebook is None:
        return PartRecord(status="missing", key=part_key(lock, part, None, workshop))
    flags = notebook.flags or (str(notebook),)
    return PartRecord(
        status="unreadable",
        source=notebook.file,
        sha256=notebook.sha256,
        flags=flags,
        key=part_key(lock, part, notebook.sha256, workshop),
    )
