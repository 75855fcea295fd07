"""Build from files, as the command line and the demo do."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from papers.build import BuildReport, build
from papers.course import build_course
from papers.exam import read_exam
from papers.roster import read_roster
from question_bank import DlexamError, load_bank

__all__ = ["Format", "build_files"]

Format = Literal["notebook", "nbgrader"]
"""What a build writes: a notebook for each student, or an nbgrader course."""


def build_files(
    exam: Path,
    roster: Path,
    out: Path,
    *,
    encoding: str = "utf-8-sig",
    bank: Path | None = None,
    form: Format = "notebook",
    forms: int | None = None,
) -> BuildReport:
    """
    Build the exam in the file *exam* for the students in the file *roster*.

    Args:
        form: for `nbgrader`, *out* is the course's folder.
        forms: how many forms of the exam an nbgrader course has; default: one for everybody.

    Raises:
        DlexamError: one of the files is wrong, or *out* holds something else.
    """
    if forms is not None and form != "nbgrader":
        raise DlexamError("forms go with an nbgrader course", mend="add --format nbgrader, or leave out --forms")
    plan = read_exam(exam)
    try:
        students = read_roster(roster, encoding=encoding)
        if form == "nbgrader":
            return build_course(plan, students, out, load_bank(bank), forms=forms or 1)
        return build(plan, students, out, load_bank(bank))
    except DlexamError as error:
        if error.file is not None:
            raise
        # what names no file is wrong with the plan: a question that is not there, a pick too large
        raise DlexamError(error.problem, file=exam, place=error.place, mend=error.mend) from None
