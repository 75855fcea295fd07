"""The one trusted writer: what earlier runs left below the results, and what this one adds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from grader.batch.one import Graded
from grader.feedback import write_feedback
from grader.results.answers import answers_file, read_answers
from grader.results.decisions import Decisions
from grader.results.decisions_csv import load_decisions
from grader.results.records import Record, read_record, record_file
from grader.results.transcripts import sealed, transcript_file, unsealed
from grader.submissions import SubmittedNotebook
from papers.files import write_atomic
from papers.lock import Lock, load_figures, read_secret
from question_bank import DlexamError

__all__ = ["Ledger"]


class Ledger:
    """
    A class's results.

    Args:
        results: their folder; `make` makes it.
        out: the built exam.
    """

    def __init__(self, results: Path, out: Path, lock: Lock) -> None:
        self.results = results
        self.lock = lock
        # what is wrong with the decisions is said before anything runs
        self.decisions: Decisions = load_decisions(results, lock)
        self._figures = load_figures(out, lock)
        self._secret = read_secret(out)

    def make(self) -> None:
        """Make the folders."""
        for folder in ("records", "answers", "transcripts", "feedback"):
            (self.results / folder).mkdir(parents=True, exist_ok=True)

    def old(self, student: str) -> Record | None:
        """
        The record that an earlier run left.

        Raises:
            DlexamError: it can't be read, or is of another exam.
        """
        file = record_file(self.results, student)
        if not file.exists():
            return None
        record = read_record(file)
        if (record.exam, record.build) != (self.lock.exam.id, self.lock.build):
            raise DlexamError(
                f"holds records of exam {record.exam!r}, build {record.build}",
                file=self.results,
                mend="give another folder with -o",
            )
        return record

    def transcripts(self, student: str) -> dict[str, bytes]:
        """By part: what student code answered; without those that are missing, cut or edited."""
        found = {}
        for part in self.lock.parts:
            try:
                data = transcript_file(self.results, student, part.name).read_bytes()
            except OSError:
                continue
            payload = unsealed(data, self._secret, student, part.name)
            if payload is not None:
                found[part.name] = payload
        return found

    def answers(self, record: Record) -> tuple[dict[str, SubmittedNotebook], tuple[str, ...]]:
        """
        By part: what *record*'s student handed in; and the parts of which that can't be said any more.

        Raises:
            DlexamError: a file of answers can't be read.
        """
        found, lost = {}, []
        for name, part in record.parts.items():
            file = answers_file(self.results, record.student, name)
            if part.answers is None:
                if part.status == "graded":
                    lost.append(name)
            elif file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == part.answers:
                notebook = read_answers(file)
                assert notebook is not None
                found[name] = notebook
            else:
                lost.append(name)
        return found, tuple(lost)

    def write(self, graded: Graded) -> None:
        """Write what is new, the record last: it vouches for the rest."""
        record = graded.record
        if not graded.kept:
            for part, data in graded.answers.items():
                write_atomic(answers_file(self.results, record.student, part), data)
            for part, payload in graded.transcripts.items():
                file = transcript_file(self.results, record.student, part)
                if payload:
                    write_atomic(file, sealed(payload, self._secret, record.student, part))
                else:
                    file.unlink(missing_ok=True)
            write_atomic(record_file(self.results, record.student), record.to_json().encode())
        self.page(record)

    def page(self, record: Record) -> None:
        """Write the feedback page."""
        comments: Mapping[str, str] = self.decisions.comments(record.student)
        decided = self.decisions.over(self.lock, record)
        write_feedback(self.lock, decided, self.results / "feedback", self._figures, comments)
