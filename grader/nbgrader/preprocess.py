"""Steps of nbgrader's own pipelines, in place of those that lose a student's work or give marks away."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry, SourceCell
from nbgrader.preprocessors import ClearSolutions, DeduplicateIds, NbGraderPreprocessor

from grader.feedback.words import NOTES
from grader.nbgrader.cell import METADATA
from grader.results.records import OPEN, Outcome

__all__ = ["OURS", "ClearToUntouched", "LayOut", "OnlyOurMarks", "WaitForPerson", "WithoutTools"]

Converted = tuple[NotebookNode, Any]
OURS = "from grader.nbgrader.cell import marking"
"""What stands in the hidden region of each check of ours, and in no other cell."""


class ClearToUntouched(ClearSolutions):  # type: ignore[misc]
    """In our notebooks the untouched cell stands beside the solution region, so nothing takes that one's place."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> Converted:
        """Clear the solutions of *nb*."""
        stubs: tuple[Any, Any] = self.code_stub, self.text_stub  # type: ignore[has-type]
        if METADATA in nb.metadata:
            self.code_stub, self.text_stub = {**stubs[0], "python": ""}, ""
        try:
            cleared: Converted = super().preprocess(nb, resources)
        finally:
            self.code_stub, self.text_stub = stubs
        return cleared


class LayOut(NbGraderPreprocessor):  # type: ignore[misc]
    """
    Puts a submission into the order in which answers can be marked; stands where `DeduplicateIds` stood.

    Cells are known by nbgrader's id or, where a tool has dropped that, by their own. Of copies the first counts.
    The given code cells come from the gradebook, whatever a student did to them: those that stand before the
    first answer first, each check right below its answer. Everything else stays where it is.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> Converted:
        """Lay out *nb*; a notebook of an assignment that is not ours gets what nbgrader would have done."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            try:
                known = gradebook.find_notebook(about["notebook"], about["assignment"])
            except MissingEntry:
                return nb, resources
            if not any(OURS in cell.source for cell in known.source_cells):
                theirs: Converted = DeduplicateIds(parent=self).preprocess(nb, resources)
                return theirs
            cells = {cell.name: cell for cell in known.source_cells}
            points = {cell.name: cell.max_score for cell in known.grade_cells}
            answers = {cell.name for cell in known.solution_cells}
            metadata = {id: _metadata(cell, points.get(id), id in answers) for id, cell in cells.items()}
            given = {id: cell for id, cell in cells.items() if cell.cell_type == "code" and id not in answers}
            _recognise(nb, metadata)
            nb.cells = list(_laid_out(nb.cells, cells, given, metadata))
        return nb, resources


def _metadata(cell: SourceCell, points: float | None, is_answer: bool) -> dict[str, Any]:
    role: dict[str, Any] = {"grade": points is not None, "solution": is_answer, "locked": cell.locked, "task": False}
    if points is not None:
        role["points"] = points
    about = {"schema_version": 3, "grade_id": cell.name, "cell_type": cell.cell_type, "checksum": cell.checksum}
    return {**about, **role}


def _recognise(nb: NotebookNode, metadata: Mapping[str, Mapping[str, Any]]) -> None:
    """Give each cell that is one of ours its metadata back, once; take nbgrader's from all others."""
    seen: set[str] = set()
    for cell in nb.cells:
        held = cell.metadata.pop("nbgrader", None)
        grade_id = held.get("grade_id") if isinstance(held, dict) else None
        id = next((id for id in (cell.get("id"), grade_id) if id in metadata), None)
        if id is not None and id not in seen:
            seen.add(id)
            cell.metadata.nbgrader = from_dict(dict(metadata[id]))  # type: ignore[no-untyped-call]


def _id(cell: NotebookNode) -> str | None:
    id: str | None = cell.metadata.get("nbgrader", {}).get("grade_id")
    return id


def _laid_out(
    cells: list[NotebookNode],
    source: Mapping[str, SourceCell],
    given: Mapping[str, SourceCell],
    metadata: Mapping[str, Mapping[str, Any]],
) -> Iterator[NotebookNode]:
    def fresh(id: str) -> NotebookNode:
        make: Any = new_code_cell if source[id].cell_type == "code" else new_markdown_cell
        cell: NotebookNode = make(source[id].source, id=id, metadata={"nbgrader": dict(metadata[id])})
        return cell

    checks = {id for id in given if metadata[id]["grade"]}
    others = [id for id in given if id not in checks]
    first = [id for id in others if id != "summary"]
    there = {_id(cell) for cell in cells}
    for cell in cells:
        id = _id(cell)
        if id in given:
            continue
        if first and (cell.cell_type == "code" or id not in (None, "title")):
            yield from map(fresh, first)
            first = []
        if id is not None and metadata[id]["grade"] and _is_untouched(cell.source, source[id].source):
            # its checksum then tells nbgrader that nobody answered
            cell.source = source[id].source
        yield cell
        check = f"{str(id).removesuffix('-answer')}-check"
        if id is not None and check in checks:
            yield fresh(check)
            checks.discard(check)
    yield from map(fresh, first)
    yield from (fresh(id) for id in given if id in checks)
    yield from (fresh(id) for id in source if metadata[id]["grade"] and id not in given and id not in there)
    yield from (fresh(id) for id in others if id == "summary")


