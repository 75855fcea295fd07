"""Classes to grade: an exam, its papers, and what honest students hand in; the same for every tool."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papers.from_files import build_files
from papers.lock import Lock, PooledVariant, Slot, load_lock
from papers.notebook import right_source
from question_bank.answers import Code
from question_bank.bank import QUESTIONS

__all__ = ["KINDS", "Answered", "Kind", "SchoolClass", "hand_in", "make_class"]

HERE = Path(__file__).parent
ONCE = "training/once"
TYPED = (
    "dense_layers/count_weights",
    "gradient_descent/expand_abbreviation",
    "gradient_descent/updates_per_epoch",
    "labels/loss_for_labels",
    "metrics/confusion_matrix",
    "losses/can_be_a_loss",
    "prediction/number_of_batches",
    "activations/neuron_output",
)
# of each dozen of students: how their training ends, in turn
TRAININGS = ("", "", "", "adam", "", "unnormalised", "", "", "shuffled", "adam", "", "")


@dataclass(frozen=True)
class Kind:
    """What a class is asked: *name* stands in the table."""

    name: str
    about: str
    questions: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "training": Kind("training", "one Keras training and two short answers", (*TYPED[:2], ONCE)),
    "short": Kind("short", "eight short answers", TYPED),
}


@dataclass(frozen=True)
class Answered:
    """One student's notebook: the source of each answer cell, by the id of its slot."""

    student: str
    sources: Mapping[str, str]


@dataclass(frozen=True)
class SchoolClass:
    """
    A class that has handed in.

    Args:
        folder: where it lies: `bank`, `exam` as built, `submissions`.
        students: one for each submission.
    """

    kind: Kind
    folder: Path
    lock: Lock
    students: tuple[Answered, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The questions, in order."""
        return self.lock.slots

    @property
    def has_code(self) -> bool:
        """Whether TensorFlow is needed."""
        return any(isinstance(slot.pool[0].answer, Code) for slot in self.slots)


def make_class(kind: Kind, students: int, folder: Path, *, variants: int = 1) -> SchoolClass:
    """
    Build an exam of *kind* for so many students in the empty *folder*, and hand in.

    Args:
        variants: of each question. One where other tools grade too: they ask everybody the same.
    """
    folder.mkdir(parents=True)
    bank = folder / "bank"
    for question in kind.questions:
        source = HERE / "once" if question == ONCE else QUESTIONS / question
        shutil.copytree(source, bank / question, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "exam.toml").write_text(_exam(kind, variants), encoding="utf-8")
    ids = [f"{20250000 + number}" for number in range(1, students + 1)]
    roster = "".join(f"{id},Student {id}\n" for id in ids)
    (folder / "roster.csv").write_text(f"id,name\n{roster}", encoding="utf-8")
    build_files(folder / "exam.toml", folder / "roster.csv", folder / "exam", bank=bank)
    lock = load_lock(folder / "exam")
    answered = tuple(_answered(lock, number) for number in range(students))
    for student in answered:
        hand_in(folder, student)
    return SchoolClass(kind, folder, lock, answered)


def _exam(kind: Kind, variants: int) -> str:
    slots = "".join(f'[[part.slot]]\nquestion = "{question}"\n' for question in kind.questions)
    return (
        f'[exam]\nid = "{kind.name}"\ntitle = "Benchmark"\ndate = 2025-04-23\nlanguage = "en"\nvariants = {variants}\n'
        f'[[part]]\nname = "paper"\nminutes = 600\nopen_book = true\n{slots}'
    )


def hand_in(folder: Path, student: Answered) -> None:
    """Write *student*'s notebook, filled in."""
    given = folder / "exam" / "students" / student.student / "paper.ipynb"
    notebook: dict[str, Any] = json.loads(given.read_bytes())
    for cell in notebook["cells"]:
        slot = cell["id"].removesuffix("-answer")
        if cell["id"].endswith("-answer") and slot in student.sources:
            cell["source"] = student.sources[slot]
    to = folder / "submissions" / student.student
    to.mkdir(parents=True)
    (to / "paper.ipynb").write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")


def _answered(lock: Lock, number: int) -> Answered:
    """What the *number*-th student writes: of typed answers four of six right, one wrong, one open."""
    paper = lock.students[number]
    sources = {}
    for place, slot in enumerate(lock.slots):
        variant = slot.pool[paper.deal[slot.id]]
        if isinstance(variant.answer, Code):
            sources[slot.id] = _training(right_source(slot, variant), TRAININGS[number % len(TRAININGS)])
        else:
            sources[slot.id] = _typed_source(slot, variant, (number + 5 * place) % 6)
    return Answered(paper.id, sources)


def _training(source: str, how: str) -> str:
    match how:
        case "adam":
            return source.replace('"rmsprop"', '"adam"')
        case "unnormalised":
            return source.replace(', activation="softmax"', "").replace(
                '"sparse_categorical_crossentropy"', "keras.losses.SparseCategoricalCrossentropy(from_logits=True)"
            )
        case "shuffled":
            return source.replace(".fit(x, y,", ".fit(x, (y * 7 + 3) % 10,")
    return source


def _typed_source(slot: Slot, variant: PooledVariant, how: int) -> str:
    if how == 5:
        return variant.untouched(slot.variable)
    if how == 4:
        return f"{slot.variable} = {next(_wrong(variant))!r}"
    return right_source(slot, variant)


def _wrong(variant: PooledVariant) -> Iterator[object]:
    """Answers that are read and earn nothing."""
    answer = variant.answer
    for given in (*answer.samples()["wrong"], "A", 999_983):
        verdict = answer.mark(answer.read(given))
        if verdict.credit == 0 and not verdict.review:
            yield given
