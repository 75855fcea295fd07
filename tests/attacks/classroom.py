"""A class of attackers with honest students among them, graded for real."""

from __future__ import annotations

import ast
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.batch.batch import Batch, grade_batch
from grader.grading.limits import TimeLimits
from grader.results.records import Record
from grader.sandbox import Isolation
from papers import load_lock
from papers.cells import answer_cell_id
from papers.from_files import build_files
from papers.lock import Lock
from papers.notebook import right_source
from tests.exams import one_part

FILES = Path(__file__).parent / "files"
EASY = ("dense_layers/count_weights", "preprocessing/min_max")
TARGETS = {"function": "gradient_descent/numpy_step", "training": "training/digits"}
BEFORE, ATTACKED, AFTER = "open-01", "open-02", "open-03"


@dataclass(frozen=True)
class Attack:
    """
    One attack.

    Args:
        name: family and file, such as `theft/stack_frames`.
        about: what it tries.
        target: which question it answers.
    """

    name: str
    about: str
    source: str
    target: str

    @property
    def family(self) -> str:
        return self.name.split("/")[0]


def attacks() -> dict[str, Attack]:
    """All attacks by name."""
    found = {}
    for file in sorted(FILES.glob("*/*.py")):
        source = file.read_text(encoding="utf-8")
        name = f"{file.parent.name}/{file.stem}"
        target = "training" if "# target: training" in source else "function"
        found[name] = Attack(name, ast.get_docstring(ast.parse(source)) or "", source, target)
    return found


@dataclass(frozen=True)
class Attacked:
    """A graded class: the records of attackers by attack, and those of honest students."""

    batch: Batch
    lock: Lock
    results: Path
    by_attack: Mapping[str, Record]
    honest: tuple[Record, ...]
    canary: str


def attacked_class(
    root: Path, target: str, chosen: Sequence[Attack], limits: TimeLimits, isolation: Isolation
) -> Attacked:
    """Grade a class below *root* in which each attack is a student, and every tenth student is honest."""
    (root / "exam.toml").write_text(one_part("attacked", *EASY[:1], TARGETS[target], *EASY[1:]), encoding="utf-8")
    who: list[Attack | None] = []
    for index, attack in enumerate(chosen):
        who += [None, attack] if index % 10 == 0 else [attack]
    who.append(None)
    ids = [f"s{index:03}" for index in range(len(who))]
    (root / "roster.csv").write_text("id,name\n" + "".join(f"{id},{id}\n" for id in ids), encoding="utf-8")
    build_files(root / "exam.toml", root / "roster.csv", root / "out")
    lock = load_lock(root / "out")
    canary = f"canary-{secrets.token_hex(16)}"
    (root / "out" / "private" / "canary").write_text(canary, encoding="utf-8")
    for id, attack in zip(ids, who, strict=True):
        _hand_in(lock, root, id, attack)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DLEXAM_CANARY", canary)
        batch = grade_batch(root / "out", root / "in", root / "results", isolation=isolation, limits=limits, jobs=2)
    records = dict(zip(ids, batch.records, strict=True))
    return Attacked(
        batch,
        lock,
        root / "results",
        {attack.name: records[id] for id, attack in zip(ids, who, strict=True) if attack is not None},
        tuple(records[id] for id, attack in zip(ids, who, strict=True) if attack is None),
        canary,
    )


def _hand_in(lock: Lock, root: Path, student: str, attack: Attack | None) -> None:
    """A notebook with right answers, but for the attack's own cell."""
    notebook = json.loads((root / "out" / "students" / student / "open.ipynb").read_bytes())
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for slot in lock.slots:
        variant = lock.variant(student, slot.id)
        source = right_source(slot, variant)
        if attack is not None and slot.id == ATTACKED:
            defined = variant.parameters.get("function", "train")
            source = f"{attack.source}\n{defined} = answer\n" if attack.target == "function" else attack.source
        cells[answer_cell_id(slot)]["source"] = source
    folder = root / "in" / student
    folder.mkdir(parents=True)
    (folder / "open.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
