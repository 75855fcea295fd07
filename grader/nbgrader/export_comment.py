"""What we have to say of an answer, as the comment that nbgrader shows below it."""

from __future__ import annotations

from collections.abc import Iterator

from grader.feedback.words import NOTES, OUTCOMES, PARTS, PENDING
from grader.results.records import Outcome, PartRecord, SlotRecord
from papers.exam import Language
from papers.lock import PooledVariant, Slot
from papers.wording import number
from question_bank import Texts
from question_bank.answers import Essay

__all__ = ["comment_on"]

_SIGNS = {True: "✓", False: "✗", None: "?"}


def comment_on(
    slot: Slot,
    variant: PooledVariant,
    marked: SlotRecord | None,
    part: PartRecord | None,
    languages: tuple[Language, ...],
    said: str = "",
) -> str:
    """
    The comment on one answer, Markdown of authored sentences only: nothing of what the student wrote.

    Args:
        marked: None where the slot was not marked yet.
        said: what a person decided to add.
    """
    blocks = ["\n\n".join(_lines(slot, variant, marked, part, language)) for language in languages]
    return "\n\n".join(block for block in (*blocks, said) if block)


def _lines(
    slot: Slot, variant: PooledVariant, marked: SlotRecord | None, part: PartRecord | None, language: Language
) -> Iterator[str]:
    texts = variant.texts[language]
    outcome = str(marked.outcome) if marked else PENDING
    # formgrader shows it as plain text before it is rendered for students: no marks of Markdown here
    yield OUTCOMES[outcome][language]
    if part is not None and part.status in PARTS:
        yield PARTS[part.status][language]
    elif outcome in NOTES:
        yield NOTES[outcome][language]
    if marked is None:
        return
    shown = {check.mistake for check in marked.checks if check.passed is False and check.mistake}
    if marked.mistake and marked.mistake not in shown and (sentence := texts.mistakes.get(marked.mistake)):
        yield sentence
    if marked.checks:
        yield "\n".join(_checks(marked, texts))
    if isinstance(variant.answer, Essay) and marked.outcome != Outcome.BLANK:
        rubric = variant.answer.rubric.items()
        yield "\n".join(f"- ({number(share * slot.points)}) {_line(texts.rubric[id])}" for id, share in rubric)


def _checks(marked: SlotRecord, texts: Texts) -> Iterator[str]:
    said: set[str] = set()
    for check in marked.checks:
        line = f"- {_SIGNS[check.passed]} {_line(texts.checks.get(check.id, check.id))}"
        if check.passed is False and check.mistake and check.mistake not in said:
            said.add(check.mistake)
            line += f" — {_line(texts.mistakes.get(check.mistake, ''))}"
        yield line


def _line(text: str) -> str:
    """*text* as one line of a list."""
    return " ".join(text.split())
