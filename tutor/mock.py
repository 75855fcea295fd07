"""A mock exam: the notebooks that `dlexam build` would make, with a desk at their end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from papers import Exam
from papers.exam import Language
from papers.hashes import shared_marking_hash
from papers.lock import Lock, Slot, StudentPaper, data_of
from papers.notebook import solved_notebook, student_notebook
from papers.pool import draw_slots
from question_bank import Bank
from question_bank.errors import DlexamError
from tutor.desk import label
from tutor.notebook import code_cell, desk_source, markdown_cell
from tutor.words import say

__all__ = ["MockPart", "mock_parts"]

# no exam's own secret: everybody may know what the mock asks
_SECRET = b"mock"


@dataclass(frozen=True)
class MockPart:
    """
    One part of the mock in one language.

    Args:
        files: the data files that must lie beside it.
    """

    name: str
    paper: NotebookNode
    solved: NotebookNode
    files: dict[str, bytes]


def mock_parts(exam: Exam, language: Language, bank: Bank) -> Iterator[MockPart]:
    """
    The parts of the mock of *exam*; the same questions in either language.

    Raises:
        DlexamError: the exam names what is not in the bank, or has no title in *language*.
    """
    if language not in exam.title:
        raise DlexamError(f"no title in language {language!r}", place="title", mend="write one for ko and en")
    exam = exam.model_copy(update={"language": language, "variants": 1})
    drawn = draw_slots(exam, _SECRET, bank)
    anybody = StudentPaper(id="", name="", seat=None, deal={slot.id: 0 for slot in drawn.slots})
    lock = Lock(
        exam=exam,
        build="mock",
        parts=tuple(drawn.parts),
        slots=tuple(drawn.slots),
        students=(anybody,),
        marking_hash=shared_marking_hash(),
        dlexam="mock",
    )
    for part in lock.parts:
        desk = _desk(lock.slots_of(part.name), language, bank)
        paper, solved = (
            make(lock, anybody, part.name, figures=drawn.figures) for make in (student_notebook, solved_notebook)
        )
        for notebook in (paper, solved):
            notebook.cells += desk
        yield MockPart(part.name, paper, solved, data_of(lock, part.name))


def _desk(slots: Sequence[Slot], language: Language, bank: Bank) -> list[NotebookNode]:
    asked = {slot.variable: label(bank[slot.question], slot.pool[0].seed) for slot in slots}
    cells = [
        markdown_cell("after", say("after exam", language)),
        code_cell("after-setup", desk_source(asked, language)),
        code_cell("after-check", "check()"),
    ]
    return [nbformat.from_dict(cell) for cell in cells]  # type: ignore[no-untyped-call]
