"""One part of one paper: each slot marked right after its cell, and only what is not known run again."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grader.grading.given import written
from grader.grading.keys import Keys, Ran, process_key, source_hash
from grader.grading.notebook_run import NotebookRun
from grader.grading.runs import Cells
from grader.grading.slots import SlotWork, mark_slot, needs_run, record_of, seed_of
from grader.grading.workshop import Workshop
from grader.marking import Mark
from grader.marking.transcript import Differs, Replayed, Tape, Transcript
from grader.results.records import Outcome, PartRecord, SlotRecord
from grader.submissions import SubmittedNotebook
from papers.cells import answer_cell_id, given_cell_ids
from papers.lock import Lock, Part, StudentPaper, data_of
from papers.notebook import setup_source
from question_bank.answers import Code, Essay, is_blank

__all__ = ["How", "MustRun", "PartMarking", "Past"]

_FIRST, _OWN = _UNMARKED = ("the first cell", "a cell of their own")


class How(StrEnum):
    """Where a slot's mark came from this time."""

    KEPT = "kept"
    READ = "read"
    REPLAYED = "replayed"
    RAN = "ran"


class MustRun(Exception):
    """Student code would have to run, and was not to."""


@dataclass(frozen=True)
class Past:
    """
    What an earlier run left of one part.

    Args:
        part: what is said of it as a whole.
        slots: its marks.
        transcripts: what student code answered then, by slot.
        only: mark these slots again and keep the others as they are; None for all.
    """

    part: PartRecord | None = None
    slots: Mapping[str, SlotRecord] = field(default_factory=dict)
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)
    only: Collection[str] | None = None


