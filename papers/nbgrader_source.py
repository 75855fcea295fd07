"""One form of an exam's part as nbgrader wants its sources: solutions and hidden tests in marked regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from papers.form_check import SOURCE
from papers.lock import Lock, PooledVariant, Slot, StudentPaper
from papers.notebook import Figures, right_source, student_notebook
from papers.stamp import stamp_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["source_notebook"]

_SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
_HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


def source_notebook(lock: Lock, form: int, part: str, *, figures: Figures, alike: bool) -> NotebookNode:
    """
    The source of *part* for everybody who is dealt *form*, counted from 0.

    nbgrader strips it to what `student_notebook` makes of that form. A hidden region names exam, slot and
    variant, never an answer: it is put back when nbgrader marks, and finds the rest in the lock.

    Args:
        figures: PNGs by SHA-256.
        alike: there is only this form.
    """
    deal = {slot.id: form % len(slot.pool) for slot in lock.slots}
    anybody = StudentPaper(id="", name="", seat=None, deal=deal)
    notebook = student_notebook(lock, anybody, part, figures=figures, alike=alike)
    del notebook.metadata.dlexam["student"]
    cells = {cell.id: cell for cell in notebook.cells}
    for slot in lock.slots_of(part):
        variant = slot.pool[deal[slot.id]]
        answer = cells[f"{slot.id}-answer"]
        answer.source = _answer(slot, variant)
        if not slot.is_essay:
            check = cells[f"{slot.id}-check"]
            check.source = _check(lock, slot, variant, check.source)
    cells["form-check"].source = _strict(cells["form-check"].source)
    return notebook


def _answer(slot: Slot, variant: PooledVariant) -> str:
    """The untouched cell, and a solution region that nbgrader cuts away."""
    begin, end = _SOLUTION
    untouched, right = variant.untouched(slot.variable).strip("\n"), right_source(slot, variant).strip("\n")
    quotes = next((q for q in ("'''", '"""') if slot.is_code and q not in untouched), None)
    if quotes is None:
        return "\n".join([untouched, begin, right, end])
    # a starter may raise by intention (there is a fault to find), so in the source it must not run
    note = "# The starter is a text here, so that it does not run: its fault may be what is asked for"
    return "\n".join([begin, note, f"r{quotes}", end, untouched, begin, quotes, right, end])


def _check(lock: Lock, slot: Slot, variant: PooledVariant, visible: str) -> str:
    """
    The *visible* form check, before which a hidden region puts the grader's own in its place.

    So the cell ends in the grader's number, whatever a student has done to `check_form`.
    """
    stamp = stamp_of(lock, slot, variant, hidden=slot.marking_hash, shared=lock.marking_hash)
    label = f"{lock.exam.id}/{slot.id}/{variant.code}"
    begin, end = _HIDDEN
    hidden = [
        "from grader.nbgrader.cell import marking",
        "",
        f'check_form = marking(globals(), "{label}", "{stamp}")',
    ]
    return "\n".join([begin, *hidden, end, visible])


def _strict(source: str) -> str:
    """
    *source* of the form check, made to warn on stderr of a wrong form while `nbgrader validate` runs.

    A cell passes there unless it fails or writes to stderr; an exception would show the checker's inside.
    """
    once = "        print(f\"{variable}: {' / '.join(said)}\")\n"
    if SOURCE.count(once) != 1:
        raise AssertionError("the form check prints otherwise than expected")
    warn = (
        '        good = {"number", "quoted number", "term", "choice", "choices", "order", "fields"}\n'
        '        bad = key not in good | {"expression", "defined", "essay"}\n'
        '        stream = sys.stderr if bad and "NBGRADER_VALIDATING" in os.environ else sys.stdout\n'
        "        print(f\"{variable}: {' / '.join(said)}\", file=stream)\n"
    )
    where = "    import dis\n"
    return source.replace(once, warn).replace(where, f"{where}    import os\n    import sys\n", 1)
