"""What a student reads below a marked cell: authored sentences, and never a value or a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.feedback.words import NOTES, OUTCOMES, expected_form
from grader.marking import Mark
from grader.results.records import CheckResult, Outcome
from papers import wording
from papers.exam import Language
from papers.lock import PooledVariant
from question_bank import Answer, Texts

__all__ = ["lines"]

_SIGNS: Mapping[bool | None, str] = {True: "✓", False: "✗", None: "?"}


def lines(mark: Mark, variant: PooledVariant, most: float, languages: Sequence[Language]) -> str:
    """
    The outcome of *mark*, its checks and the mistake that was recognised, as Markdown, a language below the other.

    Args:
        most: the slot's points.
    """
    blocks = ("\n".join(_lines(mark, variant, most, language)) for language in languages)
    return "\n\n".join(blocks)


def _lines(mark: Mark, variant: PooledVariant, most: float, language: Language) -> Iterator[str]:
    texts = variant.texts[language]
    points = mark.points(most)
    earned = "?" if points is None else wording.number(points)
    yield f"**{OUTCOMES[mark.outcome][language]}** · {earned} / {wording.points(most, language)}"
    said = set()
    for check in mark.checks:
        mistake = None if check.mistake in said or check.passed is not False else check.mistake
        said.add(mistake)
        yield _check_line(check, mistake, texts)
    if mark.mistake is not None and mark.mistake not in said and mark.mistake in texts.mistakes:
        yield f"- {_one_line(texts.mistakes[mark.mistake])}"
    for note in _notes(mark.outcome, variant.answer):
        yield f"- {note[language]}"


def _check_line(check: CheckResult, mistake: str | None, texts: Texts) -> str:
    line = f"- {_SIGNS[check.passed]} {_one_line(texts.checks.get(check.id, ''))}"
    sentence = texts.mistakes.get(mistake or "")
    return f"{line} — {_one_line(sentence)}" if sentence else line


def _notes(outcome: Outcome, answer: Answer) -> list[Mapping[str, str]]:
    notes = [NOTES[outcome]] if outcome in NOTES else []
    if outcome is Outcome.MALFORMED and (expected := expected_form(answer.form())):
        notes.append(expected)
    return notes


def _one_line(text: str) -> str:
    return " ".join(text.split())