def _is_untouched(source: str, released: str) -> bool:
    return source.strip() in ("", "...", released.strip())


class OnlyOurMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """
    Leaves of a check's outputs our lines and our number, which nbgrader would else add to, or read past.

    Without a number from 0 to the cell's points it is 0: nbgrader itself gives full marks for no output, for NaN,
    for a negative number and for anything that is no number, and none for one line on stderr.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: Any, cell_index: int) -> Converted:  # noqa: ARG002
        """Filter the outputs of *cell* if it is a check of ours."""
        if not _is_check(cell) or OURS not in cell.source:
            return cell, resources
        ours = [output for output in cell.outputs if METADATA in output.get("metadata", {})][-1:]
        numbers = [output for output in cell.outputs if _points(output, cell) is not None]
        if ours and numbers:
            cell.outputs = [*ours, numbers[-1]]
            return cell, resources
        late = any(output.get("ename") == "CellTimeoutError" for output in cell.outputs)
        outcome = Outcome.TIMED_OUT if late else Outcome.GRADER_ERROR
        text = "\n".join(f"- {sentence}" for sentence in NOTES[outcome].values())
        about = {"outcome": str(outcome), "points": 0.0 if late else None, "reason": "the cell gave no mark"}
        said = {"output_type": "display_data", "data": {"text/plain": text}, "metadata": {METADATA: about}}
        zero = {"output_type": "execute_result", "data": {"text/plain": "0.0"}, "metadata": {}, "execution_count": None}
        cell.outputs = [from_dict(said), from_dict(zero)]  # type: ignore[no-untyped-call]
        return cell, resources


def _is_check(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)


def _points(output: NotebookNode, cell: NotebookNode) -> float | None:
    """The number that *output* is, if it can be the points of *cell*."""
    if output.output_type != "execute_result":
        return None
    try:
        points = float(output.data["text/plain"])
    except (KeyError, TypeError, ValueError):
        return None
    return points if math.isfinite(points) and 0 <= points <= float(cell.metadata.nbgrader["points"]) else None


class WaitForPerson(NbGraderPreprocessor):  # type: ignore[misc]
    """Asks for manual grading where a mark is open; stands after `SaveAutoGrades`."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> Converted:
        """Look at the checks of *nb*, and at what the gradebook holds of them."""
        about = resources["nbgrader"]
        where = (about["notebook"], about["assignment"], about["student"])
        opened = [(id, said) for id, said in _said(nb) if said.get("outcome") in OPEN]
        if opened:
            with Gradebook(about["db_url"]) as gradebook:
                for id, said in opened:
                    self.log.warning("%s of %s is open: %s", id, about["student"], said.get("reason"))
                    grade = gradebook.find_grade(id, *where)
                    grade.auto_score = None
                    grade.needs_manual_grade = True
                gradebook.db.commit()
        return nb, resources


class WithoutTools(NbGraderPreprocessor):  # type: ignore[misc]
    """
    Leaves out of a feedback page the cells that are the notebook's tools, and what the first cell warned of.

    Stands before `ClearHiddenTests`, for a notebook of ours is known by its checks, and after the style, to which it
    adds that figures fit the page.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> Converted:
        """Drop them from *nb*, if it is one of ours."""
        if any(OURS in cell.source for cell in nb.cells):
            nb.cells = [cell for cell in nb.cells if _id(cell) not in ("form-check", "summary")]
            for cell in nb.cells:
                if _id(cell) == "setup":
                    cell.outputs = []
            resources["inlining"]["css"].append("img { max-width: 100%; }")
        return nb, resources


def _said(nb: NotebookNode) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What each check says of its slot, by the check's id."""
    for cell in nb.cells:
        for output in cell.get("outputs", []) if _is_check(cell) else []:
            said = output.get("metadata", {}).get(METADATA)
            if isinstance(said, dict):
                yield cell.metadata.nbgrader["grade_id"], said
