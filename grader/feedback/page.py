"""One self-contained page of feedback per student."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from grader.feedback.shown import visible
from grader.feedback.views import Tongue, part_views
from grader.feedback.words import LABELS, cut_note, part_heading, provisional_note
from grader.results.records import Record
from grader.sandbox import Isolation
from papers.files import write_atomic
from papers.lock import Lock
from papers.roster import is_student_id
from papers.wording import day, number
from question_bank import DlexamError
from question_bank.answers import LETTERS

__all__ = ["render_feedback", "write_feedback"]

_HERE = Path(__file__).parent


def write_feedback(
    lock: Lock,
    record: Record,
    out_dir: Path,
    figures: Mapping[str, bytes],
    comments: Mapping[str, str] | None = None,
) -> Path:
    """
    Write the page of *record*'s student to *out_dir*, whole or not at all.

    Args:
        figures: PNGs by SHA-256, as `papers.lock.load_figures` returns them.
        comments: what a person said, by slot, as Markdown.

    Returns:
        The file, named after the student's id.

    Raises:
        DlexamError: as `render_feedback`, or the id is no safe file name.
    """
    if not is_student_id(record.student):
        raise DlexamError(f"student id {record.student!r} cannot name a file", mend="check the roster")
    page = render_feedback(lock, record, figures, comments)
    file = out_dir / f"{record.student}.html"
    out_dir.mkdir(parents=True, exist_ok=True)
    write_atomic(file, page.encode(), sync=False)
    return file


def render_feedback(
    lock: Lock, record: Record, figures: Mapping[str, bytes], comments: Mapping[str, str] | None = None
) -> str:
    """
    The page of *record*'s student, in the exam's language, as one HTML document that loads nothing.

    Raises:
        DlexamError: record and lock don't belong together.
    """
    exam, languages = lock.exam, lock.exam.languages
    tongue = Tongue(languages)
    parts = part_views(lock, record, figures, comments or {})
    slots = [slot for part in parts for slot in part.slots]
    waiting = [slot for slot in slots if slot.points is None]
    style = _style()
    return _template().render(
        language=languages[0],
        tongue=tongue,
        title=tongue.line([(language, visible(exam.title[language])) for language in languages]),
        student=visible(record.name[:200]),
        student_id=record.student,
        date=tongue.line([(language, Markup("{}").format(day(exam.date, language))) for language in languages]),
        iso_date=exam.date,
        parts=parts,
        slots=slots,
        several_parts=len(parts) > 1,
        unwalled=any(part.isolation == Isolation.PROCESS for part in record.parts.values()),
        total=sum(slot.points or 0.0 for slot in slots),
        max_points=sum(slot.max_points for slot in slots),
        provisional=provisional_note(len(waiting), number(sum(s.max_points for s in waiting))) if waiting else None,
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


@functools.cache
def _style() -> str:
    return (_HERE / "page.css").read_text(encoding="utf-8")


@functools.cache
def _template() -> Template:
    env = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(L=LABELS, LETTERS=LETTERS, cut_note=cut_note, part_heading=part_heading)
    env.filters.update(points=number, visible=visible)
    return env.get_template("page.html.j2")
