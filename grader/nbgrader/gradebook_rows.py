"""The rows of nbgrader's gradebook: what an assignment is, and what its students earned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.nbgrader.plan import CellPlan, Given, Marked, Plan
from papers.files import csv_text
from question_bank import DlexamError

__all__ = ["Late", "Written", "fits", "write_rows"]

Late = Callable[[str, float, float], float | None]
"""A penalty by student, score and seconds late, as nbgrader's own plugin gives it."""


@dataclass
class Written:
    """What was written: how many rows changed, and what a person should know."""

    changed: int = 0
    notes: list[str] = field(default_factory=list)
    review: list[str] = field(default_factory=list)


def fits(gradebook: Any, plan: Plan) -> None:
    """
    Whether the gradebook's assignment of this name, if it has one, is ours.

    Raises:
        DlexamError: it has other notebooks, cells or points, or it is not there and had to be.
    """
    assignment = _assignment(gradebook, plan.assignment)
    if assignment is None or not assignment.notebooks:
        if plan.generated:
            mend = f"run `nbgrader generate_assignment {plan.assignment}` there first"
            raise DlexamError(f"assignment {plan.assignment!r} is not in it yet", file="gradebook", mend=mend)
        return
    there = {
        (notebook.name, cell.name): cell.max_score
        for notebook in assignment.notebooks
        for cell in (*notebook.grade_cells, *notebook.task_cells)
    }
    ours = {(name, cell.grade): cell.points for name, cells in plan.notebooks.items() for cell in cells}
    if there != ours:
        wrong = sorted({place for place in there.keys() | ours.keys() if there.get(place) != ours.get(place)})
        shown = ", ".join("/".join(place) for place in wrong[:3])
        raise DlexamError(
            f"assignment {plan.assignment!r} is another one: it differs in {shown}",
            file="gradebook",
            mend="give ours another name with --assignment",
        )


def _assignment(gradebook: Any, name: str) -> Any:
    from nbgrader.api import MissingEntry

    try:
        return gradebook.find_assignment(name)
    except MissingEntry:
        return None


def write_rows(gradebook: Any, plan: Plan, late: Late) -> Written:
    """
    Bring the rows of *plan* into the session of nbgrader's *gradebook*, without a commit.

    What a person entered in formgrader (manual scores, extra credit, comments, flags, due dates, extensions) is
    never written. A score of ours that changed under a manual one is put up for review again.
    """
    writer = _Writer(gradebook, plan, late)
    with gradebook.db.no_autoflush:
        writer.write()
    return writer.done


