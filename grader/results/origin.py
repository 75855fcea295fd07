"""Where results come from: the exam they are marks of, and the submissions that were graded."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from papers.files import write_atomic
from question_bank import DlexamError

__all__ = ["Origin", "exam_of", "note_origin", "read_origin"]

_NAME = "origin.json"


@dataclass(frozen=True)
class Origin:
    """
    The folders that a batch was given.

    Args:
        exam: what `dlexam build` wrote.
        submissions: what was graded, the last first.
    """

    exam: Path
    submissions: tuple[Path, ...]


def note_origin(results: Path, exam: Path, submissions: Path) -> None:
    """Note in *results* what they are made of, relative to them, so that all of it can be moved together."""
    before = read_origin(results)
    earlier = before.submissions if before else ()
    given = [submissions, *(path for path in earlier if path.resolve() != submissions.resolve())]
    plain = {"exam": _relative(exam, results), "submissions": [_relative(path, results) for path in given]}
    write_atomic(results / _NAME, (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode())


def read_origin(results: Path) -> Origin | None:
    """What *results* are made of; None if they do not say."""
    try:
        plain = json.loads((results / _NAME).read_bytes())
        exam, submissions = plain["exam"], plain["submissions"]
        paths = tuple(_below(results, path) for path in submissions)
        return Origin(_below(results, exam), paths)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def exam_of(results: Path, given: Path | None = None) -> Path:
    """
    The built exam of *results*: the one *given*, else the one that they name.

    Raises:
        DlexamError: neither is there.
    """
    if given is not None:
        return given
    if not results.is_dir():
        raise DlexamError("no such folder", file=results, mend="give the folder that `dlexam grade` wrote with -o")
    origin = read_origin(results)
    if origin is None:
        raise DlexamError("does not say which exam it is of", file=results, mend="name what was built with --exam")
    if not origin.exam.is_dir():
        raise DlexamError(f"the exam is no longer in {origin.exam}", file=results, mend="name it with --exam")
    return origin.exam


def _relative(path: Path, results: Path) -> str:
    try:
        return os.path.relpath(path.resolve(), results.resolve())
    except ValueError:
        # another drive of Windows
        return str(path.resolve())


def _below(results: Path, path: str) -> Path:
    return Path(os.path.normpath(results / path))
