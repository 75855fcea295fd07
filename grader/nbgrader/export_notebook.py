"""The notebooks that the course folder gets: a student's paper as it was graded, and the assignment's source."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from grader.nbgrader.export_outputs import plain_text, safe_outputs
from grader.submissions import SubmittedNotebook, UnreadableNotebook, read_notebook
from papers.cells import answer_cell_id, cell_ids, given_cell_ids
from papers.lock import Lock, Slot, StudentPaper
from papers.notebook import Figures, notebook_bytes, student_notebook

__all__ = [
    "HandedCell",
    "comment_cell",
    "grade_cell",
    "graded_notebook",
    "handed_cells",
    "source_notebook",
    "stored_cells",
]

_TOOLS = ("form-check", "summary")
"""Cells that help who writes and stand in the way of who reads."""

_FITTING = "\n\n<style>#notebook img { max-width: 100%; height: auto; border: 0 }</style>"
"""nbgrader's pages show a picture in its full width, and frame it in red."""

NOT_HERE = (
    "The marks of this assignment come from dlexam, and its hidden tests are not here: do not autograde it. "
    "`dlexam export` brings marks and notebooks back."
)
"""What stands where nbgrader would look for tests. Without it, it would give full marks for anything."""


@dataclass(frozen=True)
class HandedCell:
    """
    A cell as a student handed it in.

    Args:
        id: ours, or None for a cell of their own.
        outputs: as they were, not to be trusted.
    """

    id: str | None
    kind: str
    source: str
    outputs: object = None


def grade_cell(slot: Slot) -> str:
    """The id of the cell that has *slot*'s points in nbgrader."""
    return answer_cell_id(slot) if slot.is_essay else f"{slot.id}-check"


def comment_cell(slot: Slot) -> str:
    """The id of the cell that has *slot*'s comment in nbgrader."""
    return answer_cell_id(slot)


def handed_cells(data: bytes, lock: Lock, part: str) -> list[HandedCell]:
    """The cells of the submitted notebook in *data*; none if it cannot be read."""
    ours = cell_ids(lock, part)
    try:
        notebook = read_notebook(data, name=part, ours=ours)
    except UnreadableNotebook:
        return []
    # the strict reader keeps every cell, in order, but no outputs
    raw = json.loads(data.decode("utf-8-sig"))["cells"]
    return [
        HandedCell(cell.id if cell.id in ours else None, cell.kind, cell.source, plain.get("outputs"))
        for cell, plain in zip(notebook.cells, raw, strict=True)
    ]


def stored_cells(stored: SubmittedNotebook | None, lock: Lock, part: str) -> list[HandedCell]:
    """The cells as the results keep them, without outputs."""
    ours = cell_ids(lock, part)
    cells = stored.cells if stored else ()
    return [HandedCell(cell.id if cell.id in ours else None, cell.kind, cell.source) for cell in cells]


def graded_notebook(
    lock: Lock, student: StudentPaper, part: str, handed: Sequence[HandedCell], *, figures: Figures
) -> bytes:
    """
    The notebook of *part* for formgrader: the frozen paper with the student's answers and outputs in it.

    What we hand out stands as it was handed out, in its order. A cell of the student's own follows the one that
    it followed. Only answers and own cells keep their outputs: a check cell's would pass for a grader's word.
    """
    notebook = student_notebook(lock, student, part, figures=figures)
    given = given_cell_ids(lock, part)
    answers: dict[str, HandedCell] = {}
    own: dict[str | None, list[HandedCell]] = {}
    last: str | None = None
    for cell in handed:
        if cell.id is None:
            if cell.source.strip():
                own.setdefault(last, []).append(cell)
            continue
        last = cell.id
        if cell.id not in given:
            answers.setdefault(cell.id, cell)
    cells = [_own(cell, f"own-0-{i}") for i, cell in enumerate(own.get(None, ()))]
    for number, cell in enumerate(notebook.cells, start=1):
        if cell["id"] in _TOOLS:
            continue
        if cell["id"] == "title":
            cell["source"] += _FITTING
        answer = answers.get(cell["id"])
        cells.append(cell if answer is None else _answered(cell, answer))
        cells += [_own(added, f"own-{number}-{i}") for i, added in enumerate(own.get(cell["id"], ()))]
    notebook.cells = cells
    return notebook_bytes(notebook)


def _answered(cell: Any, answer: HandedCell) -> Any:
    if cell["cell_type"] == "markdown":
        cell["source"] = plain_text(answer.source)
        return cell
    cell["source"] = answer.source
    cell["outputs"] = _nodes(safe_outputs(answer.outputs))
    return cell


def _own(cell: HandedCell, id: str) -> Any:
    if cell.kind == "code":
        new = nbformat.v4.new_code_cell(cell.source, outputs=_nodes(safe_outputs(cell.outputs)))  # type: ignore[no-untyped-call]
    else:
        new = nbformat.v4.new_markdown_cell(plain_text(cell.source))  # type: ignore[no-untyped-call]
    new["id"] = id
    return new


def _nodes(outputs: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [nbformat.from_dict(dict(output)) for output in outputs]  # type: ignore[no-untyped-call]


def source_notebook(lock: Lock, part: str) -> bytes:
    """
    The assignment's source, which formgrader must find to list it.

    Papers differ between students, so this one holds no question; its graded cells have the same ids and points.
    """
    language = lock.exam.languages[0]
    title = f"# {lock.exam.title[language]}: {part}\n\n{NOT_HERE}"
    cells: list[Any] = [_cell("title", "markdown", title, locked=True)]
    for slot in lock.slots_of(part):
        heading = f"### {slot.variable} · {slot.id} · {slot.question}"
        cells.append(_cell(f"{slot.id}-prompt", "markdown", heading, locked=True))
        if slot.is_essay:
            cells.append(_cell(answer_cell_id(slot), "markdown", "...", solution=True, grade=True, points=slot.points))
            continue
        cells.append(_cell(answer_cell_id(slot), "code", "...", solution=True))
        cells.append(_cell(grade_cell(slot), "code", guard(), grade=True, locked=True, points=slot.points))
    about = {"exam": lock.exam.id, "build": lock.build, "part": part, "stand_in": True}
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "dlexam": about,
    }
    plain = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return notebook_bytes(nbformat.from_dict(plain))  # type: ignore[no-untyped-call]


def guard() -> str:
    """The source of a check cell as the gradebook has it."""
    return f"raise RuntimeError({NOT_HERE!r})"


def _cell(id: str, kind: str, source: str, **role: Any) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "task": False, **role}
    cell = {
        "id": id,
        "cell_type": kind,
        "source": source,
        "metadata": {"nbgrader": {"schema_version": 3, "grade_id": id, **flags}},
    }
    return {**cell, "execution_count": None, "outputs": []} if kind == "code" else cell