class _Writer:
    def __init__(self, gradebook: Any, plan: Plan, late: Late) -> None:
        from nbgrader import api

        self._api = api
        self._db = gradebook.db
        self._gradebook = gradebook
        self._plan = plan
        self._late = late
        self.done = Written()
        self._slots = {cell.grade: (name, cell) for name, cells in plan.notebooks.items() for cell in cells}

    def write(self) -> None:
        assignment = _assignment(self._gradebook, self._plan.assignment)
        if assignment is None:
            assignment = self._new(
                self._api.Assignment(name=self._plan.assignment, course_id=self._gradebook.course_id)
            )
        notebooks = {notebook.name: notebook for notebook in assignment.notebooks}
        for name, cells in self._plan.notebooks.items():
            notebook = notebooks.get(name)
            if notebook is None:
                notebook = notebooks[name] = self._new(self._api.Notebook(name=name, assignment=assignment))
            self._cells(notebook, cells)
        # ids are made by the flush, and the rows below point to them
        self._db.flush()
        students = {student.id: student for student in self._db.query(self._api.Student)}
        submissions = {submission.student_id: submission for submission in assignment.submissions}
        grades, comments = self._loaded(assignment)
        for given in self._plan.class_:
            student = students.get(given.student)
            if student is None:
                student = self._new(self._api.Student(id=given.student))
            self._named(student, given.name)
            if given.marks:
                submission = submissions.get(given.student)
                if submission is None:
                    submission = self._new(self._api.SubmittedAssignment(assignment=assignment, student=student))
                self._submission(submission, given, notebooks, grades, comments)

    def _new(self, row: Any) -> Any:
        self._db.add(row)
        self.done.changed += 1
        return row

    def _set(self, row: Any, **values: Any) -> bool:
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        self.done.changed += len(different)
        return bool(different)

    def _named(self, student: Any, name: str) -> None:
        """nbgrader's CSV neither quotes nor escapes: a comma would shift its columns, a formula would run."""
        if student.last_name is None and student.first_name is None:
            self._set(student, last_name=csv_text(" ".join(name.replace(",", " ").split())), first_name="")

    def _cells(self, notebook: Any, cells: Iterable[CellPlan]) -> None:
        graded = {cell.name for cell in notebook.grade_cells}
        commented = {cell.name for cell in notebook.solution_cells}
        sources = {cell.name for cell in notebook.source_cells}
        api = self._api
        for cell in cells:
            if cell.grade not in graded:
                row = api.GradeCell(name=cell.grade, notebook=notebook, max_score=cell.points, cell_type=cell.kind)
                self._new(row)
            if cell.comment not in commented:
                self._new(api.SolutionCell(name=cell.comment, notebook=notebook))
            if cell.guard and cell.grade not in sources:
                # no source has this checksum: told to autograde, nbgrader stops before it runs anything
                row = api.SourceCell(
                    name=cell.grade, notebook=notebook, cell_type="code", locked=True, source=cell.guard, checksum=""
                )
                self._new(row)

    def _loaded(self, assignment: Any) -> tuple[dict[tuple[str, str], Any], dict[tuple[str, str], Any]]:
        """All grades and comments of the assignment, by submitted notebook and cell, in two queries."""
        api = self._api

        def rows(model: Any) -> dict[tuple[str, str], Any]:
            query = (
                self._db.query(model)
                .join(api.SubmittedNotebook, api.SubmittedNotebook.id == model.notebook_id)
                .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
                .filter(api.SubmittedAssignment.assignment_id == assignment.id)
            )
            return {(row.notebook_id, row.cell_id): row for row in query}

        return rows(api.Grade), rows(api.Comment)

    def _submission(
        self,
        submission: Any,
        given: Given,
        notebooks: Mapping[str, Any],
        grades: Mapping[tuple[str, str], Any],
        comments: Mapping[tuple[str, str], Any],
    ) -> None:
        if not given.keep_timestamp:
            self._set(submission, timestamp=given.timestamp)
        handed = {notebook.notebook_id: notebook for notebook in submission.notebooks if notebook.notebook_id}
        late = _seconds_late(submission)
        for name, cells in self._plan.notebooks.items():
            notebook = notebooks[name]
            mine = handed.get(notebook.id)
            if mine is None:
                mine = self._new(self._api.SubmittedNotebook(notebook=notebook, assignment=submission))
            by_name = {cell.name: cell for cell in (*notebook.grade_cells,)}
            said = {cell.name: cell for cell in notebook.solution_cells}
            score = 0.0
            for cell in cells:
                mark = given.marks[cell.slot]
                grade = grades.get((mine.id, by_name[cell.grade].id))
                if grade is None:
                    grade = self._new(self._api.Grade(cell_id=by_name[cell.grade].id, notebook=mine))
                    grade.needs_manual_grade = False
                self._grade(given.student, cell, grade, mark)
                score += _score(grade)
                comment = comments.get((mine.id, said[cell.comment].id))
                if comment is None:
                    comment = self._new(self._api.Comment(cell_id=said[cell.comment].id, notebook=mine))
                # formgrader stores an empty text where one walks through its boxes, and that would hide ours
                if comment.manual_comment is not None and not comment.manual_comment.strip():
                    self._set(comment, manual_comment=None)
                self._set(comment, auto_comment=mark.comment)
            penalty = self._late(given.student, score, late) if late > 0 else None
            if penalty is not None:
                penalty = round(min(max(penalty, 0.0), score), 2)
            self._set(mine, late_submission_penalty=penalty)

    def _grade(self, student: str, cell: CellPlan, grade: Any, mark: Marked) -> None:
        here, manual = bool(grade.extra_credit), grade.manual_score
        points = mark.points
        if points is not None and not here:
            points = round(points + mark.extra, 2)
        before = grade.auto_score
        changed = self._set(grade, auto_score=points)
        if manual is None:
            self._set(grade, needs_manual_grade=points is None)
        elif changed and before is not None and points is not None and points != manual:
            self._set(grade, needs_manual_grade=True)
            self.done.review.append(f"{student} {cell.slot}: {before:g} became {points:g} under a manual {manual:g}")
        if manual is not None and mark.points is not None and mark.points != manual:
            self.done.notes.append(f"{student} {cell.slot}: formgrader says {manual:g}, dlexam {mark.points:g}")


def _score(grade: Any) -> float:
    """As the gradebook's own column has it."""
    base = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if base is None else float(base + (grade.extra_credit or 0.0))


def _seconds_late(submission: Any) -> float:
    if submission.timestamp is None or submission.assignment.duedate is None:
        return 0.0
    return float(submission.total_seconds_late)
