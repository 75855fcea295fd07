"""What a student reads after asking: Markdown, made of authored sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.feedback.words import OUTCOMES as WORDS_OF_OUTCOMES
from grader.feedback.words import expected_form
from grader.marking import Mark
from grader.results.records import CheckResult, Outcome
from papers.exam import Language
from question_bank import Answer, Code, Essay, Texts
from tutor.marking import Marked
from tutor.words import OUTCOMES, RETRY, say

__all__ = ["Reply", "hint", "overview", "rubric"]

_SIGNS: Mapping[Outcome | None, str] = {
    **dict.fromkeys(Outcome, "✗"),
    Outcome.RIGHT: "✓",
    Outcome.PARTLY: "△",
    Outcome.BLANK: "…",
    Outcome.NEEDS_REVIEW: "△",
    None: "…",
}


@dataclass(frozen=True)
class Reply:
    """Markdown that a notebook renders and a terminal prints."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown


def hint(variable: str, answer: Answer, texts: Texts, marked: Marked, language: Language) -> Reply:
    """The outcome, and what is known of the mistake: never the answer."""
    sign = _SIGNS[None if isinstance(answer, Essay) else marked.mark.outcome]
    first, *rest = _lines(variable, answer, texts, marked, language)
    return Reply("\n\n".join([f"**{sign} {variable}** {first}", *rest]))


def _lines(variable: str, answer: Answer, texts: Texts, marked: Marked, language: Language) -> Iterator[str]:
    mark = marked.mark
    if isinstance(answer, Essay):
        yield say("rubric", language)
        yield rubric(answer, texts)
        return
    yield _outcome(answer, mark, language)
    if mark.outcome is Outcome.BLANK:
        return
    if mark.outcome is Outcome.GRADER_ERROR:
        yield say("error", language, _code(mark.reason or ""))
        return
    if isinstance(answer, Code):
        yield "\n".join(_check_lines(marked, texts, language))
    else:
        yield from _typed_lines(answer, texts, mark, language)
    yield say("told" if mark.outcome is Outcome.RIGHT else "stuck", language, variable)


def _outcome(answer: Answer, mark: Mark, language: Language) -> str:
    if isinstance(answer, Code) and mark.outcome in (Outcome.RIGHT, Outcome.PARTLY):
        passed = sum(check.passed is True for check in mark.checks)
        if mark.outcome is Outcome.RIGHT:
            return say("all passed", language)
        return say("passed", language, len(mark.checks), passed)
    if mark.outcome is Outcome.PARTLY and mark.credit:
        return say("share", language, mark.credit)
    if mark.outcome is Outcome.NEEDS_REVIEW:
        return say("misspelt", language)
    return OUTCOMES[mark.outcome][language]


def _typed_lines(answer: Answer, texts: Texts, mark: Mark, language: Language) -> Iterator[str]:
    if mark.mistake:
        yield texts.mistakes[mark.mistake]
    elif mark.outcome is Outcome.MALFORMED:
        yield (expected_form(answer.form()) or {language: ""})[language]
        if answer.form()["kind"] in ("fields", "expression") and mark.reason:
            # which of several, or which name: only the reason says it
            yield say("seen", language, _code(mark.reason))
    elif mark.outcome in (Outcome.WRONG, Outcome.PARTLY):
        yield RETRY[answer.kind][language]
    if mark.read_as is not None and mark.outcome is not Outcome.RIGHT:
        yield say("read as", language, _code(_shown(mark.read_as)))


def _check_lines(marked: Marked, texts: Texts, language: Language) -> Iterator[str]:
    """
    A line a test, and more about the first one that fails.

    What fails after it often only follows from it, so one thing at a time is mended.
    """
    failed = [check for check in marked.mark.checks if not check.passed]
    for check in marked.mark.checks:
        yield f"- {'✓' if check.passed else '✗'} {_one_line(texts.checks[check.id])}"
        if failed and check == failed[0]:
            yield from (f"    - {line}" for line in _why(check, marked.calls.get(check.id), texts, language))


def _why(check: CheckResult, call: str | None, texts: Texts, language: Language) -> Iterator[str]:
    if check.mistake is not None:
        yield f"**{_one_line(texts.mistakes[check.mistake])}**"
    elif check.reason and re.match(r"\w+(Error|Exception|Exit|Warning)\b", check.reason):
        yield say("error", language, _code(check.reason))
    elif check.reason and check.reason != "values differ":
        yield say("seen", language, _code(check.reason))
    if call is not None:
        yield say("call and result" if "→" in call else "call", language, _code(call))


def rubric(answer: Essay, texts: Texts) -> str:
    """The rubric as a list, each line with its share."""
    return "\n".join(f"- ({share:.0%}) {_one_line(texts.rubric[id])}" for id, share in answer.rubric.items())


def overview(outcomes: Mapping[str, Outcome | None], language: Language) -> Reply:
    """
    A table of all questions, and how many are right.

    Args:
        outcomes: by variable; None for an essay, which is not counted.
    """
    rows = [f"| {variable} | {_SIGNS[outcome]} {_word(outcome, language)} |" for variable, outcome in outcomes.items()]
    head = [f"| {say('question', language)} | {say('result', language)} |", "|:--|:--|"]
    counted = [outcome for outcome in outcomes.values() if outcome is not None]
    return Reply("\n".join([*head, *rows, "", say("sum", language, len(counted), counted.count(Outcome.RIGHT))]))


def _word(outcome: Outcome | None, language: Language) -> str:
    return say("self", language) if outcome is None else WORDS_OF_OUTCOMES[outcome][language]


def _shown(read_as: object) -> str:
    if isinstance(read_as, dict):
        # "? word" is how a field says that it does not know the word
        values = {name: v.removeprefix("? ") if isinstance(v, str) else v for name, v in read_as.items()}
        return ", ".join(f"{name}={value!r}" for name, value in values.items())
    return ", ".join(map(str, read_as)) if isinstance(read_as, list) else str(read_as)


def _code(text: str) -> str:
    """*text* fit to stand between backticks."""
    line = " ".join(text.replace("`", "'").split())
    return line if len(line) <= 300 else f"{line[:300]} …"


def _one_line(text: str) -> str:
    return " ".join(text.split())
