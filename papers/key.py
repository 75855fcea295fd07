"""The marking key: right answers and known mistakes of every variant, and who was dealt which."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator

from papers import wording
from papers.exam import Language
from papers.files import csv_bytes
from papers.lock import Lock, PooledVariant, Slot
from question_bank import glossary
from question_bank.answers import (
    LETTERS,
    Answer,
    Choice,
    Choices,
    Expression,
    Fields,
    Mistake,
    Number,
    Order,
    Term,
)
from question_bank.answers.code import Code, Essay
from question_bank.errors import DlexamError

__all__ = ["key_csv", "key_html", "known_mistakes"]

_WORDS: dict[str, dict[Language, str]] = {
    "title": {"ko": "채점 기준표", "en": "Marking key"},
    "private": {
        "ko": "정답이 들어 있다. 학생에게 주지 마시오.",
        "en": "It holds the right answers: not for students.",
    },
    "variant": {"ko": "변형", "en": "Variant"},
    "right": {"ko": "정답", "en": "Right answer"},
    "mistakes": {"ko": "알려진 실수와 그 점수", "en": "Known mistakes and what they earn"},
    "students": {"ko": "학생별 변형", "en": "Variants by student"},
    "tests": {"ko": "숨은 테스트로 채점", "en": "judged by hidden tests"},
    "person": {"ko": "사람이 채점", "en": "marked by a person"},
}

_CSS = """
body { font: 15px/1.5 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic", sans-serif;
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733; word-break: keep-all; }
h2 { margin: 2rem 0 .4rem; font-size: 1.1rem; break-after: avoid; }
h2 small { font-weight: normal; color: #5b6875; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid #ccd; }
thead { display: table-header-group; } tr { break-inside: avoid; }
code { font-family: ui-monospace, "DejaVu Sans Mono", "NanumGothicCoding", monospace; font-size: .92em; }
ul { margin: 0; padding-left: 1.1rem; } .private { color: #a33a2b; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } }
"""


def known_mistakes(answer: Answer) -> Iterator[tuple[str, Mistake]]:
    """Each mistake that *answer* knows, after what a response with it looks like (empty for code)."""
    match answer:
        case Number(mistakes=mistakes):
            yield from ((f"{value:.10g}", mistake) for value, mistake in mistakes.items())
        case Choice(mistakes=mistakes) | Choices(mistakes=mistakes):
            letters = {id: LETTERS[i] for i, id in enumerate(answer.option_ids())}
            yield from sorted(((letters[id], mistake) for id, mistake in mistakes.items()), key=lambda pair: pair[0])
        case Order(mistakes=mistakes):
            letters = {id: LETTERS[i] for i, id in enumerate(answer.option_ids())}
            for pair, mistake in mistakes.items():
                yield " … ".join(letters[id] for id in pair.split(">")), mistake
        case Fields(mistakes=patterns):
            for pattern, mistake in patterns:
                yield (
                    ", ".join(f"{name}={'|'.join(map(str, values))}" for name, values in pattern.items()),
                    mistake,
                )
        case Expression(mistakes=mistakes):
            yield from mistakes.items()
        case Term(mistakes=mistakes):
            yield from ((_spelling(term), mistake) for term, mistake in mistakes.items())
            if answer.other_language is not None:
                other: Language = "en" if answer.language == "ko" else "ko"
                yield glossary.preferred(answer.term, other), answer.other_language
        case _:
            yield from (("", mistake) for mistake in answer.mistakes_known())


def _spelling(term: str) -> str:
    try:
        return f"{glossary.preferred(term, 'en')} / {glossary.preferred(term, 'ko')}"
    except DlexamError:
        return term


def key_csv(lock: Lock) -> bytes:
    """One row for each student and slot: variant, right answer, mistakes with their points."""
    header = ("student", "name", "seat", "slot", "question", "variant", "points", "right_answer", "mistakes")

    def rows() -> Iterator[tuple[object, ...]]:
        for student in lock.students:
            for slot in lock.slots:
                variant = slot.pool[student.deal[slot.id]]
                mistakes = "; ".join(
                    f"{shown or mistake.id}: {_earned(slot, mistake)}"
                    for shown, mistake in known_mistakes(variant.answer)
                )
                about = (student.id, student.name, student.seat, slot.id, slot.question, variant.code)
                yield (*about, slot.points, variant.answer.shown(), mistakes)

    return csv_bytes(header, rows())


def _earned(slot: Slot, mistake: Mistake) -> str:
    return wording.number(mistake.credit * slot.points)


def key_html(lock: Lock) -> bytes:
    """A page to print: by slot, every variant's right answer and mistakes; then each student's variants."""
    language = lock.exam.languages[0]
    title = f"{lock.exam.title[language]}: {_WORDS['title'][language]}"
    parts = [
        f"<h1>{html.escape(title)}</h1>",
        f"<p>{wording.day(lock.exam.date, language)} · <code>{html.escape(lock.exam.id)}</code> · "
        f"<code>{lock.build}</code></p><p class='private'>{_WORDS['private'][language]}</p>",
        *(_slot_html(slot, language) for slot in lock.slots),
        _students_html(lock, language),
    ]
    allowed = base64.b64encode(hashlib.sha256(_CSS.encode()).digest()).decode()
    head = (
        f"<meta charset='utf-8'><meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; "
        f"style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'\">"
        f"<meta name='referrer' content='no-referrer'><title>{html.escape(title)}</title><style>{_CSS}</style>"
    )
    page = f"<!doctype html><html lang='{language}'><head>{head}</head><body>{''.join(parts)}</body></html>\n"
    return page.encode()


def _slot_html(slot: Slot, language: Language) -> str:
    texts = slot.pool[0].texts[language]
    says = {name: words[language] for name, words in _WORDS.items()}
    rows = "".join(
        f"<tr><td><code>{variant.code}</code></td><td>{_right_html(variant, says)}</td>"
        f"<td>{_mistakes_html(slot, variant, language)}</td></tr>"
        for variant in slot.pool
    )
    return (
        f"<h2>{slot.id}. {_inline(texts.title)} <small>{wording.points(slot.points, language)} · "
        f"{html.escape(slot.question)}</small></h2><table><thead><tr><th>{says['variant']}</th>"
        f"<th>{says['right']}</th><th>{says['mistakes']}</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _right_html(variant: PooledVariant, says: dict[str, str]) -> str:
    if isinstance(variant.answer, Code):
        return says["tests"]
    if isinstance(variant.answer, Essay):
        return says["person"]
    return f"<code>{html.escape(variant.answer.shown())}</code>"


def _mistakes_html(slot: Slot, variant: PooledVariant, language: Language) -> str:
    texts = variant.texts[language]
    items = [
        (f"<code>{html.escape(shown)}</code> → " if shown else "")
        + ("" if isinstance(variant.answer, Code) else f"{wording.points(mistake.credit * slot.points, language)}: ")
        + _inline(texts.mistakes[mistake.id])
        for shown, mistake in known_mistakes(variant.answer)
    ]
    if isinstance(variant.answer, Essay):
        items = [
            f"{wording.points(share * slot.points, language)}: {_inline(texts.rubric[id])}"
            for id, share in variant.answer.rubric.items()
        ]
    if isinstance(variant.answer, Code):
        total = sum(check.share for check in slot.checks)
        items = [
            f"<code>{check.id}</code> {wording.points(slot.points * check.share / total, language)}: "
            + _inline(texts.checks[check.id])
            for check in slot.checks
        ] + items
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""


def _inline(text: str) -> str:
    """Markdown's code and bold as HTML, everything else as it is."""
    text = html.escape(" ".join(text.split()))
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)


def _students_html(lock: Lock, language: Language) -> str:
    heads = "".join(f"<th>{slot.id}</th>" for slot in lock.slots)
    rows = "".join(
        f"<tr><td>{html.escape(student.id)}</td><td>{html.escape(student.name)}</td>"
        + "".join(f"<td><code>{slot.pool[student.deal[slot.id]].code}</code></td>" for slot in lock.slots)
        + "</tr>"
        for student in lock.students
    )
    names = "".join(f"<th>{wording.say(word, language)}</th>" for word in ("id", "name"))
    return (
        f"<h2>{_WORDS['students'][language]}</h2>"
        f"<table><thead><tr>{names}{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
