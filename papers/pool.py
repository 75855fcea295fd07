"""From an exam's plan to its slots: which questions are drawn, and the pool of variants of each."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from papers.exam import Exam, ExamPart, ExamSlot, Language
from papers.hashes import keyed, seeds
from papers.lock import Part, PooledVariant, Slot
from question_bank import Bank, Question, Variant
from question_bank.answers.code import Essay
from question_bank.errors import DlexamError

__all__ = ["Drawn", "draw_slots", "freeze", "slot_of"]

# without I, O, 0 and 1, which a pen makes alike
_LETTERS, _DIGITS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"


@dataclass
class Drawn:
    """
    What an exam asks.

    Args:
        figures: PNGs by their SHA-256.
        warnings: what the instructor should look at, a line each.
    """

    parts: list[Part] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    figures: dict[str, bytes] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def draw_slots(exam: Exam, secret: bytes, bank: Bank) -> Drawn:
    """
    The parts and slots of *exam*; a pure function of its arguments.

    Raises:
        DlexamError: a question is unknown, a topic has too few, or a question's own code or text fails.
    """
    drawn = Drawn()
    taken = {slot.question for part in exam.parts for slot in part.slots if slot.question}
    for part in exam.parts:
        chosen: list[tuple[Question, float]] = []
        for number, slot in enumerate(part.slots, start=1):
            place = f"part {part.name}: slot {number}"
            try:
                questions = list(_questions(slot, part, secret, bank, taken, key=f"{part.name}/{number}"))
            except DlexamError as error:
                raise DlexamError(error.problem, file=error.file, place=place, mend=error.mend) from None
            taken |= {question.id for question in questions}
            chosen += [(question, slot.points or question.definition.points) for question in questions]
        if len(chosen) > 99:
            problem = f"{len(chosen)} questions, more than 99"
            raise DlexamError(problem, place=f"part {part.name}", mend="make two parts of it")
        slots = [
            _slot(question, points, part.name, number, exam, secret, drawn)
            for number, (question, points) in enumerate(chosen, start=1)
        ]
        drawn.slots += slots
        ids = tuple(slot.id for slot in slots)
        drawn.parts.append(Part(name=part.name, minutes=part.minutes, open_book=part.open_book, slots=ids))
        drawn.warnings += _warnings(part, slots, bank, exam.variants)
    return drawn


def _questions(
    slot: ExamSlot, part: ExamPart, secret: bytes, bank: Bank, taken: set[str], key: str
) -> Iterator[Question]:
    """The question that *slot* names, or the ones drawn for it, all of one kind and equal points."""
    if slot.question is not None:
        yield bank[slot.question]
        return
    topic, pick = str(slot.topic), slot.pick or 1
    if topic not in bank.topics:
        raise DlexamError(f"no topic {topic!r}", mend=f"the topics are {', '.join(bank.topics)}")
    book = "open" if part.open_book else "closed"
    groups: dict[_Group, list[Question]] = defaultdict(list)
    for question in bank.of_topic(topic):
        fit = question.definition.book in (book, "both") and not question.definition.final
        if fit and question.id not in taken and slot.kind in (None, question.kind):
            groups[_group(question)].append(question)
    ranked = sorted(
        (question for group in groups.values() if len(group) >= pick for question in group),
        key=lambda question: keyed(secret, "pick", key, question.id),
    )
    if not ranked:
        most = max(map(len, groups.values()), default=0)
        kind = f"kind {slot.kind!r}" if slot.kind else "one kind"
        have = f"topic {topic!r} has {most} of {kind} and equal points left for {book} book"
        raise DlexamError(f"pick = {pick}, but {have}", mend="pick fewer, or name the questions")
    yield from [question for question in ranked if _group(question) == _group(ranked[0])][:pick]


_Group = tuple[str, bool, float]


def _group(question: Question) -> _Group:
    """Equal for questions that may stand for one another."""
    return question.kind, question.is_code, question.definition.points


def _slot(question: Question, points: float, part: str, number: int, exam: Exam, secret: bytes, drawn: Drawn) -> Slot:
    id = f"{part}-{number:02}"
    variants = question.variants(seeds(secret, id, question.id), exam.variants)
    pool: list[PooledVariant] = []
    for index, (seed, variant) in enumerate(variants):
        code = _code(secret, id, index, {other.code for other in pool})
        pool.append(freeze(question, seed, variant, code, exam.languages, drawn.figures))
    return slot_of(question, part, number, points, pool)


def slot_of(question: Question, part: str, number: int, points: float, pool: Sequence[PooledVariant]) -> Slot:
    """The slot that asks *question* as the *number*-th of *part*."""
    definition = question.definition
    return Slot(
        id=f"{part}-{number:02}",
        variable=f"q{number:02}",
        part=part,
        question=question.id,
        topic=question.topic,
        kind=question.kind,
        points=points,
        minutes=definition.minutes,
        facts=definition.facts,
        checks=question.checks,
        data=definition.data,
        drawing_hash=question.drawing_hash(),
        marking_hash=question.marking_hash(),
        pool=tuple(pool),
    )


def freeze(
    question: Question,
    seed: int,
    variant: Variant,
    code: str,
    languages: Sequence[Language],
    figures: dict[str, bytes],
) -> PooledVariant:
    """*variant* with all its texts and sources; its PNGs are added to *figures*."""
    pngs = {name: drawing.png() for name, drawing in variant.figures.items()}
    hashes = {name: hashlib.sha256(png).hexdigest() for name, png in pngs.items()}
    figures.update((hashes[name], png) for name, png in pngs.items())
    return PooledVariant(
        code=code,
        seed=seed,
        parameters=dict(variant.parameters),
        answer=variant.answer,
        texts={language: question.texts(variant, language) for language in languages},
        starter=question.starter(variant) if question.is_code else None,
        solution=question.solution(variant) if question.is_code else None,
        figures=hashes,
    )


def _code(secret: bytes, slot: str, index: int, taken: set[str]) -> str:
    """Letter, digit, letter: no word, and nothing that tells another variant's code."""
    for attempt in range(10_000):
        rest = keyed(secret, "code", slot, index, attempt)
        rest, first = divmod(rest, len(_LETTERS))
        rest, digit = divmod(rest, len(_DIGITS))
        code = _LETTERS[first] + _DIGITS[digit] + _LETTERS[rest % len(_LETTERS)]
        if code not in taken:
            return code
    raise AssertionError("200 codes of 4,608 cannot be taken")


def _warnings(part: ExamPart, slots: list[Slot], bank: Bank, wanted: int) -> Iterator[str]:
    book = "open" if part.open_book else "closed"
    minutes = sum(slot.minutes for slot in slots)
    if minutes > part.minutes:
        yield f"part {part.name}: its questions need {minutes:g} minutes and it has {part.minutes:g}"
    for slot in slots:
        fit = bank[slot.question].definition.book
        if fit not in (book, "both"):
            yield f"{slot.id}: {slot.question} is a question for {fit} book and the part is {book} book"
        if len(slot.pool) < wanted and not isinstance(slot.pool[0].answer, Essay):
            yield f"{slot.id}: {slot.question} has only {len(slot.pool)} variants of the {wanted} wanted"
