"""The bank's own exam: every question, many variants, every response that its author listed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from pydantic import BaseModel, ConfigDict, ValidationError

from grader.isolation import choose
from grader.records import Outcome
from grader.respond import Responder
from grader.sandbox import Isolation
from grader.workshop import Workshop
from question_bank import DlexamError, Question, Variant, load_bank
from question_bank.answers import Code, Essay, Malformed, is_blank
from question_bank.texts import LANGUAGES, environment, render_source

__all__ = [
    "CheckReport",
    "ListedResponse",
    "Problem",
    "check_bank",
    "check_question",
    "given_of",
    "read_responses",
]

TYPED_SEEDS = 200
CODE_SEEDS = 200
TRAINING_SEEDS = 2
_PROBLEMS_SHOWN = 5


class ListedResponse(BaseModel):
    """One `[[response]]` of a question's `responses.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str
    answer: str | None = None
    file: str | None = None
    credit: float
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
) -> CheckReport:
    """
    Draw many variants of *question*; render each, and mark every listed response to it.

    Args:
        seeds: how many variants; default 200, and 2 where every response trains a network.
    """
    report = CheckReport(question.id)
    try:
        responses = read_responses(question)
        answer = question.variant(0).answer
    except DlexamError as error:
        report.problems.append(Problem(question.id, None, str(error)))
        return report
    report.responses = len(responses)
    report.seeds = seeds or _seeds_of(answer)
    keys = set()
    with Responder(question, workshop) as responder:
        for seed in range(report.seeds):
            try:
                variant = question.variant(seed)
                for language in LANGUAGES:
                    question.texts(variant, language)
                keys.add(repr(sorted(variant.parameters.items())) + repr(variant.answer))
                problems = [
                    *_check_own(variant),
                    *_check_listed(question, responder, variant, seed, responses),
                ]
            except DlexamError as error:
                problems = [str(error)]
            report.marked += len(responses)
            report.problems += [Problem(question.id, seed, what) for what in problems]
            if len(report.problems) >= _PROBLEMS_SHOWN:
                break
    report.variants = len(keys)
    return report


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


def _check_listed(
    question: Question, responder: Responder, variant: Variant, seed: int, responses: Sequence[ListedResponse]
) -> Iterator[str]:
    for response in responses:
        given = given_of(question, variant, response)
        mark = responder.mark(variant, given, seed=seed).mark
        credit = 0.0 if mark.credit is None else mark.credit
        got = f"{response.why}: {_short(given)}"
        if mark.outcome is Outcome.GRADER_ERROR:
            yield f"{got}: the hidden test itself failed: {mark.reason}"
        elif abs(credit - response.credit) > 0.001:
            yield f"{got}: earns {credit:.3g}, not {response.credit:.3g} ({mark.outcome}{_because(mark.reason)})"
        elif response.outcome is not None and mark.outcome is not response.outcome:
            yield f"{got}: is {mark.outcome}, not {response.outcome}{_because(mark.reason)}"
        elif response.mistake is not None and mark.mistake != _rendered(response.mistake, variant, response):
            expected = _rendered(response.mistake, variant, response)
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


def _rendered(text: str, variant: Variant, response: ListedResponse) -> str:
    try:
        template = environment().from_string(text)
        return template.render({**variant.parameters, "answer": variant.answer})
    except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
        raise DlexamError(f"{type(error).__name__}: {error}", file="responses.toml", place=response.why) from None


def check_bank(
    names: Sequence[str],
    *,
    seeds: int | None = None,
    bank: Path | None = None,
    unsafe: bool = False,
    progress: Callable[[str, int, int], None] = lambda question, done, total: None,
) -> list[CheckReport]:
    """
    Check the questions called *names* (ids or topics; none means all).

    Args:
        progress: called with a question's id, and how many of how many questions are done.

    Raises:
        DlexamError: a name is neither an id nor a topic.
    """
    loaded = load_bank(bank)
    chosen = [q for name in names for q in (loaded.of_topic(name) or [loaded[name]])] or list(loaded)
    isolation = choose(unsafe=unsafe) if any(q.is_code for q in chosen) else Isolation.PROCESS
    reports = []
    with Workshop(loaded, isolation) as workshop:
        for done, question in enumerate(chosen):
            progress(question.id, done, len(chosen))
            reports.append(check_question(question, workshop, seeds=seeds))
        progress("", len(chosen), len(chosen))
    return reports
