"""A class: every submission to its record, several at a time, each result written once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.one import Task
from grader.batch.team import Here, Setup, Team, work
from grader.grading.limits import TimeLimits
from grader.grading.part import How
from grader.isolation import try_walls
from grader.results.ledger import Ledger
from grader.results.marks_csv import write_marks
from grader.results.origin import note_origin
from grader.results.records import Outcome, Record, StoredRecords
from grader.results.terms import Terms, changed_since_build, read_terms, write_terms
from grader.results.writer import only_writer
from grader.sandbox import Isolation
from grader.submissions import read_inbox
from papers.course import MOST_FORMS, assignments
from papers.files import write_atomic
from papers.lock import Lock, data_of, load_lock
from question_bank import DlexamError, load_bank

if TYPE_CHECKING:
    from grader.batch.cluster import Cluster

__all__ = ["Batch", "Moved", "grade_batch", "moved", "team_of"]


@dataclass(frozen=True)
class Moved:
    """A slot whose mark differs from an earlier run's, and why."""

    student: str
    slot: str
    before: float | None
    after: float | None
    because: str = ""


@dataclass(frozen=True)
class Batch:
    """
    What came of a class.

    Args:
        records: one for every student of the roster, in its order.
        decided: the same with the decisions of `decisions.csv` laid over them.
        strangers: submissions without a student, as named.
        missing: ids of students without a submission.
        flags: by student id: what the TA should know.
        moved: slots whose marks changed since the last run.
        kept: how many students needed no second run.
        how: how many slots' marks were kept, read, replayed and run.
        changed: what marks otherwise than when the papers were built.
    """

    records: Sequence[Record]
    decided: Sequence[Record]
    strangers: tuple[str, ...]
    missing: tuple[str, ...]
    flags: dict[str, tuple[str, ...]]
    moved: tuple[Moved, ...]
    kept: int
    isolation: Isolation
    how: dict[How, int]
    changed: tuple[str, ...] = ()

    @property
    def unwalled(self) -> bool:
        """Whether nothing kept student code from this machine."""
        return self.isolation is Isolation.PROCESS


def grade_batch(
    out: Path,
    submissions: Path,
    results: Path,
    *,
    isolation: Isolation,
    bank: Path | None = None,
    part: str | None = None,
    jobs: int | None = None,
    limits: TimeLimits | None = None,
    cluster: Cluster | None = None,
    assignment: str | None = None,
    progress: Callable[[str, int, int], None] = lambda student, done, total: None,
) -> Batch:
    """
    Grade *submissions* with the papers in *out* and write records, marks and feedback below *results*.

    What an earlier run has finished is not run again.

    Args:
        bank: the folder of questions; default: the package's own.
        part: grade this part only and leave the other parts' marks as they are.
        jobs: how many students at a time; default: one for each core.
        cluster: its workers grade, instead of processes here.
        assignment: its name, if *submissions* is an nbgrader course; default: the exam's id, or its forms'.
        progress: called with the student's id, how many are done, and how many there are.

    Raises:
        DlexamError: the lock, the submissions or the results are not what they should be, the disk is full,
            another batch writes to *results*, or a canary found a hole in the walls.
    """
    lock = load_lock(out)
    parts = _parts(lock, part)
    terms = Terms.now(lock, load_bank(bank), limits or TimeLimits())
    _refuse_change(results, terms)
    names = [assignment] if assignment else assignments(lock.exam.id, 1) + assignments(lock.exam.id, MOST_FORMS)
    given = {name for part in lock.parts for name in data_of(lock, part.name)}
    inbox = read_inbox(submissions, lock.students, assignments=names, given=given)
    found = {item.student_id: item for item in inbox.found}
    if cluster is None:
        try_walls(isolation, load_bank(bank), lock, out, submissions)
    with only_writer(results):
        ledger = Ledger(results, out, lock)
        # of a large class no more than the seconds fits into memory
        took = {paper.id: _seconds(ledger.old(paper.id)) for paper in lock.students}
        ledger.make()
        note_origin(results, out, submissions)
        write_terms(results, terms)
        flags: dict[str, tuple[str, ...]] = {}
        moves: dict[str, tuple[Moved, ...]] = {}
        done = 0
        how: Counter[How] = Counter()
        kept = 0
        tasks = (
            Task(paper, parts, found.get(paper.id), old=ledger.old(paper.id), transcripts=ledger.transcripts(paper.id))
            for paper in sorted(lock.students, key=lambda paper: -took[paper.id])
        )
        setup = Setup.of(lock, bank, isolation, terms.limits)
        with team_of(setup, cluster, jobs, len(found)) as team:
            for task, graded in work(team, lock, tasks):
                ledger.write(graded)
                flags[task.paper.id] = tuple(flag for p in graded.record.parts.values() for flag in p.flags)
                moves[task.paper.id] = tuple(moved(task.old, graded.record))
                done += 1
                how.update(graded.how.values())
                kept += graded.kept
                progress(task.paper.id, done, len(lock.students))
        ids = [paper.id for paper in lock.students]
        records = StoredRecords(results, ids)
        decided = StoredRecords(results, ids, lambda record: ledger.decisions.over(lock, record))
        batch = Batch(
            records=records,
            decided=decided,
            strangers=tuple(stranger.source for stranger in inbox.strangers),
            missing=inbox.missing,
            flags={id: flags[id] for id in ids if flags[id]},
            moved=tuple(move for id in ids for move in moves[id]),
            kept=kept,
            isolation=isolation,
            how=dict(how),
            changed=changed_since_build(lock, load_bank(bank)),
        )
        write_marks(lock, decided, results / "marks.csv")
        _write_batch(results, batch)
        return batch


def team_of(setup: Setup, cluster: Cluster | None, jobs: int | None, most: int) -> AbstractContextManager[Team]:
    """Who grades: *cluster*, or *jobs* processes here."""
    return Here(setup, jobs, most) if cluster is None else cluster.team(setup)


def _refuse_change(results: Path, terms: Terms) -> None:
    before = read_terms(results)
    changed = before.changed(terms) if before else []
    if changed:
        raise DlexamError(
            f"marking code changed since these marks were made ({', '.join(changed)})",
            file=results,
            mend="`dlexam regrade` it first: that marks again what is there, and lists every mark that moves",
        )


def _seconds(record: Record | None) -> float:
    """How long a submission took the last time; the slowest start first."""
    return sum(part.seconds for part in record.parts.values()) if record else 0.0


def _parts(lock: Lock, part: str | None) -> list[str]:
    names = [p.name for p in lock.parts]
    if part is None:
        return names
    if part not in names:
        raise DlexamError(f"no part {part!r} in this exam", mend=f"its parts are {', '.join(names)}")
    return [part]


def moved(before: Record | None, after: Record) -> Iterator[Moved]:
    """The slots whose points are no longer those of *before*."""
    if before is None:
        return
    for id, slot in after.slots.items():
        was = before.slots[id]
        if was.points != slot.points:
            said = slot.earlier[-1].because if len(slot.earlier) > len(was.earlier) else ""
            because = "a fault of the grader's" if was.outcome is Outcome.GRADER_ERROR else said
            yield Moved(after.student, id, was.points, slot.points, because)


def _write_batch(results: Path, batch: Batch) -> None:
    summary = {
        "isolation": str(batch.isolation),
        "missing": batch.missing,
        "strangers": batch.strangers,
        "flags": batch.flags,
    }
    write_atomic(results / "batch.json", json.dumps(summary, ensure_ascii=False, indent=1).encode())
