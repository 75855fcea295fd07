"""What a feedback page shows, gathered from the lock and the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from grader.feedback.markdown import as_block, as_line, data_uri
from grader.feedback.shown import ShownAnswer, shown_answer
from grader.feedback.words import NOTES, OUTCOMES, PARTS, PENDING, Said, expected_form
from grader.results.records import CheckResult, Outcome, Record, SlotRecord
from papers.lock import Lock, PooledVariant, Slot
from papers.wording import book, number
from question_bank import DlexamError, Texts
from question_bank.answers import Answer, Code, Essay

__all__ = ["CheckView", "PartView", "SlotView", "Tongue", "part_views"]

Texted = Sequence[tuple[str, Markup]]
"""The same text in each language of the page: `[("ko", …), ("en", …)]`."""


@dataclass(frozen=True)
class Tongue:
    """The languages of a page, the first one leading."""

    languages: Sequence[str]

    def say(self, said: Said) -> Markup:
        """An authored sentence in all of them."""
        return self.line([(language, Markup("{}").format(said[language])) for language in self.languages])

    def line(self, texts: Texted) -> Markup:
        """The first text as it is, each other one marked with its language."""
        rest = (Markup(' <span class="second" lang="{}">{}</span>').format(*text) for text in texts[1:])
        return texts[0][1] + Markup("").join(rest)


@dataclass(frozen=True)
class CheckView:
    """One check of a code question; *mistake* is said once, below the first check that shows it."""

    line: Texted
    state: str
    mistake: Texted


@dataclass(frozen=True)
class SlotView:
    """One question, what was answered and what it earned."""

    id: str
    number: int
    code: str
    title: Texted
    asked: Texted
    options: Sequence[tuple[str, Texted]]
    starter: str | None
    outcome: str
    points: float | None
    max_points: float
    answer: ShownAnswer | None
    in_notebook: bool
    notes: Sequence[Said]
    mistake: Texted
    checks: Sequence[CheckView]
    rubric: Sequence[tuple[Texted, str]]
    explained: Texted
    comment: Markup | None = None

    @property
    def word(self) -> Said:
        """The outcome in a word or two."""
        return OUTCOMES[self.outcome]

    @property
    def share(self) -> float:
        """The part of the points that is earned and settled, 0 to 1."""
        return min(1.0, (self.points or 0.0) / self.max_points) if self.max_points else 0.0

    @property
    def tone(self) -> str:
        """Which of four moods the page sets it in; its word says the rest."""
        if self.points is None:
            return "open"
        if self.outcome in (Outcome.RIGHT, Outcome.PARTLY):
            return self.outcome
        return "none" if self.outcome == Outcome.BLANK else "wrong"


@dataclass(frozen=True)
class PartView:
    """One part of the exam."""

    number: int
    book: Said
    notice: Said | None
    slots: Sequence[SlotView]

    @property
    def points(self) -> float:
        """What is settled."""
        return sum(slot.points or 0.0 for slot in self.slots)

    @property
    def max_points(self) -> float:
        """What could be earned."""
        return sum(slot.max_points for slot in self.slots)


def part_views(lock: Lock, record: Record, figures: Mapping[str, bytes], comments: Mapping[str, str]) -> list[PartView]:
    """
    All parts of *record*'s paper.

    Args:
        figures: PNGs by SHA-256, as `papers.lock.load_figures` returns them.
        comments: what a person said, by slot, as Markdown.

    Raises:
        DlexamError: the record is of another build, or its student is not in the lock.
    """
    if record.build != lock.build:
        raise DlexamError(
            f"record of {record.student} is of build {record.build}, not {lock.build}", mend="grade again"
        )
    parts = []
    for place, part in enumerate(lock.parts, 1):
        views = []
        for slot in lock.slots_of(part.name):
            variant = lock.variant(record.student, slot.id)
            texts: dict[str, Texts] = {language: variant.texts[language] for language in lock.exam.languages}
            words = _Words(texts, {name: data_uri(figures[sha]) for name, sha in variant.figures.items()})
            comment = comments.get(slot.id)
            views.append(_slot_view(slot, variant, record.slots.get(slot.id), words, comment))
        state = record.parts.get(part.name)
        parts.append(
            PartView(
                place,
                {language: book(part.open_book, language) for language in lock.exam.languages},
                PARTS.get(state.status) if state else None,
                views,
            )
        )
    return parts


@dataclass
class _Words:
    """A variant's texts in the page's languages; each figure is shown once."""

    texts: Mapping[str, Texts]
    figures: Mapping[str, str]
    shown: set[str] = field(default_factory=set)

    def title(self) -> Texted:
        return [(language, as_line(text.title)) for language, text in self.texts.items()]

    def block(self, name: str) -> Texted:
        texts = [(language, getattr(text, name)) for language, text in self.texts.items()]
        return [(language, as_block(text, self.figures, self.shown)) for language, text in texts]

    def by_id(self, name: str, id: str | None) -> Texted:
        texts = [(language, getattr(text, name).get(id)) for language, text in self.texts.items()]
        return [(language, as_block(text, self.figures, self.shown)) for language, text in texts if text]


def _slot_view(
    slot: Slot, variant: PooledVariant, marked: SlotRecord | None, words: _Words, comment: str | None
) -> SlotView:
    answer, runs = variant.answer, isinstance(variant.answer, Code)
    outcome = str(marked.outcome) if marked else PENDING
    read_as = marked.read_as if marked else None
    said: set[str] = set()
    checks = [_check_view(check, said, words) for check in marked.checks] if marked else []
    return SlotView(
        id=slot.id,
        number=int(slot.variable.lstrip("q")),
        code=variant.code,
        title=words.title(),
        asked=words.block("prompt"),
        options=[(id, words.by_id("options", id)) for id in answer.option_ids()],
        starter=variant.starter if runs else None,
        outcome=outcome,
        points=marked.points if marked else None,
        max_points=slot.points,
        answer=None if read_as is None else shown_answer(read_as, answer.type, answer.option_ids()),
        in_notebook=runs and read_as is None and outcome not in (Outcome.BLANK, PENDING),
        notes=_notes(outcome, answer),
        mistake=words.by_id("mistakes", marked.mistake) if marked and marked.mistake not in said else [],
        checks=checks,
        rubric=_rubric(answer, slot.points, words),
        explained=words.block("explanation"),
        comment=as_block(comment) if comment else None,
    )


def _notes(outcome: str, answer: Answer) -> list[Said]:
    notes = [NOTES[outcome]] if outcome in NOTES else []
    if outcome == Outcome.MALFORMED and (expected := expected_form(answer.form())):
        notes.append(expected)
    return notes


def _rubric(answer: Answer, points: float, words: _Words) -> list[tuple[Texted, str]]:
    if not isinstance(answer, Essay):
        return []
    return [(words.by_id("rubric", id), number(share * points)) for id, share in answer.rubric.items()]


def _check_view(check: CheckResult, said: set[str], words: _Words) -> CheckView:
    state = {True: "passed", False: "failed", None: "unchecked"}[check.passed]
    new = check.passed is False and check.mistake is not None and check.mistake not in said
    said |= {check.mistake} if new and check.mistake else set()
    return CheckView(words.by_id("checks", check.id), state, words.by_id("mistakes", check.mistake) if new else [])
