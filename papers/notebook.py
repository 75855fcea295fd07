"""One student's notebook of one part, as handed out and as solved."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from papers import wording
from papers.exam import Language
from papers.form_check import SOURCE
from papers.lock import Lock, Part, PooledVariant, Slot, StudentPaper, data_of
from papers.setup import setup_code
from question_bank import Answer, Texts
from question_bank.answers import LETTERS
from question_bank.answers.code import Code, Essay
from question_bank.answers.fields import Fields
from question_bank.data import GENERATED

if TYPE_CHECKING:
    # not imported by grading, which needs only words from here: nbformat takes longer to load than all the rest
    from nbformat import NotebookNode

__all__ = [
    "MAY_FAIL",
    "attachments",
    "explanation",
    "notebook_bytes",
    "prompt",
    "right_source",
    "setup_of",
    "setup_source",
    "solved_notebook",
    "student_notebook",
]

Figures = Mapping[str, bytes]
"""PNGs by their SHA-256."""
MAY_FAIL = {"tags": ["raises-exception"]}
"""Metadata of an answer cell: Jupyter runs the cells after it though it fails, as what is to be repaired does."""


def student_notebook(
    lock: Lock, student: StudentPaper, part: str, *, figures: Figures, alike: bool = False
) -> NotebookNode:
    """
    The notebook of *part* that *student* is given: nbformat 4.5 with nbgrader's metadata, schema 3.

    Cells are named after their slot: `closed-01-prompt`, `closed-01-answer`, `closed-01-check`.

    Args:
        alike: everybody gets this one.
    """
    return _notebook(lock, student, part, figures, solved=False, alike=alike)


def solved_notebook(lock: Lock, student: StudentPaper, part: str, *, figures: Figures) -> NotebookNode:
    """The same notebook with right answers in it, each followed by its explanation."""
    return _notebook(lock, student, part, figures, solved=True)


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """The notebook's file, as nbformat writes it, in a third of its time; equal notebooks are equal bytes."""
    cells = [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in notebook["cells"]]
    text = json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def setup_source(lock: Lock, part: str) -> str:
    """The code that stands before the first question of *part*: imports, and where `keras.datasets` reads."""
    return setup_of(lock.slots_of(part), lock.exam.languages)


def setup_of(slots: Sequence[Slot], languages: Sequence[Language]) -> str:
    """The same for any *slots* that stand in one notebook."""
    data = list(dict.fromkeys(name for slot in slots for name in slot.data))
    generated = ", ".join(GENERATED[name] for name in data if name in GENERATED)
    comments = [wording.say("setup", language) for language in languages]
    if generated:
        comments += [wording.say("generated", language, generated) for language in languages]
    return "\n".join([*comments, setup_code(data=bool(data), keras=_uses_keras(slots))])


def right_source(slot: Slot, variant: PooledVariant) -> str:
    """The answer cell of *slot* with a right answer in it; an essay's rubric."""
    answer = variant.answer
    if isinstance(answer, Code):
        return variant.solution or ""
    if isinstance(answer, Essay):
        texts = next(iter(variant.texts.values()))
        return "\n".join(f"- ({share:.0%}) {texts.rubric[id]}" for id, share in answer.rubric.items())
    right = answer.samples()["right"][0] if isinstance(answer, Fields) else answer.right()
    if isinstance(right, dict):
        items = "".join(f"    {_literal(name)}: {_literal(value)},\n" for name, value in right.items())
        return f"{slot.variable} = {{\n{items}}}"
    return f"{slot.variable} = {_literal(right)}"


