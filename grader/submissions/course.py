"""Submissions as nbgrader keeps them: `submitted/STUDENT/ASSIGNMENT/`, several assignments side by side."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from grader.submissions.entry import Entry
from question_bank import DlexamError

__all__ = ["of_assignments", "submitted_folder"]

_COURSE = ("nbgrader_config.py", "gradebook.db")
_SUBMITTED = "submitted"
_ITS_OWN = "timestamp.txt"


def submitted_folder(path: Path) -> Path | None:
    """The folder of submissions, if *path* is an nbgrader course or that folder of one; else None."""
    if path.name == _SUBMITTED and path.is_dir():
        course, folder = path.resolve().parent, path
    else:
        course, folder = path, path / _SUBMITTED
    is_course = folder.is_dir() and any((course / name).is_file() for name in _COURSE)
    return folder if is_course else None


def of_assignments(entries: Sequence[Entry], names: Collection[str], folder: Path) -> list[Entry]:
    """
    The *entries* of *folder* that belong to an assignment in *names*, as if each student had handed in only those.

    Raises:
        DlexamError: nobody handed in any of them.
    """
    ours = [entry for entry in entries if len(entry.parts) > 1 and entry.parts[1] in names]
    if not ours:
        there = sorted({entry.parts[1] for entry in entries if len(entry.parts) > 2})
        found = f"there are submissions of {', '.join(there[:5])}" if there else "there are no submissions at all"
        wanted = " or ".join(sorted(names)[:1])
        raise DlexamError(f"nobody handed in {wanted!r}", file=folder, mend=f"{found}; name one with --assignment")
    return [
        replace(entry, parts=(entry.parts[0], *entry.parts[2:]))
        for entry in ours
        if len(entry.parts) > 2 and entry.parts[2:] != (_ITS_OWN,)
    ]
