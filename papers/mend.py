"""What was mended in the bank after an exam was built, taken over where its frozen papers allow it."""

from __future__ import annotations

from collections.abc import Mapping

from papers.exam import Language
from papers.hashes import shared_marking_hash
from papers.lock import Lock, PooledVariant, Slot
from question_bank import Bank, Question

__all__ = ["mended"]


def mended(lock: Lock, bank: Bank) -> tuple[Lock, list[str]]:
    """
    *lock* as the bank would make it now, as far as students' papers stay what they are, and what changed.

    Marking code is always taken over. Of a variant whose parameters, options, form of answer and starter are as
    they were handed out, the right answer, mistakes and texts are taken over too; any other stays frozen.

    Raises:
        DlexamError: a question is gone from the bank, or fails.
    """
    notes: list[str] = []
    slots = tuple(_slot(slot, bank[slot.question], lock.exam.languages, notes) for slot in lock.slots)
    shared = shared_marking_hash()
    if shared != lock.marking_hash:
        notes.append("the marking code that all questions share has changed: mark again")
    return lock.model_copy(update={"slots": slots, "marking_hash": shared}), notes


def _slot(slot: Slot, question: Question, languages: tuple[Language, ...], notes: list[str]) -> Slot:
    same_tests = question.marking_hash() == slot.marking_hash
    if same_tests and question.drawing_hash() == slot.drawing_hash:
        return slot
    pool = [_variant(frozen, question, languages) for frozen in slot.pool]
    changed = [now for now, frozen in zip(pool, slot.pool, strict=True) if now not in (None, frozen)]
    stays = sum(now is None for now in pool)
    if not same_tests:
        notes.append(f"{slot.id}: the hidden test of {slot.question} has changed: mark again")
    if changed:
        notes.append(f"{slot.id}: answer or texts of {slot.question} have changed: mark again")
    if stays:
        notes.append(f"{slot.id}: {slot.question} now asks something else; {stays} papers stay as handed out")
    return slot.model_copy(
        update={
            "pool": tuple(now or frozen for now, frozen in zip(pool, slot.pool, strict=True)),
            "checks": question.checks,
            "marking_hash": question.marking_hash(),
            "drawing_hash": slot.drawing_hash if stays else question.drawing_hash(),
        }
    )


def _variant(frozen: PooledVariant, question: Question, languages: tuple[Language, ...]) -> PooledVariant | None:
    """*frozen* with today's answer and sentences; None where students would be asked something else."""
    drawn = question.variant(frozen.seed)
    texts = {language: question.texts(drawn, language) for language in languages}
    now = frozen.model_copy(
        update={
            "parameters": dict(drawn.parameters),
            "answer": drawn.answer,
            "texts": texts,
            "starter": question.starter(drawn) if question.is_code else None,
            "solution": question.solution(drawn) if question.is_code else None,
        }
    )
    return now if _asked(now) == _asked(frozen) and set(drawn.figures) == set(frozen.figures) else None


def _asked(variant: PooledVariant) -> Mapping[str, object]:
    """What an answer to *variant* depends on."""
    return {
        "parameters": variant.parameters,
        "form": variant.answer.form(),
        "options": variant.answer.option_ids(),
        "starter": variant.starter,
    }
