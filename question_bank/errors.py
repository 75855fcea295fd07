"""The one error that a user is meant to read."""

from __future__ import annotations

from pathlib import Path

__all__ = ["DlexamError"]


class DlexamError(Exception):
    """
    Expected trouble: bad input that its owner can mend.

    Its text is one line: *file*: *place*: *problem*; *mend*.

    Args:
        problem: what is wrong.
        file: the file that holds it.
        place: where in the file: a line, a key, a column, a student.
        mend: what to do next.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        place: str | None = None,
        mend: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = None if file is None else str(file)
        self.place = place
        self.mend = mend
        super().__init__(problem)

    def __str__(self) -> str:
        where = "".join(f"{part}: " for part in (self.file, self.place) if part)
        then = f"; {self.mend}" if self.mend else ""
        return " ".join(f"{where}{self.problem}{then}".split())
