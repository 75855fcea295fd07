"""Which of a student's notebooks is which part of the exam."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from grader.submissions.files import SubmittedFile
from grader.submissions.inbox import Found
from grader.submissions.names import fold, listed, natural, stem
from grader.submissions.notebook import SubmittedNotebook, UnreadableNotebook, read_notebook

__all__ = ["Parts", "pick_parts"]

_BY_METADATA, _BY_NAME, _BY_START, _BY_WORD = range(4)


class Parts(dict[str, SubmittedNotebook | UnreadableNotebook]):
    """
    What counts for each part that something was handed in for.

    Attributes:
        flags: on files that belong to no part; flags on a part's own notebooks lie with what was picked.
    """

    def __init__(self, picked: dict[str, SubmittedNotebook | UnreadableNotebook], flags: Iterable[str] = ()) -> None:
        super().__init__(picked)
        self.flags = tuple(flags)


@dataclass(frozen=True)
class _Candidate:
    """A file that may count for a part, and why."""

    part: str
    how: int
    file: SubmittedFile
    read: SubmittedNotebook | UnreadableNotebook
    of_another: bool = False
    refused: bool = False

    def rank(self) -> tuple[bool, bool, bool, int, bool]:
        """Smaller is better."""
        unreadable = isinstance(self.read, UnreadableNotebook) and not self.refused
        named = fold(stem(self.file.name)) == fold(self.part)
        return self.refused, self.of_another, unreadable, self.how, not named


def pick_parts(
    found: Found, parts: Sequence[str], *, exam: str | None = None, ours: Container[str] | None = None
) -> Parts:
    """
    The notebook that counts for each of *parts*, or why it cannot be read.

    What a notebook says of itself decides its part; if it says nothing, or cannot be read, the name of its
    file does. Of several for one part, one that is not another student's comes first, then one that can be
    read, then the one that says it is this part, then the one that is named after it, then the one whose name
    sorts last. What is picked carries a flag that names the others, unless their cells are the same.

    Args:
        parts: names of the parts to look for.
        exam: the exam's id; a notebook that says it is of another exam is unreadable as this one.
        ours: the ids of the cells that we handed out, for `read_notebook`.
    """
    rivals: dict[str, list[_Candidate]] = {}
    flags: list[str] = []
    for file in found.files:
        candidate = _candidate(file, found.student_id, parts, exam, ours)
        if isinstance(candidate, str):
            flags.append(candidate)
        else:
            rivals.setdefault(candidate.part, []).append(candidate)
    return Parts({part: _best(rivals[part]) for part in parts if part in rivals}, flags)


def _candidate(
    file: SubmittedFile,
    student: str | None,
    parts: Sequence[str],
    exam: str | None,
    ours: Container[str] | None,
) -> _Candidate | str:
    """The candidate that *file* is, or the sentence that says why it is none."""
    by_name = _part_by_name(stem(file.name), parts, student)
    try:
        notebook = _read(file, ours)
    except UnreadableNotebook as unreadable:
        if by_name is None:
            return f"{unreadable}; its name names no part"
        return _Candidate(*by_name, file, unreadable)

    belongs = by_name
    if notebook.part is not None:
        belongs = next(((part, _BY_METADATA) for part in parts if fold(part) == fold(notebook.part)), None)
    if exam is not None and notebook.exam is not None and fold(notebook.exam) != fold(exam):
        wrong = _of_another_exam(notebook, exam)
        return str(wrong) if belongs is None else _Candidate(*belongs, file, wrong, refused=True)
    if belongs is None:
        says = f"says it is part '{notebook.part}'" if notebook.part else "does not say which part it is"
        return f"{file.name} {says} and is not marked"
    if notebook.part is None:
        flag = f"{file.name} does not say which part it is; by its name it is '{belongs[0]}'"
        notebook = replace(notebook, flags=(*notebook.flags, flag))
    of_another = student is not None and notebook.student is not None and notebook.student != student
    return _Candidate(*belongs, file, notebook, of_another=of_another)


def _read(file: SubmittedFile, ours: Container[str] | None) -> SubmittedNotebook:
    if file.problem is not None:
        raise UnreadableNotebook(file.problem, file=file.name, mend="ask the student to hand it in again")
    notebook = read_notebook(file.data, name=file.name, ours=ours)
    if (
        ours is not None
        and notebook.cells
        and not any(cell.id is not None and cell.id in ours for cell in notebook.cells)
    ):
        # an answer of which nobody knows the question is no blank answer
        problem = "has lost the ids of all its cells, as when it was opened in Colab"
        mend = "ask for the file as Jupyter saved it, or mark it by hand in decisions.csv"
        raise UnreadableNotebook(problem, file=file.name, mend=mend, sha256=notebook.sha256)
    return notebook


def _of_another_exam(notebook: SubmittedNotebook, exam: str) -> UnreadableNotebook:
    problem = f"is of exam '{notebook.exam}', not of '{exam}'"
    return UnreadableNotebook(
        problem,
        file=notebook.name,
        mend="ask the student for the right notebook",
        flags=(f"refused: {notebook.name} {problem}",),
        sha256=notebook.sha256,
    )


def _part_by_name(name: str, parts: Sequence[str], student: str | None) -> tuple[str, int] | None:
    """The part that a file's *name*, without its suffix, speaks of, and how plainly."""
    text = fold(name)
    if student is not None:
        text = text.removeprefix(fold(student)).lstrip(" ._-") or text
    for part in parts:
        if text == fold(part):
            return part, _BY_NAME
    starts = [part for part in parts if text.startswith(fold(part))]
    if starts:
        return max(starts, key=len), _BY_START
    words = [part for part in parts if re.search(rf"(?<![a-z0-9]){re.escape(fold(part))}(?![a-z0-9])", text)]
    return (words[0], _BY_WORD) if len(words) == 1 else None


def _best(candidates: list[_Candidate]) -> SubmittedNotebook | UnreadableNotebook:
    last_first = sorted(candidates, key=lambda candidate: natural(candidate.file.name), reverse=True)
    first, *others = sorted(last_first, key=_Candidate.rank)
    flags = []
    rest = [other.file.name for other in others if not other.refused and not _same(first, other)]
    if rest:
        flags.append(f"several notebooks for '{first.part}': {first.file.name} counts, not {listed(rest)}")
    flags += [flag for other in others if other.refused for flag in other.read.flags]
    return _with_flags(first.read, flags)


def _same(one: _Candidate, other: _Candidate) -> bool:
    if isinstance(one.read, SubmittedNotebook) and isinstance(other.read, SubmittedNotebook):
        return one.read.cells == other.read.cells
    return bool(one.file.sha256) and one.file.sha256 == other.file.sha256


def _with_flags(
    read: SubmittedNotebook | UnreadableNotebook, flags: Sequence[str]
) -> SubmittedNotebook | UnreadableNotebook:
    if isinstance(read, SubmittedNotebook):
        return replace(read, flags=(*read.flags, *flags))
    read.flags = (*read.flags, *flags)
    return read
