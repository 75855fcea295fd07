"""A class: every submission to its record, several at a time, each result written once."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.feedback import write_feedback
from grader.limits import TimeLimits
from grader.marks_csv import write_marks
from grader.one import Graded, Worker
from grader.pool import worker_pool
from grader.records import Record, read_record, record_file
from grader.sandbox import Isolation
from grader.submissions import read_inbox
from papers.files import write_atomic
from papers.hashes import shared_marking_hash
from papers.lock import Lock, load_figures, load_lock
from question_bank import Bank, DlexamError, load_bank

__all__ = ["Batch", "Moved", "grade_batch"]


@dataclass(frozen=True)
class Moved:
    """A slot whose mark differs from an earlier run's."""

    student: str
    slot: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Batch:
    """
    What came of a class.

    Args:
        records: one for every student of the roster, in its order.
        strangers: submissions without a student, as named.
        missing: ids of students without a submission.
        flags: by student id: what the TA should know.
        moved: slots whose marks changed since the last run.
        kept: how many students needed no second run.
    """

    records: tuple[Record, ...]
    strangers: tuple[str, ...]
    missing: tuple[str, ...]
    flags: dict[str, tuple[str, ...]]
    moved: tuple[Moved, ...]
    kept: int
    isolation: Isolation


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
    regrade: bool = False,
    progress: Callable[[str, int, int], None] = lambda student, done, total: None,
) -> Batch:
    """
    Grade *submissions* with the papers in *out* and write records, marks and feedback below *results*.

    What an earlier run has finished is not run again.

    Args:
        bank: the folder of questions; default: the package's own.
        part: grade this part only and leave the other parts' marks as they are.
        jobs: how many students at a time; default: one for each core.
        regrade: marking code that has changed since the papers were built is meant.
        progress: called with the student's id, how many are done, and how many there are.

    Raises:
        DlexamError: the lock, the submissions or the results are not what they should be.
    """
    lock = load_lock(out)
    parts = _parts(lock, part)
    changed = changed_marking(lock, load_bank(bank))
    if changed and not regrade:
        raise DlexamError(
            f"marking code changed since the papers were built ({', '.join(changed)})",
            file=out,
            mend="regrade: run the same command with --regrade, and every changed mark is listed",
        )
    inbox = read_inbox(submissions, lock.students)
    found = {item.student_id: item for item in inbox.found}
    old = {paper.id: _old_record(results, paper.id, lock) for paper in lock.students}
    figures = load_figures(out, lock)
    for folder in ("records", "answers", "feedback"):
        (results / folder).mkdir(parents=True, exist_ok=True)
    jobs = min(jobs or os.cpu_count() or 1, max(1, len(found)))
    because = "marking code changed" if regrade else "graded again"
    done: dict[str, Graded] = {}
    with worker_pool(jobs, _open_worker, out, bank, isolation, limits or TimeLimits()) as submit:
        futures = {
            submit(_grade, paper.id, found.get(paper.id), old[paper.id], parts, because): paper.id
            for paper in lock.students
        }
        try:
            for future in as_completed(futures):
                student = futures[future]
                done[student] = future.result()
                _write(lock, figures, results, done[student])
                progress(student, len(done), len(futures))
        except BrokenProcessPool as error:
            raise DlexamError(
                "a grading process was killed, perhaps for want of memory",
                mend="run the same command again: finished students are kept; --jobs 1 needs least memory",
            ) from error
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    records = tuple(done[paper.id].record for paper in lock.students)
    batch = Batch(
        records=records,
        strangers=tuple(stranger.source for stranger in inbox.strangers),
        missing=inbox.missing,
        flags={r.student: f for r in records if (f := tuple(x for p in r.parts.values() for x in p.flags))},
        moved=tuple(_moved(old, records)),
        kept=sum(graded.kept for graded in done.values()),
        isolation=isolation,
    )
    write_marks(lock, records, results / "marks.csv")
    _write_batch(results, batch)
    return batch


def changed_marking(lock: Lock, bank: Bank) -> list[str]:
    """The questions (or `answer kinds`) whose marking code is not the one that *lock* was built with."""
    changed = [] if shared_marking_hash() == lock.marking_hash else ["answer kinds"]
    questions = {slot.question: slot.marking_hash for slot in lock.slots}
    return changed + [id for id, hash in questions.items() if bank[id].marking_hash() != hash]


def _parts(lock: Lock, part: str | None) -> list[str]:
    names = [p.name for p in lock.parts]
    if part is None:
        return names
    if part not in names:
        raise DlexamError(f"no part {part!r} in this exam", mend=f"its parts are {', '.join(names)}")
    return [part]


def _old_record(results: Path, student: str, lock: Lock) -> Record | None:
    file = record_file(results, student)
    if not file.exists():
        return None
    record = read_record(file)
    if (record.exam, record.build) != (lock.exam.id, lock.build):
        raise DlexamError(
            f"holds records of exam {record.exam!r}, build {record.build}",
            file=results,
            mend="give another folder with -o",
        )
    return record


@contextmanager
def _open_worker(*setup: Any) -> Iterator[Worker]:
    worker = Worker(*setup)
    with worker.workshop:
        yield worker


def _grade(worker: Worker, *task: Any) -> Graded:
    return worker.grade(*task)


def _write(lock: Lock, figures: Mapping[str, bytes], results: Path, graded: Graded) -> None:
    record = graded.record
    if not graded.kept:
        for part, cells in graded.sources.items():
            text = json.dumps(cells, ensure_ascii=False, indent=1)
            write_atomic(results / "answers" / f"{record.student}.{part}.json", text.encode())
        write_atomic(record_file(results, record.student), record.to_json().encode())
    write_feedback(lock, record, results / "feedback", figures)


def _moved(old: dict[str, Record | None], records: tuple[Record, ...]) -> Iterator[Moved]:
    for record in records:
        before = old[record.student]
        for id, slot in record.slots.items() if before is not None else ():
            if before is not None and before.slots[id].points != slot.points:
                yield Moved(record.student, id, before.slots[id].points, slot.points)


def _write_batch(results: Path, batch: Batch) -> None:
    summary = {
        "isolation": str(batch.isolation),
        "missing": batch.missing,
        "strangers": batch.strangers,
        "flags": batch.flags,
    }
    write_atomic(results / "batch.json", json.dumps(summary, ensure_ascii=False, indent=1).encode())