class PartMarking:
    """One student's notebook of one part on its way to its marks."""

    def __init__(
        self,
        lock: Lock,
        paper: StudentPaper,
        part: Part,
        workshop: Workshop,
        works: Mapping[str, SlotWork],
        past: Past,
        *,
        may_run: bool,
    ) -> None:
        self.marks: dict[str, SlotRecord] = {}
        self.how: dict[str, How] = {}
        self.transcripts: dict[str, Transcript] = {}
        self._lock = lock
        self._paper = paper
        self._part = part
        self._workshop = workshop
        self._works = works
        self._past = past
        self._may_run = may_run
        self._keys: Keys = workshop.keys(lock)
        self._flags: list[str] = []

    def grade(self, notebook: SubmittedNotebook) -> PartRecord:
        """Mark every slot, each right after its cell; what the past does not know is run."""
        begun = time.monotonic()
        lock, part = self._lock, self._part.name
        self._flags += notebook.flags
        by_cell = {answer_cell_id(work.slot): id for id, work in self._works.items()}
        given = given_cell_ids(lock, part)
        runs = any(needs_run(work) for work in self._works.values())
        ran = Ran(self._keys, part)
        with NotebookRun(self._workshop.zygote, data_of(lock, part), self._workshop.limits) as run:
            cells = Cells(run, flag=self._flags.append)

            def add(source: str, seed: int, what: str) -> None:
                if runs:
                    cells.add(source, seed=seed, what=what)
                    ran.add(source, seed)

            add(setup_source(lock, part), self._seed("setup"), _FIRST)
            for cell in notebook.cells:
                id = by_cell.get(cell.id or "")
                if id is not None and id not in self.marks:
                    self._slot(self._works[id], cells, ran)
                elif cell.kind == "code" and cell.id not in given:
                    add(cell.source, self._seed("added"), _OWN)
            before = self._past.part
            if How.RAN in self.how.values() and (before is None or before.sha256 != notebook.sha256):
                # the cells after the last answer too, once: what they do to the process is flagged
                cells.now()
        for id, work in self._works.items():
            if id not in self.marks:
                self._flags.append(f"the answer cell of {work.slot.variable} was deleted")
                self._read(work)
        seconds = round(time.monotonic() - begun, 3)
        if before is not None:
            # what is kept or replayed is as it was when it ran
            seconds = max(seconds, before.seconds)
            self._flags += [f for f in before.flags if f.startswith(_UNMARKED) and f not in self._flags]
        return PartRecord(
            status="graded",
            source=notebook.name,
            sha256=notebook.sha256,
            isolation=str(self._workshop.isolation) if runs else "not run",
            flags=tuple(self._flags),
            seconds=seconds,
        )

    def _seed(self, what: str) -> int:
        return seed_of(self._lock.build, self._paper.id, what)

    def _slot(self, work: SlotWork, cells: Cells, ran: Ran) -> None:
        """Mark *work*; its cell then counts among those that have run."""
        source, seed = work.source or "", self._seed(work.slot.id)
        if not needs_run(work):
            self._read(work)
            if _is_run(work):
                cells.add(source, seed=seed)
                ran.add(source, seed)
            return
        key = self._keys.key(work.slot, work.variant, ran.with_cell(source, seed), runs=True)
        ran.add(source, seed)
        at = time.monotonic()
        if self._keep(work, key) or self._replay(work, key, seed):
            cells.add(source, seed=seed)
            return
        if not self._may_run:
            raise MustRun
        tape = Tape()
        mark, in_child = mark_slot(work, cells.recorded(tape), self._workshop, seed)
        transcript = tape.transcript(process_key(key))
        if transcript is not None:
            self.transcripts[work.slot.id] = transcript
        self._note(work, mark, key, How.RAN, begun=at, predicted_in_child=in_child)

    def _read(self, work: SlotWork) -> None:
        """Mark what needs no process."""
        key = self._keys.key(work.slot, work.variant, source_hash(work.source), runs=False)
        if not self._keep(work, key):
            at = time.monotonic()
            mark, _ = mark_slot(work, None, self._workshop, 0)
            self._note(work, mark, key, How.READ, begun=at)

    def _keep(self, work: SlotWork, key: Mapping[str, str]) -> bool:
        """Whether the old mark stands: nothing that it depends on has changed, or nobody asks for another."""
        id = work.slot.id
        before = self._past.slots.get(id)
        if before is None or (before.key != key and (self._past.only is None or id in self._past.only)):
            return False
        self.marks[id], self.how[id] = before, How.KEPT
        known = self._past.transcripts.get(id)
        if known is not None and known.key == process_key(before.key):
            self.transcripts[id] = known
        return True

    def _replay(self, work: SlotWork, key: Mapping[str, str], seed: int) -> bool:
        """Whether what student code answered then suffices for a mark now."""
        known = self._past.transcripts.get(work.slot.id)
        if known is None or known.key != process_key(key):
            return False
        replayed = Replayed(known)
        try:
            mark, in_child = mark_slot(work, replayed, self._workshop, seed)
        except Differs:
            return False
        if replayed.differs:
            return False
        self.transcripts[work.slot.id] = known
        before = self._past.slots[work.slot.id].seconds if work.slot.id in self._past.slots else 0.0
        self._note(work, mark, key, How.REPLAYED, begun=time.monotonic() - before, predicted_in_child=in_child)
        return True

    def _note(
        self,
        work: SlotWork,
        mark: Mark,
        key: Mapping[str, str],
        how: How,
        *,
        begun: float,
        predicted_in_child: bool = False,
    ) -> None:
        # a fault of ours is no mark that a later run may keep
        known = {} if mark.outcome is Outcome.GRADER_ERROR else key
        self.marks[work.slot.id] = record_of(work, mark, begun=begun, key=known, predicted_in_child=predicted_in_child)
        self.how[work.slot.id] = how


def _is_run(work: SlotWork) -> bool:
    """Whether later cells may use what this one assigns, though its own mark does not depend on running it."""
    if work.is_untouched or isinstance(work.variant.answer, Code | Essay):
        return False
    found = written(work.source or "", work.slot.variable)
    return found is not None and not is_blank(found.value)
