"""The bank's own exam: every question, many variants, every response that its author listed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from pydantic import BaseModel, ConfigDict, ValidationError

from grader.bank_exam.respond import Responder
from grader.grading.workshop import Workshop
from grader.results.records import Outcome
from question_bank import DlexamError, Question, Variant
from question_bank.answers import Code, Essay, Malformed, is_blank
from question_bank.bank import variant_key
from question_bank.new import BLANK_MARK
from question_bank.texts import LANGUAGES, environment, render_source

__all__ = [
    "CheckReport",
    "ListedResponse",
    "Problem",
    "check_question",
    "credit_of",
    "given_of",
    "read_responses",
]

TYPED_SEEDS = 200
CODE_SEEDS = 200
TRAINING_SEEDS = 2
FULL_VARIANTS = 6
_PROBLEMS_SHOWN = 5


class ListedResponse(BaseModel):
    """
    One `[[response]]` of a question's `responses.toml`.

    `answer`, `mistake`, and a `credit` that is a text are templates: they may depend on the variant's parameters.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str
    answer: str | None = None
    file: str | None = None
    credit: float | str
    outcome: Outcome | None = None
    mistake: str | None = None


@dataclass(frozen=True)
class Problem:
    """Something wrong with a question: what, and for which seed."""

    question: str
    seed: int | None
    what: str

    def __str__(self) -> str:
        seed = "" if self.seed is None else f": seed {self.seed}"
        return f"{self.question}{seed}: {self.what}"


@dataclass
class CheckReport:
    """What the check of one question found."""

    question: str
    seeds: int = 0
    responses: int = 0
    marked: int = 0
    variants: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_responses(question: Question) -> list[ListedResponse]:
    """
    The responses that the author of *question* listed.

    Raises:
        DlexamError: the file is missing, or an entry is not of the form.
    """
    file = question.folder / "responses.toml"
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("response", [])
    except FileNotFoundError:
        raise DlexamError("missing", file=file, mend="list right, wrong, blank and garbage responses") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DlexamError(str(error), file=file) from None
    responses = []
    for number, entry in enumerate(entries, start=1):
        try:
            response = ListedResponse.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            place = f"response {number}: {'.'.join(map(str, first['loc']))}"
            raise DlexamError(first["msg"], file=file, place=place) from None
        if (response.answer is None) == (response.file is None):
            raise DlexamError("needs 'answer' or 'file', one of them", file=file, place=f"response {number}")
        responses.append(response)
    if not any(r.credit == 1 for r in responses) and question.kind != "essay":
        raise DlexamError("lists no response that earns full credit", file=file)
    return responses


def check_question(
    question: Question,
    workshop: Workshop,
    *,
    seeds: int | None = None,
    thorough: bool = False,
) -> CheckReport:
    """
    Draw many variants of *question*, render each, and mark the listed responses to it.

    A typed question's responses are all marked for every variant, at first by way of pytest as in an exam, then
    by the same test called directly. A code question's are all run for the first 6 variants that differ;
    after that each variant runs one of them in turn.

    Args:
        seeds: how many variants; default 200, and 2 where every response trains a network.
        thorough: run all responses of code questions for every variant, which takes minutes a question.
    """
    report = CheckReport(question.id)
    try:
        responses = read_responses(question)
        answer = question.variant(0).answer
    except DlexamError as error:
        report.problems.append(Problem(question.id, None, str(error)))
        return report
    report.problems += [Problem(question.id, None, what) for what in _check_files(question)]
    report.responses = len(responses)
    report.seeds = seeds or _seeds_of(answer)
    keys: set[str] = set()
    with Responder(question, workshop) as responder:
        for seed in range(report.seeds):
            try:
                variant = question.variant(seed)
                for language in LANGUAGES:
                    question.texts(variant, language)
                key = variant_key(variant)
                problems = [] if key in keys else list(_check_own(variant))
                full = thorough or len(keys) < FULL_VARIANTS
                if key not in keys or not question.is_code:
                    chosen = responses if full or not question.is_code else [responses[len(keys) % len(responses)]]
                    direct = not full
                    problems += _check_listed(question, responder, variant, seed, chosen, direct=direct)
                    report.marked += len(chosen)
                if key not in keys and full:
                    problems += _check_solution(question, responder, variant, seed)
                keys.add(key)
            except DlexamError as error:
                problems = [str(error)]
            report.problems += [Problem(question.id, seed, what) for what in problems]
            if len(report.problems) >= _PROBLEMS_SHOWN:
                break
    report.variants = len(keys)
    return report


