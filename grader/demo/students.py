"""The demo's class: who hands in what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.demo.answers import Write, crash, endless, leave, partly, right, surprising, vanish, wrong
from papers.cells import answer_cell_id
from papers.lock import Lock, StudentPaper
from question_bank import Bank

__all__ = ["CLASS", "Persona", "handed_in"]


@dataclass(frozen=True)
class Persona:
    """
    How one student of the demo works.

    Args:
        writes: how they answer.
        instead: by question: how they answer that one.
        parts: the parts that they hand in.
        deleted: questions whose answer cells they deleted.
        reversed: whether they turned the order of the cells around.
        not_a_notebook: what they hand in under a notebook's name instead.
    """

    about: str
    writes: Write = right
    instead: Mapping[str, Write] = field(default_factory=dict)
    parts: tuple[str, ...] = ("closed", "open")
    deleted: tuple[str, ...] = ()
    reversed: bool = False
    not_a_notebook: bytes | None = None

    def answer_to(self, question: str) -> Write:
        """How they answer *question*."""
        return self.instead.get(question, self.writes)


CLASS: Mapping[str, Persona] = {
    "2021000101": Persona("everything right"),
    "2021000102": Persona("ordinary: half-right answers", writes=partly),
    "2021000103": Persona("everything right, in unexpected forms", writes=surprising),
    "2021000104": Persona("blank", writes=leave),
    "2021000105": Persona(
        "cells deleted and reordered",
        deleted=("gradient_descent/updates_per_epoch", "labels/loss_for_labels"),
        reversed=True,
    ),
    "2021000106": Persona("a cell that crashes the interpreter", instead={"gradient_descent/numpy_step": crash}),
    "2021000107": Persona("an endless loop", instead={"gradient_descent/numpy_step": endless}),
    "2021000108": Persona("a cell that calls os._exit(0)", instead={"dense_layers/drawn_network": vanish}),
    "2021000109": Persona("not a notebook", not_a_notebook=b"<!DOCTYPE html><title>Sign in</title>"),
    "2021000110": Persona("nothing handed in", parts=()),
    "2021000111": Persona("weak: the mistakes that students make", writes=wrong),
    "2021000112": Persona("the closed part only, half right", writes=partly, parts=("closed",)),
}


def handed_in(bank: Bank, lock: Lock, paper: StudentPaper, persona: Persona, given: Path) -> dict[str, bytes]:
    """What a student of the demo makes of the notebooks in the folder *given*: file name to bytes."""
    if persona.not_a_notebook is not None:
        return {f"{part}.ipynb": persona.not_a_notebook for part in persona.parts}
    return {f"{part}.ipynb": _filled(bank, lock, paper, persona, part, given) for part in persona.parts}


def _filled(bank: Bank, lock: Lock, paper: StudentPaper, persona: Persona, part: str, given: Path) -> bytes:
    notebook: dict[str, Any] = json.loads((given / f"{part}.ipynb").read_bytes())
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for slot in lock.slots_of(part):
        id = answer_cell_id(slot)
        if slot.question in persona.deleted:
            del cells[id]
            continue
        write = persona.answer_to(slot.question)
        cells[id]["source"] = write(bank, slot, slot.pool[paper.deal[slot.id]])
    notebook["cells"] = list(cells.values())[:: -1 if persona.reversed else 1]
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()
