"""The commands between our results and other people's grade books, and what people decide by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["add_to"]

ResultsArgument = Annotated[Path, typer.Argument(help="What `dlexam grade` wrote with -o")]
ExamOption = Annotated[Path | None, typer.Option("--exam", help="What `dlexam build` wrote (default: as graded)")]
AssignmentOption = Annotated[
    str | None, typer.Option("--assignment", help="Its name in the course (default: the exam's id)")
]


def add_to(app: typer.Typer) -> None:
    """Make the commands of this module commands of *app*."""
    app.command()(export)
    app.command("import-nbgrader")(import_nbgrader)
    app.command()(decide)


def export(
    results: ResultsArgument,
    target: Annotated[Path, typer.Argument(help="The nbgrader course folder, there or not")],
    to: Annotated[str, typer.Option("--to", help="nbgrader")],
    exam: ExamOption = None,
    assignment: AssignmentOption = None,
    submissions: Annotated[
        Path | None, typer.Option("--submissions", help="Where the cells' outputs are (default: what was graded)")
    ] = None,
    course_id: Annotated[str | None, typer.Option("--course-id", help="What the course must be called")] = None,
) -> None:
    """
    Fill an nbgrader course folder and its gradebook with our marks and comments.
    """
    from dlexam.render_nbgrader import print_export

    if to != "nbgrader":
        raise typer.BadParameter(f"no format {to!r} yet; there is nbgrader")
    from grader.nbgrader.export import export_to_nbgrader

    exported = export_to_nbgrader(
        results, target, exam=exam, assignment=assignment, submissions=submissions, course_id=course_id
    )
    print_export(exported, target)


def import_nbgrader(
    course: Annotated[Path, typer.Argument(help="The nbgrader course folder")],
    results: Annotated[
        Path | None, typer.Option("--results", "-o", help="Whose decisions.csv (default: what was exported there)")
    ] = None,
    exam: ExamOption = None,
    assignment: AssignmentOption = None,
) -> None:
    """
    Bring scores and comments entered in formgrader into decisions.csv.
    """
    from dlexam.render_nbgrader import print_imported
    from grader.nbgrader.imports import import_from_nbgrader

    print_imported(import_from_nbgrader(course, results, exam=exam, assignment=assignment))


def decide(
    results: ResultsArgument,
    decisions: Annotated[
        Path | None, typer.Argument(help="A decisions.csv to take over (default: the one in the results)")
    ] = None,
    exam: ExamOption = None,
) -> None:
    """
    Check decisions.csv, then write marks.csv and the feedback pages by it.
    """
    from dlexam.render_nbgrader import print_decided
    from grader.results.pages import take_decisions

    print_decided(take_decisions(results, decisions, exam), results)
