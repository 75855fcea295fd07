"""The commands: each parses, calls one library function and renders what came back."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from dlexam.cli_nbgrader import add_to

__all__ = ["app", "main"]

# everything else is imported by the command that needs it: `dlexam --help` must be quick
app = typer.Typer(
    name="dlexam",
    help="A different, equally hard deep-learning exam for every student, and marks that stand up to an appeal.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

BankOption = Annotated[Path | None, typer.Option("--bank", help="Folder of questions (default: the package's own)")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program")]
VariantOption = Annotated[int, typer.Option("--variant", "-n", help="Which variant: any number draws one")]
LanguageOption = Annotated[str, typer.Option("--lang", help="ko or en")]
DaskOption = Annotated[
    str | None,
    typer.Option("--dask", help="Grade on a Dask cluster: its scheduler, as tls://HOST:8786 (docs/cluster.md)"),
]
UnsafeOption = Annotated[
    bool,
    typer.Option("--unsafe-no-sandbox", help="Run student code without walls where no other tier works"),
]


@app.command()
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


@app.command()
def questions(
    topic: Annotated[str | None, typer.Option("--topic", help="Only this topic")] = None,
    fact: Annotated[str | None, typer.Option("--fact", help="Only those that ask for this fact, as F07")] = None,
    bank: BankOption = None,
    json: JsonOption = False,
) -> None:
    """
    List the bank's questions.
    """
    from dlexam.render import print_json, print_questions
    from question_bank.listing import list_questions

    rows = list_questions(bank, topic=topic, fact=fact)
    print_json(rows) if json else print_questions(rows)


@app.command()
def show(
    question: str,
    variant: VariantOption = 0,
    lang: LanguageOption = "ko",
    answer: Annotated[bool, typer.Option("--answer", help="Show the answer and the explanation too")] = False,
    open_figures: Annotated[bool, typer.Option("--open", help="Open its figures")] = False,
    bank: BankOption = None,
    json: JsonOption = False,
) -> None:
    """
    Show a question as a student sees it; figures are written to files.
    """
    from dlexam.render import print_json
    from dlexam.render_question import print_question
    from question_bank.listing import show_question

    shown = show_question(question, variant=variant, language=lang, answer=answer, bank=bank)
    print_json(shown) if json else print_question(shown, open_figures=open_figures)


@app.command()
def mark(
    question: str,
    variant: VariantOption = 0,
    answer: Annotated[str | None, typer.Option("--answer", help="The response as text")] = None,
    answer_file: Annotated[Path | None, typer.Option("--answer-file", help="The response in a file")] = None,
    lang: LanguageOption = "ko",
    bank: BankOption = None,
    unsafe_no_sandbox: UnsafeOption = False,
    json: JsonOption = False,
) -> None:
    """
    Mark one response outside any exam, and say why.
    """
    from dlexam.render import print_json, print_mark
    from grader.respond import mark_response

    if (answer is None) == (answer_file is None):
        raise typer.BadParameter("give --answer or --answer-file, one of them")
    marked = mark_response(
        question,
        answer,
        file=answer_file,
        variant=variant,
        language=lang,
        bank=bank,
        unsafe=unsafe_no_sandbox,
    )
    print_json(marked) if json else print_mark(marked)


@app.command()
def check(
    question: Annotated[list[str] | None, typer.Argument(help="Ids or topics; default: all")] = None,
    seeds: Annotated[
        int | None, typer.Option("--seeds", min=1, help="Variants of each (default 200; training: 2; --calibrate: 20)")
    ] = None,
    calibrate: Annotated[
        bool, typer.Option("--calibrate", help="Measure how far the thresholds of training questions are from chance")
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--to", help="With --calibrate: write the tables into this Markdown file")
    ] = None,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Run every response to every variant of code questions too: an hour")
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="Processes at a time (default: one a core)")] = None,
    bank: BankOption = None,
    unsafe_no_sandbox: UnsafeOption = False,
) -> None:
    """
    Examine the bank itself: many variants, every listed response.
    """
    from dlexam.progress import checking

    if calibrate:
        from dlexam.render_calibration import print_calibrations
        from grader.calibration_page import calibrate_into

        options = {"seeds": seeds, "jobs": jobs, "bank": bank, "unsafe": unsafe_no_sandbox}
        with checking() as report:
            found = calibrate_into(to, question or [], progress=report, **options)
        print_calibrations(found, to)
        if any(calibration.problems for calibration in found):
            raise typer.Exit(1)
        return
    if to is not None:
        raise typer.BadParameter("--to goes with --calibrate")
    from dlexam.render import print_check
    from grader.check_all import check_bank

    with checking() as progress:
        reports = check_bank(
            question or [],
            seeds=seeds,
            thorough=thorough,
            bank=bank,
            unsafe=unsafe_no_sandbox,
            jobs=jobs,
            progress=progress,
        )
    print_check(reports)
    if any(report.problems for report in reports):
        raise typer.Exit(1)


@app.command()
def new(
    question: Annotated[str, typer.Argument(help="Its id, as losses/hinge: TOPIC/NAME")],
    kind: Annotated[str, typer.Option("--kind", help="term, choice, number, …; code is function, model or training")],
    bank: BankOption = None,
) -> None:
    """
    Make a new question's folder, ready to fill in.
    """
    from dlexam.render import print_new
    from question_bank.new import new_question

    print_new(question, new_question(question, kind, bank))


@app.command()
def practice(
    sets: Annotated[Path, typer.Argument(help="The practice sets, a TOML file")] = Path("exercises/sets.toml"),
    exercises: Annotated[Path | None, typer.Option("--exercises", help="Default: where the file lies")] = None,
    solutions: Annotated[Path | None, typer.Option("--solutions", help="Default: solutions/ beside that")] = None,
    again: Annotated[bool, typer.Option("--again", help="Run every solution, not only those that changed")] = False,
    bank: BankOption = None,
) -> None:
    """
    Build the practice notebooks, and run their solutions.
    """
    from dlexam.progress import building
    from dlexam.render import print_practice
    from tutor.build import build_practice

    with building() as progress:
        built = build_practice(sets, exercises, solutions, bank=bank, again=again, progress=progress)
    print_practice(built)


@app.command()
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


@app.command()
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
    from grader.batch import grade_batch
    from grader.limits import TimeLimits
    from grader.place import place

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


@app.command()
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
    from grader.place import place
    from grader.regrade import regrade as regrade_results

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


@app.command()
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


add_to(app)


def main() -> None:
    """Run the command line; expected trouble is one line on stderr and exit code 1."""
    try:
        app()
    except BrokenPipeError:
        # `dlexam questions | head`: the reader has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        # imported here: `--help` ends before this line and must not wait for the bank
        from dlexam.progress import Stopped
        from question_bank.errors import DlexamError

        if isinstance(error, Stopped):
            print(f"dlexam: {error}", file=sys.stderr)
            sys.exit(130)
        if not isinstance(error, DlexamError):
            raise
        from dlexam.terminal import printable

        # an error of several lines is one line a fault
        print(f"dlexam: {printable(error, keep=chr(10))}", file=sys.stderr)
        sys.exit(1)
