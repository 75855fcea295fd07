"""The practice notebook of one set in one language, to practise with or solved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from papers import wording
from papers.exam import Language
from papers.lock import PooledVariant, Slot, files_of
from papers.notebook import MAY_FAIL, attachments, explanation, prompt, right_source, setup_of
from papers.pool import freeze, slot_of
from question_bank import Question
from question_bank.answers import Essay
from tutor.desk import label
from tutor.words import instructions, say

__all__ = ["Sheet", "code_cell", "desk_source", "draw_sheet", "markdown_cell", "practice_notebook"]


@dataclass
class Sheet:
    """
    What one practice notebook asks.

    Args:
        name: the set's.
        asked: the labels of the questions by variable, as `tutor.begin` takes them.
        slots: each with a pool of one variant.
        figures: PNGs by SHA-256.
    """

    name: str
    asked: dict[str, str] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    figures: dict[str, bytes] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, bytes]:
        """The data files that must lie beside it."""
        return files_of(self.slots)


def draw_sheet(name: str, drawn: Sequence[tuple[Question, int]], languages: Sequence[Language]) -> Sheet:
    """The *drawn* questions of the set called *name*, each with the seed of its variant."""
    sheet = Sheet(name)
    for number, (question, seed) in enumerate(drawn, start=1):
        variant = question.variant(seed)
        # no variant code: that is for papers, which somebody marks
        pooled = freeze(question, seed, variant, "", languages, sheet.figures)
        slot = slot_of(question, "practice", number, question.definition.points, [pooled])
        sheet.slots.append(slot)
        sheet.asked[slot.variable] = label(question, seed)
    return sheet


def practice_notebook(sheet: Sheet, heading: str, language: Language, *, solved: bool) -> NotebookNode:
    """The notebook of *sheet*; *solved*, it holds right answers, each followed by its explanation."""
    cells = list(_cells(sheet, heading, language, solved=solved))
    metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "dlexam": {"practice": sheet.name},
    }
    plain = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    notebook: NotebookNode = nbformat.from_dict(plain)  # type: ignore[no-untyped-call]
    return notebook


def _cells(sheet: Sheet, heading: str, language: Language, *, solved: bool) -> Iterator[dict[str, Any]]:
    setup = setup_of(sheet.slots, [language])
    lines = instructions(language, data=bool(sheet.files), keras="import keras" in setup)
    yield markdown_cell("title", _title(sheet, heading, lines, language, solved=solved))
    yield code_cell("setup", f"{setup}\n\n{desk_source(sheet.asked, language)}")
    for slot in sheet.slots:
        [variant] = slot.pool
        yield markdown_cell(f"{slot.variable}-prompt", prompt(slot, variant, language), _pictures(sheet, variant))
        source = right_source(slot, variant) if solved else variant.untouched(slot.variable)
        if isinstance(variant.answer, Essay):
            yield markdown_cell(f"{slot.variable}-answer", source)
        else:
            cell = code_cell(f"{slot.variable}-answer", source)
            yield cell if solved else {**cell, "metadata": MAY_FAIL}
        yield code_cell(f"{slot.variable}-check", f'check("{slot.variable}")')
        if solved:
            told = explanation(variant.answer, variant.texts[language], language)
            pictures = _pictures(sheet, variant) if "(attachment:" in told else None
            yield markdown_cell(f"{slot.variable}-explanation", told, pictures)
    yield code_cell("summary", "check()")


def _title(sheet: Sheet, heading: str, lines: Sequence[str], language: Language, *, solved: bool) -> str:
    minutes = wording.number(5 * round(sum(slot.minutes for slot in sheet.slots) / 5) or 5)
    head = f"# {heading}" + (f" ({wording.say('solved', language)})" if solved else "")
    numbered = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, start=1))
    return "\n\n".join([head, say("size", language, len(sheet.slots), minutes), numbered])


def desk_source(asked: Mapping[str, str], language: Language) -> str:
    """The code that makes `check` and `show`; without the package it says so in one line, and all else still runs."""
    listed = "".join(f'        "{variable}": "{name}",\n' for variable, name in asked.items())
    return (
        f"{say('begin', language)}\n"
        "try:\n"
        "    from tutor import begin\n"
        "except ImportError:\n"
        f'    missing = "{say("missing", language)}"\n'
        "    print(missing)\n"
        "    check = show = lambda *question: print(missing)\n"
        "else:\n"
        f'    check, show = begin(globals(), "{language}", {{\n{listed}    }})'
    )


def _pictures(sheet: Sheet, variant: PooledVariant) -> dict[str, dict[str, str]]:
    return attachments(variant, sheet.figures)


def markdown_cell(id: str, source: str, pictures: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A Markdown cell, with the *pictures* that it attaches."""
    cell = {"id": id, "cell_type": "markdown", "source": source, "metadata": {}}
    return {**cell, "attachments": dict(pictures)} if pictures else cell


def code_cell(id: str, source: str) -> dict[str, Any]:
    """A code cell that has not run."""
    empty: dict[str, Any] = {"execution_count": None, "outputs": []}
    return {"id": id, "cell_type": "code", "source": source, "metadata": {}, **empty}
