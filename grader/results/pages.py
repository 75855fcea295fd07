"""All that is made of records and decisions for reading: marks.csv and the feedback pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grader.feedback import write_feedback
from grader.results.decisions import Decisions
from grader.results.decisions_csv import decisions_bytes, load_decisions, read_decisions
from grader.results.marks_csv import write_marks
from grader.results.origin import exam_of
from grader.results.records import Record, read_records
from grader.results.writer import only_writer
from papers.files import write_atomic
from papers.lock import Lock, load_figures, load_lock
from question_bank import DlexamError

__all__ = ["Results", "open_results", "take_decisions", "write_pages"]


class Results:
    """
    A class's records with the decisions laid over them.

    Args:
        records: by student, as they were graded.
    """

    def __init__(self, folder: Path, exam: Path, lock: Lock, records: Iterable[Record], decisions: Decisions) -> None:
        self.folder = folder
        self.exam = exam
        self.lock = lock
        self.records = {record.student: record for record in records}
        self.decisions = decisions

    @property
    def decided(self) -> dict[str, Record]:
        """By student, with the decisions laid over."""
        return {student: self.decisions.over(self.lock, record) for student, record in self.records.items()}


def open_results(folder: Path, exam: Path | None = None, *, decisions: Path | None = None) -> Results:
    """
    What `dlexam grade` wrote to *folder*.

    Args:
        exam: what `dlexam build` wrote; default: what the results name.
        decisions: a file of decisions to use instead of the results' own.

    Raises:
        DlexamError: something is missing, of another build, or the decisions are refused.
    """
    out = exam_of(folder, exam)
    lock = load_lock(out)
    records = list(read_records(folder))
    for record in records:
        if record.build != lock.build:
            problem = f"holds records of exam {record.exam!r}, build {record.build}, and {out} is build {lock.build}"
            raise DlexamError(problem, file=folder, mend="name the right exam with --exam")
    decided = read_decisions(decisions, lock) if decisions else load_decisions(folder, lock)
    return Results(folder, out, lock, records, decided)


def write_pages(results: Results) -> None:
    """Write marks.csv and every feedback page anew."""
    figures = load_figures(results.exam, results.lock)
    decided = results.decided
    for student, record in decided.items():
        comments = results.decisions.comments(student)
        write_feedback(results.lock, record, results.folder / "feedback", figures, comments)
    write_marks(results.lock, decided.values(), results.folder / "marks.csv")


def take_decisions(folder: Path, file: Path | None = None, exam: Path | None = None) -> Decisions:
    """
    Make *file* the `decisions.csv` of the results in *folder*, and write marks.csv and the feedback pages by it.

    Args:
        file: default: the one that is there.

    Raises:
        DlexamError: as `open_results`; the results are as they were then.
    """
    results = open_results(folder, exam, decisions=file)
    own = folder / "decisions.csv"
    with only_writer(folder):
        if file is not None and file.resolve() != own.resolve():
            write_atomic(own, decisions_bytes(results.decisions))
        write_pages(results)
    return results.decisions
