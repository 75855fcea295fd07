"""Which results went into a course, so that its marks find their way back."""

from __future__ import annotations

import json
import os
from pathlib import Path

from papers.files import write_atomic
from question_bank import DlexamError

__all__ = ["note_export", "results_of"]

_NOTE = Path("dlexam", "exports.json")


def note_export(course: Path, assignment: str, results: Path) -> None:
    """Note in *course* that *results* are the marks of *assignment*."""
    noted = _noted(course)
    try:
        path = os.path.relpath(results.resolve(), course.resolve())
    except ValueError:
        # another drive of Windows
        path = str(results.resolve())
    if noted.get(assignment) == path:
        return
    file = course / _NOTE
    file.parent.mkdir(exist_ok=True)
    write_atomic(file, (json.dumps({**noted, assignment: path}, ensure_ascii=False, indent=1) + "\n").encode())


def results_of(course: Path, assignment: str | None = None) -> dict[str, Path]:
    """
    The results that were exported to *course*, by assignment; only those of *assignment* if it is given.

    Raises:
        DlexamError: none are noted, or they are gone.
    """
    noted = {name: path for name, path in _noted(course).items() if assignment in (None, name)}
    if not noted:
        what = f"assignment {assignment!r} was not exported to it" if assignment else "nothing was exported to it"
        raise DlexamError(what, file=course, mend="run `dlexam export … --to nbgrader`, or name the --results")
    found = {name: Path(os.path.normpath(course / path)) for name, path in noted.items()}
    for name, path in found.items():
        if not path.is_dir():
            raise DlexamError(f"the results of {name} are no longer in {path}", file=course, mend="name the --results")
    return found


def _noted(course: Path) -> dict[str, str]:
    try:
        noted = json.loads((course / _NOTE).read_bytes())
    except (OSError, ValueError):
        return {}
    plain = noted if isinstance(noted, dict) else {}
    return {str(name): path for name, path in plain.items() if isinstance(path, str)}