def _literal(value: object) -> str:
    """*value* as Python, texts in double quotation marks as the instructions show them."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return repr(value)


def _uses_keras(slots: Sequence[Slot]) -> bool:
    """Whether an answer may name Keras: in code, or as the value of a field."""
    pooled = [variant for slot in slots for variant in slot.pool]
    sources = [source for variant in pooled for source in (variant.starter, variant.solution) if source]
    fields = {kind for v in pooled if isinstance(v.answer, Fields) for kind in v.answer.fields.values()}
    return any("keras" in source for source in sources) or bool(fields & {"activation", "loss", "metric"})


def _notebook(
    lock: Lock, student: StudentPaper, part: str, figures: Figures, *, solved: bool, alike: bool = False
) -> NotebookNode:
    cells = list(_cells(lock, student, lock.part(part), figures, solved=solved, alike=alike))
    about = {"exam": lock.exam.id, "build": lock.build, "part": part, "student": student.id}
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "dlexam": {**about, "solved": True} if solved else about,
    }
    plain = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    from nbformat import from_dict

    notebook: NotebookNode = from_dict(plain)  # type: ignore[no-untyped-call]
    return notebook


def _cells(
    lock: Lock, student: StudentPaper, part: Part, figures: Figures, *, solved: bool, alike: bool
) -> Iterator[dict[str, Any]]:
    languages = lock.exam.languages
    dealt = [(slot, slot.pool[student.deal[slot.id]]) for slot in lock.slots_of(part.name)]
    titles = (_title(lock, student, part, dealt, language, solved, alike) for language in languages)
    yield _markdown("title", "\n\n---\n\n".join(titles))
    yield _code("setup", setup_source(lock, part.name))
    forms = {slot.variable: variant.answer.form() for slot, variant in dealt}
    listed = "".join(f"    {name!r}: {form!r},\n" for name, form in forms.items())
    comments = "".join(f"{wording.say('form check', language)}\n" for language in languages)
    call = f"check_form = form_checker(globals(), {{\n{listed}}}, {languages!r})"
    yield _code("form-check", f"{comments}{SOURCE}\n\n{call}", jupyter={"source_hidden": True})
    for slot, variant in dealt:
        yield _prompt(slot, variant, languages, figures)
        yield from _answer(slot, variant, solved=solved)
        if solved:
            blocks = [explanation(variant.answer, variant.texts[language], language) for language in languages]
            yield _markdown(f"{slot.id}-explanation", "\n\n---\n\n".join(blocks))
    yield _code("summary", "check_form()")


def _markdown(id: str, source: str, *, nbgrader: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"id": id, "cell_type": "markdown", "source": source, "metadata": _metadata(id, nbgrader)}


def _code(id: str, source: str, *, nbgrader: Mapping[str, Any] | None = None, **metadata: Any) -> dict[str, Any]:
    return {
        "id": id,
        "cell_type": "code",
        "source": source,
        "metadata": {**_metadata(id, nbgrader), **metadata},
        "execution_count": None,
        "outputs": [],
    }


def _metadata(id: str, nbgrader: Mapping[str, Any] | None) -> dict[str, Any]:
    """What nbgrader and Jupyter need to know; a cell is read-only unless *nbgrader* says otherwise."""
    role = {"grade": False, "solution": False, "locked": True, "task": False, **(nbgrader or {})}
    return {
        "deletable": False,
        "editable": not role["locked"],
        "nbgrader": {"schema_version": 3, "grade_id": id, **role},
    }


def _answer(slot: Slot, variant: PooledVariant, *, solved: bool) -> Iterator[dict[str, Any]]:
    source = right_source(slot, variant) if solved else variant.untouched(slot.variable)
    solution = {"solution": True, "locked": False}
    if slot.is_essay:
        yield _markdown(f"{slot.id}-answer", source, nbgrader={**solution, "grade": True, "points": slot.points})
        return
    yield _code(f"{slot.id}-answer", source, nbgrader=solution, **({} if solved else MAY_FAIL))
    graded = {"grade": True, "points": slot.points}
    yield _code(f"{slot.id}-check", f'check_form("{slot.variable}")', nbgrader=graded)


def _prompt(slot: Slot, variant: PooledVariant, languages: Sequence[Language], figures: Figures) -> dict[str, Any]:
    blocks = [prompt(slot, variant, language) for language in languages]
    cell = _markdown(f"{slot.id}-prompt", "\n\n---\n\n".join(blocks))
    pictures = attachments(variant, figures)
    return {**cell, "attachments": pictures} if pictures else cell


def attachments(variant: PooledVariant, figures: Figures) -> dict[str, dict[str, str]]:
    """The figures of *variant* as a cell carries them."""
    return {
        f"{name}.png": {"image/png": base64.b64encode(figures[sha]).decode()} for name, sha in variant.figures.items()
    }


def prompt(slot: Slot, variant: PooledVariant, language: Language) -> str:
    """The question of *slot* as Markdown: heading, points, text, options, and the form of an answer."""
    texts = variant.texts[language]
    number = int(slot.variable.removeprefix("q"))
    # what is marked of code are the names it defines, and they stand in the form
    where = "answer below" if slot.is_essay or slot.is_code else "answer in"
    facts = (
        f"**{wording.points(slot.points, language)}**",
        wording.say(where, language, slot.variable),
        *([f"{wording.say('code', language)} {variant.code}"] if variant.code else []),
    )
    options = [(LETTERS[i], texts.options[id]) for i, id in enumerate(variant.answer.option_ids())]
    # a line each where they are lines, else blocks: an option may be code
    between = "  \n" if all("\n" not in text for _, text in options) else "\n\n"
    listed = between.join(f"**{letter}.** {_own_line(text)}" for letter, text in options)
    form = wording.form_line(variant.answer.form(), slot.variable, language)
    parts = (
        f"### {wording.say('question', language, number)}. {texts.title}",
        " · ".join(facts),
        texts.prompt,
        listed,
        f"> {wording.say('form', language)}: {form}",
    )
    return "\n\n".join(part for part in parts if part)


def _own_line(text: str) -> str:
    """A fenced block must begin its own line."""
    return f"\n\n{text}" if text.startswith(("```", "|", "- ")) else text


def explanation(answer: Answer, texts: Texts, language: Language) -> str:
    """The right answer of a typed question, and the explanation, as Markdown."""
    lines = [f"**{wording.say('explanation', language)}**", texts.explanation]
    if not isinstance(answer, Code | Essay):
        shown = answer.shown().replace("`", "'")
        lines.insert(0, f"**{wording.say('right answer', language)}**: `{shown}`")
    return "\n\n".join(lines)


def _title(
    lock: Lock,
    student: StudentPaper,
    part: Part,
    dealt: Sequence[tuple[Slot, PooledVariant]],
    language: Language,
    solved: bool,
    alike: bool,
) -> str:
    say = wording.say
    slots = [slot for slot, _ in dealt]
    marks = " · ".join(f"{i} ({wording.number(slot.points)})" for i, slot in enumerate(slots, start=1))
    total = wording.number(sum(slot.points for slot in slots))
    counted = say("total one", language, total) if len(slots) == 1 else say("total", language, len(slots), total)
    rows = [
        ("id", wording.escape(student.id)),
        ("name", wording.escape(student.name)),
        ("seat", wording.escape(student.seat or "")),
        ("date", wording.day(lock.exam.date, language)),
        ("time", say("minutes", language, wording.number(part.minutes))),
        ("book", wording.book(part.open_book, language)),
        ("marks", f"{counted}: {marks}"),
    ]
    head = f"# {wording.escape(lock.exam.title[language])}" + (f" ({say('solved', language)})" if solved else "")
    table = [f"| **{say(word, language)}** | {text} |" for word, text in rows if text]
    data = bool(data_of(lock, part.name))
    lines = wording.instructions(language, open_book=part.open_book, file=f"{part.name}.ipynb", data=data, alike=alike)
    return "\n\n".join(
        (
            head,
            "\n".join(["| | |", "|:--|:--|", *table]),
            f"**{say('instructions', language)}**",
            "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1)),
        )
    )
