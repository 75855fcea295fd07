"""The commands about questions: look at them, mark one response, examine them, make new ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dlexam.options import BankOption, JsonOption, LanguageOption, UnsafeOption, VariantOption

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Make the commands of this module commands of *app*."""
    app.command()(questions)
    app.command()(show)
    app.command()(mark)
    app.command()(check)
    app.command()(new)
    app.command()(practice)


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
    from grader.bank_exam.respond import mark_response

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
        from grader.bank_exam.calibration_page import calibrate_into

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
    from grader.bank_exam.check_all import check_bank

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
