"""Marking again what was handed in: from stored answers and transcripts where they suffice, else by running it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.batch import Moved, moved, team_of
from grader.batch.one import Graded, Task
from grader.batch.team import Setup, work
from grader.grading.part import How
from grader.isolation import try_walls
from grader.results.ledger import Ledger
from grader.results.marks_csv import write_marks
from grader.results.origin import exam_of
from grader.results.records import Record, read_records
from grader.results.terms import Terms, read_terms, write_terms
from grader.results.writer import only_writer
from grader.sandbox import Isolation
from papers.lock import Lock, load_lock
from question_bank import DlexamError, load_bank

if TYPE_CHECKING:
    from grader.batch.cluster import Cluster

__all__ = ["Regraded", "regrade"]


@dataclass
class Regraded:
    """
    What a regrade changed.

    Args:
        records: one for every student with marks, in the order of their ids.
        moved: the slots whose points changed.
        how: how many slots' marks were kept, read, replayed and run.
        lost: by student: the parts whose answers are not stored, so that their marks stay as they are.
        changed: what marks otherwise than before.
        isolation: where student code ran; None if none had to.
    """

    records: tuple[Record, ...] = ()
    moved: tuple[Moved, ...] = ()
    how: Counter[How] = field(default_factory=Counter)
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    isolation: Isolation | None = None


def regrade(
    results: Path,
    *,
    exam: Path | None = None,
    slot: str | None = None,
    isolation: Isolation,
    bank: Path | None = None,
    jobs: int | None = None,
    cluster: Cluster | None = None,
    progress: Callable[[str, int, int], None] = lambda student, done, total: None,
) -> Regraded:
    """
    Mark the answers below *results* again with today's marking code.

    Nothing is run that need not: a typed answer is read again from what is stored, a code answer gets its marks
    from the transcript of what student code answered, as long as its hidden test asks the same.

    Args:
        exam: what `dlexam build` wrote; default: what the results name.
        slot: this slot alone; the others keep their marks.
        isolation: how student code is kept apart, where it has to run.
        bank: the folder of questions; default: the package's own.
        jobs: how many students at a time; default: one for each core.
        cluster: its workers grade, instead of processes here.
        progress: called with the student's id, how many are done, and how many there are.

    Raises:
        DlexamError: there are no marks, they are of another exam, or they can't be written.
    """
    out = exam_of(results, exam)
    lock, questions = load_lock(out), load_bank(bank)
    only = None if slot is None else {lock.slot(slot).id}
    before = read_terms(results)
    if before is None:
        raise DlexamError("holds no marks to be made again", file=results, mend="run `dlexam grade` first")
    now = Terms.now(lock, questions, before.limits)
    done = Regraded(changed=tuple(before.changed(now)))
    setup = Setup.of(lock, bank, isolation, before.limits)
    with only_writer(results):
        ledger = Ledger(results, out, lock)
        ledger.make()
        old = {record.student: record for record in read_records(results)}
        new = dict(old)
        unknown = sorted(old.keys() - {paper.id for paper in lock.students})
        if unknown:
            raise DlexamError(f"no student {unknown[0]!r} in {out}", file=results, mend="name the exam with --exam")

        def task(student: str, *, may_run: bool) -> Task:
            stored, lost = ledger.answers(old[student])
            if lost:
                done.lost[student] = lost
            known = ledger.transcripts(student)
            parts = [part.name for part in lock.parts]
            return Task(lock.student(student), parts, None, stored, old[student], known, only, may_run)

        def write(graded: Graded) -> None:
            ledger.write(graded)
            new[graded.record.student] = graded.record
            done.how.update(graded.how.values())

        to_run: list[str] = []
        finished = 0
        # without a process of the student's first: most regrades need none
        with team_of(setup, None, jobs, len(old)) as team:
            for asked, graded in work(team, lock, (task(student, may_run=False) for student in old)):
                if graded.must_run:
                    to_run.append(asked.paper.id)
                    continue
                write(graded)
                finished += 1
                progress(asked.paper.id, finished, len(old))
        if to_run:
            done.isolation = isolation
            if cluster is None:
                stored = next((results / "answers").glob("*.json"), results)
                try_walls(isolation, questions, lock, out, stored)
            slowest = sorted(to_run, key=lambda student: -sum(p.seconds for p in old[student].parts.values()))
            with team_of(setup, cluster, jobs, len(to_run)) as team:
                for asked, graded in work(team, lock, (task(student, may_run=True) for student in slowest)):
                    write(graded)
                    finished += 1
                    progress(asked.paper.id, finished, len(old))
        write_terms(results, _accepted(lock, before, now, only))
        write_marks(lock, (ledger.decisions.over(lock, record) for record in new.values()), results / "marks.csv")
    done.records = tuple(new.values())
    done.moved = tuple(move for student, record in new.items() for move in moved(old[student], record))
    return done


def _accepted(lock: Lock, before: Terms, now: Terms, only: Collection[str] | None) -> Terms:
    """The terms that all marks are now made with: of a question only if all its slots were marked again."""
    if only is None:
        return now
    left = {slot.question for slot in lock.slots if slot.id not in only}
    known = {name: hash for name, hash in now.marking.items() if name not in left and "/" in name}
    return before.model_copy(update={"marking": {**before.marking, **known}})
