"""The bank as rows and single questions as data, for people and programs that look around in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from question_bank.answers import LETTERS, Essay
from question_bank.bank import Question, load_bank
from question_bank.errors import DlexamError
from question_bank.question import Variant
from question_bank.texts import LANGUAGES

__all__ = ["list_questions", "show_question"]


def list_questions(
    bank: Path | None = None, *, topic: str | None = None, fact: str | None = None
) -> list[dict[str, Any]]:
    """
    One row a question: id, kind, topic, facts, points, minutes, book and its title in each language.

    Raises:
        DlexamError: there is no such topic or fact in the bank.
    """
    questions = load_bank(bank)
    if topic is not None and topic not in questions.topics:
        raise DlexamError(f"no topic {topic!r}", mend=f"there are {', '.join(questions.topics)}")
    if fact is not None and not re.fullmatch(r"F\d\d", fact):
        raise DlexamError(f"no fact {fact!r}", mend="facts are F01 to F50")
    rows = []
    for question in questions:
        if topic not in (None, question.topic) or (fact is not None and fact not in question.definition.facts):
            continue
        variant = question.variant(0)
        definition = question.definition
        rows.append(
            {
                "id": question.id,
                "kind": question.kind,
                "topic": question.topic,
                "facts": list(definition.facts),
                "points": definition.points,
                "minutes": definition.minutes,
                "book": definition.book,
                "title": {language: question.texts(variant, language).title for language in LANGUAGES},
            }
        )
    return rows


def show_question(
    id: str, *, variant: int = 0, language: str = "ko", answer: bool = False, bank: Path | None = None
) -> dict[str, Any]:
    """
    One variant of question *id* as a student sees it, and its answer if *answer*.

    Figures come as PNG bytes by name.

    Raises:
        DlexamError: no such question or language.
    """
    check_language(language)
    question = load_bank(bank)[id]
    drawn = question.variant(variant)
    texts = question.texts(drawn, language)
    options = [
        f"{letter}. {texts.options[option]}" for letter, option in zip(LETTERS, drawn.answer.option_ids(), strict=False)
    ]
    shown: dict[str, Any] = {
        "id": id,
        "variant": variant,
        "title": texts.title,
        "points": question.definition.points,
        "prompt": texts.prompt,
        "options": options,
        "start": _start(question, drawn),
        "figures": {name: figure.png() for name, figure in drawn.figures.items()},
    }
    if answer:
        shown["answer"] = question.solution(drawn) if question.is_code else drawn.answer.shown()
        shown["explanation"] = texts.explanation
        shown["rubric"] = dict(texts.rubric)
        shown["mistakes"] = dict(texts.mistakes)
    return shown


def _start(question: Question, variant: Variant) -> str:
    """What the answer cell holds at first."""
    if isinstance(variant.answer, Essay):
        return "..."
    return question.starter(variant) if question.is_code else variant.answer.placeholder("answer")


def check_language(language: str) -> None:
    """
    Refuse a language that the bank does not speak.

    Raises:
        DlexamError: it is neither ko nor en.
    """
    if language not in LANGUAGES:
        raise DlexamError(f"no language {language!r}", mend="use ko or en")