def _check_files(question: Question) -> Iterator[str]:
    """What a whole question's folder holds, and nothing that is still to be written."""
    if question.is_code and not question.examples:
        yield "example_test.py: missing; practice runs it, in the open"
    for file in sorted(question.folder.rglob("*")):
        if file.suffix in (".py", ".j2", ".toml"):
            lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
            open_lines = ", ".join(str(number) for number, line in lines if BLANK_MARK in line)
            if open_lines:
                name = file.relative_to(question.folder)
                yield f"{name}: still to be filled in where it says {BLANK_MARK}: line {open_lines}"


def _seeds_of(answer: Any) -> int:
    if isinstance(answer, Code):
        return TRAINING_SEEDS if answer.form_of == "training" else CODE_SEEDS
    return TYPED_SEEDS


def _check_own(variant: Variant) -> Iterator[str]:
    """The responses that every kind of answer makes of itself."""
    answer = variant.answer
    if isinstance(answer, Code | Essay):
        return
    samples = answer.samples()
    for given in samples["right"]:
        if answer.mark(answer.read(given)).credit != 1:
            yield f"right answer {given!r} does not earn full credit"
    for given in samples["wrong"]:
        if answer.mark(answer.read(given)).credit != 0:
            yield f"wrong answer {given!r} earns credit"
    for given in samples["blank"]:
        if not is_blank(given):
            yield f"blank {given!r} is not seen as blank"
    for given in samples["garbage"]:
        try:
            if not is_blank(given) and answer.mark(answer.read(given)).credit != 0:
                yield f"garbage {given!r} earns credit"
        except Malformed:
            continue


def _check_solution(question: Question, responder: Responder, variant: Variant, seed: int) -> Iterator[str]:
    """The reference solution passes every test, hidden and open; the untouched cell does not pass the open ones."""
    if not question.is_code:
        return
    solution = question.solution(variant)
    mark = responder.mark(variant, solution, seed=seed).mark
    if mark.outcome is not Outcome.RIGHT:
        yield f"the reference solution is {mark.outcome}{_because(mark.reason)}"
    if not question.examples:
        return
    mark = responder.mark_by_examples(variant, solution, seed=seed)
    if mark.outcome is not Outcome.RIGHT:
        yield f"example_test.py: the reference solution is {mark.outcome}{_because(mark.reason)}"
    mark = responder.mark_by_examples(variant, question.starter(variant), seed=seed)
    if mark.outcome is Outcome.GRADER_ERROR:
        yield f"example_test.py: itself fails on the untouched cell{_because(mark.reason)}"
    elif mark.credit:
        yield f"example_test.py: the untouched cell earns {mark.credit:.3g}"


def _check_listed(
    question: Question,
    responder: Responder,
    variant: Variant,
    seed: int,
    responses: Sequence[ListedResponse],
    *,
    direct: bool,
) -> Iterator[str]:
    for response in responses:
        given = given_of(question, variant, response)
        mark = responder.mark(variant, given, seed=seed, direct=direct).mark
        credit = 0.0 if mark.credit is None else mark.credit
        got = f"{response.why}: {_short(given)}"
        if mark.outcome is Outcome.GRADER_ERROR:
            yield f"{got}: the hidden test itself failed: {mark.reason}"
        elif abs(credit - (wanted := credit_of(variant, response))) > 0.001:
            yield f"{got}: earns {credit:.3g}, not {wanted:.3g} ({mark.outcome}{_because(mark.reason)})"
        elif response.outcome is not None and mark.outcome is not response.outcome:
            yield f"{got}: is {mark.outcome}, not {response.outcome}{_because(mark.reason)}"
        elif response.mistake is not None and (mark.mistake or "") != (
            expected := _rendered(response.mistake, variant, response)
        ):
            yield f"{got}: shows mistake {mark.mistake}, not {expected}"


def _because(reason: str | None) -> str:
    return f": {reason}" if reason else ""


def _short(given: str) -> str:
    first = given.strip().splitlines()[0] if given.strip() else given
    return repr(first[:60])


def given_of(question: Question, variant: Variant, response: ListedResponse) -> str:
    """The text that *response* gives to *variant*."""
    if response.file is not None:
        return render_source(question.folder / Path(response.file), variant.parameters)
    return _rendered(response.answer or "", variant, response)


def credit_of(variant: Variant, response: ListedResponse) -> float:
    """
    The credit that *response* to *variant* must get.

    Raises:
        DlexamError: it is a text that makes no number.
    """
    if isinstance(response.credit, str):
        text = _rendered(response.credit, variant, response)
        try:
            return float(text)
        except ValueError:
            problem = f"credit {text!r} is no number"
            raise DlexamError(problem, file="responses.toml", place=response.why) from None
    return response.credit


def _rendered(text: str, variant: Variant, response: ListedResponse) -> str:
    try:
        template = environment().from_string(text)
        return template.render({**variant.parameters, "answer": variant.answer})
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
        raise DlexamError(f"{type(error).__name__}: {error}", file="responses.toml", place=response.why) from None
