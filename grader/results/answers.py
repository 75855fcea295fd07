"""What was handed in, as it was read: stored beside the records, so that it can be marked again."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from grader.submissions import SubmittedNotebook
from grader.submissions.notebook import Cell
from question_bank import DlexamError

__all__ = ["answers_file", "answers_json", "read_answers"]


class _Cell(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str | None
    kind: Literal["code", "markdown", "raw"]
    source: str


class _Answers(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal[1] = 1
    name: str
    sha256: str
    cells: list[_Cell]


def answers_file(results: Path, student: str, part: str) -> Path:
    """Where the answers of that part stand below *results*."""
    return results / "answers" / f"{student}.{part}.json"


def answers_json(notebook: SubmittedNotebook) -> bytes:
    """The cells of *notebook* in their order, as the bytes of its file."""
    cells = [_Cell(id=cell.id, kind=cell.kind, source=cell.source) for cell in notebook.cells]
    answers = _Answers(name=notebook.name, sha256=notebook.sha256, cells=cells)
    return (answers.model_dump_json(indent=1) + "\n").encode()


def read_answers(file: Path) -> SubmittedNotebook | None:
    """
    The notebook whose cells *file* holds; None if there is no such file.

    Raises:
        DlexamError: it holds something else.
    """
    try:
        answers = _Answers.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DlexamError(first["msg"], file=file, place=place, mend="delete it, then `dlexam grade` again") from None
    cells = tuple(Cell(cell.id, cell.kind, cell.source) for cell in answers.cells)
    return SubmittedNotebook(cells, None, None, None, None, (), answers.name, answers.sha256)
