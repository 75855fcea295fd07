"""Build from files, as the command line and the demo do."""

from __future__ import annotations

from pathlib import Path

from papers.build import BuildReport, build
from papers.exam import read_exam
from papers.roster import read_roster
from question_bank import DlexamError, load_bank

__all__ = ["build_files"]


def build_files(
    exam: Path, roster: Path, out: Path, *, encoding: str = "utf-8-sig", bank: Path | None = None
) -> BuildReport:
    """
    Build the exam in the file *exam* for the students in the file *roster*.

    Raises:
        DlexamError: one of the files is wrong, or *out* holds something else.
    """
    plan = read_exam(exam)
    try:
        return build(plan, read_roster(roster, encoding=encoding), out, load_bank(bank))
    except DlexamError as error:
        if error.file is not None:
            raise
        # what names no file is wrong with the plan: a question that is not there, a pick too large
        raise DlexamError(error.problem, file=exam, place=error.place, mend=error.mend) from None
