"""The commands about an exam: build it, grade it, mark it again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from dlexam.options import BankOption, DaskOption, JsonOption, UnsafeOption

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Make the commands of this module commands of *app*."""
    app.command()(demo)
    app.command()(build)
    app.command()(grade)
    app.command()(regrade)
    app.command()(doctor)


def demo(
    to: Annotated[Path, typer.Option("--to", help="Where to put it all")] = Path("demo"),
    jobs: Annotated[int | None, typer.Option("--jobs", help="Students at a time (default: one a core)")] = None,
) -> None:
    """
    Build a midterm for a class of 12, grade its submissions, and say where to look.
    """
    from dlexam.progress import grading
    from dlexam.render import print_demo
    from grader.demo import run_demo

    with grading() as progress:
        done = run_demo(to, jobs=jobs, progress=progress)
    print_demo(done)


def build(
    exam: Annotated[Path, typer.Argument(help="The exam, a TOML file")],
    roster: Annotated[Path, typer.Option("--roster", "-r", help="The students, a CSV file with id and name")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where the papers go")],
    encoding: Annotated[str, typer.Option("--encoding", help="Of the roster")] = "utf-8-sig",
    form: Annotated[
        Literal["notebook", "nbgrader"], typer.Option("--format", help="nbgrader: a course for nbgrader's own commands")
    ] = "notebook",
    forms: Annotated[
        int | None, typer.Option("--forms", min=1, help="With nbgrader: so many forms of the exam")
    ] = None,
    bank: BankOption = None,
) -> None:
    """
    Freeze one paper per student and write the notebooks and the key.
    """
    from dlexam.render import print_build
    from papers.from_files import build_files

    print_build(build_files(exam, roster, out, encoding=encoding, bank=bank, form=form, forms=forms), out)


def grade(
    out: Annotated[Path, typer.Argument(help="What `dlexam build` wrote")],
    submissions: Annotated[
        Path, typer.Argument(help="A folder of student folders, a zip as Moodle names it, or an nbgrader course")
    ],
    results: Annotated[Path, typer.Option("--results", "-o", help="Where records, marks and feedback go")],
    part: Annotated[str | None, typer.Option("--part", help="Only this part")] = None,
    assignment: Annotated[
        str | None, typer.Option("--assignment", help="Of an nbgrader course: which (default: the exam's id)")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Students at a time (default: one a core)")] = None,
    cell_seconds: Annotated[float, typer.Option(help="Longest time for one cell or one call")] = 60.0,
    dask: DaskOption = None,
    bank: BankOption = None,
    unsafe_no_sandbox: UnsafeOption = False,
) -> None:
    """
    Grade a class: records, marks.csv and a feedback page per student.
    """
    from dlexam.progress import grading
    from dlexam.render import print_batch
    from grader.batch.batch import grade_batch
    from grader.batch.place import place
    from grader.grading.limits import TimeLimits

    limits = TimeLimits(cell=cell_seconds, call=cell_seconds)
    with place(dask, unsafe=unsafe_no_sandbox) as (isolation, cluster), grading() as progress:
        batch = grade_batch(
            out,
            submissions,
            results,
            isolation=isolation,
            cluster=cluster,
            bank=bank,
            part=part,
            assignment=assignment,
            jobs=jobs,
            limits=limits,
            progress=progress,
        )
    print_batch(batch, results)


def regrade(
    results: Annotated[Path, typer.Argument(help="What `dlexam grade` wrote with -o")],
    slot: Annotated[str | None, typer.Option("--slot", help="Only this slot, as open-01")] = None,
    exam: Annotated[Path | None, typer.Option("--exam", help="What `dlexam build` wrote (default: as graded)")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", help="Students at a time (default: one a core)")] = None,
    dask: DaskOption = None,
    bank: BankOption = None,
    unsafe_no_sandbox: UnsafeOption = False,
) -> None:
    """
    Mark again what was handed in, running only what must be run, and list every mark that moves.
    """
    from dlexam.progress import grading
    from dlexam.render import print_regraded
    from grader.batch.place import place
    from grader.batch.regrade import regrade as regrade_results

    with place(dask, unsafe=unsafe_no_sandbox) as (isolation, cluster), grading() as progress:
        done = regrade_results(
            results,
            exam=exam,
            slot=slot,
            isolation=isolation,
            cluster=cluster,
            bank=bank,
            jobs=jobs,
            progress=progress,
        )
    print_regraded(done, results)


def doctor(json: JsonOption = False) -> None:
    """
    Say what works on this machine, and how to mend what does not.
    """
    from dlexam.render import print_doctor, print_json
    from grader.doctor import examine

    findings = examine()
    print_json([finding.__dict__ for finding in findings]) if json else print_doctor(findings)
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)
