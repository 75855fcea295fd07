"""What a slot's mark depends on, as a few hashes: where all are equal, nothing is done a second time."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import question_bank
from grader.grading.limits import TimeLimits
from grader.sandbox import Isolation
from papers.hashes import shared_marking_hash
from papers.lock import Lock, PooledVariant, Slot, data_of
from question_bank import Bank
from question_bank.bank import code_hash

__all__ = ["Keys", "Ran", "code_hashes", "marking_hashes", "process_key", "source_hash", "versions", "why"]

_WORDS = {
    "cells": "the submission changed",
    "question": "the hidden test changed",
    "rules": "the rules of marking changed",
    "machine": "limits, sandbox or versions changed",
    "slot": "the expected answer changed",
}
_MARKING = ("grade.py", "part.py", "slots.py", "given.py")
_RUNNING = ("notebook_run.py", "runs.py")


@functools.cache
def versions() -> dict[str, str]:
    """The versions that a record is stamped with."""
    packages = ("dlexam", "numpy", "tensorflow", "keras")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _files(*files: Path) -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


@functools.cache
def _marking_code() -> list[str]:
    here = Path(__file__).parent
    return [code_hash(here.parent / "marking"), *_files(*(here / name for name in _MARKING))]


@functools.cache
def _running_code() -> list[str]:
    here = Path(__file__).parent
    return [code_hash(here.parent / "sandbox"), *_files(*(here / name for name in _RUNNING))]


@functools.cache
def _code_rules() -> list[str]:
    """What hidden tests of code are made of; of answer kinds and the glossary they know nothing."""
    bank = Path(question_bank.__file__).parent
    files = (bank / "checks.py", bank / "answers" / "code.py", bank / "answers" / "base.py")
    return [*_files(*files), code_hash(bank / "data"), *_marking_code()]


def marking_hashes(lock: Lock, bank: Bank) -> dict[str, str]:
    """The hashes of the marking code of the exam, by question, and of `the rules` that all share."""
    questions = {slot.question: bank[slot.question].marking_hash() for slot in lock.slots}
    return {"the rules": _digest([shared_marking_hash(), _code_rules()]), **questions}


def source_hash(source: str | None) -> str:
    """Of one answer cell alone; of a deleted one if None."""
    return _digest(["cell", source])


def process_key(key: Mapping[str, str]) -> str:
    """Of the process that a slot's requests are answered by: its cells, and the machine."""
    return f"{key['cells']}{key.get('machine', '')}"


def why(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What changed between two keys of a slot, in words."""
    if not before:
        return "graded again"
    changed = [text for name, text in _WORDS.items() if name in before and before[name] != after.get(name)]
    return "; ".join(changed) or "graded again"


def code_hashes() -> dict[str, str]:
    """The hash of the code that runs what students wrote."""
    return {"the code that runs cells": _digest(_running_code())}


class Ran:
    """
    What a process of the student's has run so far, as one hash.

    Args:
        keys: of the exam.
        part: whose files lie beside the notebook.
    """

    def __init__(self, keys: Keys, part: str) -> None:
        self._digest = hashlib.sha256(keys.files(part).encode())

    def add(self, source: str, seed: int) -> None:
        """One more cell."""
        data = source.encode("utf-8", "surrogatepass")
        self._digest.update(f"{seed}:{len(data)}:".encode() + data)

    def with_cell(self, source: str, seed: int) -> str:
        """The hash after one more cell, which is not kept."""
        ahead = Ran.__new__(Ran)
        ahead._digest = self._digest.copy()
        ahead.add(source, seed)
        return ahead._digest.hexdigest()[:32]


class Keys:
    """
    The keys of an exam's slots, as they are marked with this bank, these walls and these limits.

    A key has the parts `slot` (what was asked), `cells` (the sources it depends on), `rules` and `question`
    (what marks it), and, where student code runs for it, `machine` (walls, limits, versions).
    """

    def __init__(self, lock: Lock, bank: Bank, isolation: Isolation, limits: TimeLimits) -> None:
        self._lock = lock
        self._bank = bank
        self._isolation = isolation
        self._limits = limits
        self._slots: dict[tuple[str, str], str] = {}
        self._questions: dict[str, str] = {}
        self._files: dict[str, str] = {}

    @functools.cached_property
    def machine(self) -> str:
        """Of the walls, the limits and the versions that student code meets."""
        numbers = {name: number for name, number in versions().items() if name != "dlexam"}
        limits = self._limits.model_dump()
        return _digest([str(self._isolation), limits, numbers, _running_code()])

    @functools.cached_property
    def _typed_rules(self) -> list[str]:
        return [shared_marking_hash(), *_marking_code()]

    def files(self, part: str) -> str:
        """Of the files beside the notebook of *part*."""
        if part not in self._files:
            data = data_of(self._lock, part)
            self._files[part] = _digest({name: hashlib.sha256(each).hexdigest() for name, each in data.items()})
        return self._files[part]

    def key(self, slot: Slot, variant: PooledVariant, cells: str, *, runs: bool) -> dict[str, str]:
        """
        The key of *slot*'s mark.

        Args:
            cells: of the sources that it depends on.
            runs: whether student code runs for it.
        """
        rules = _code_rules() if slot.is_code else self._typed_rules
        key = {
            "slot": self._slot(slot, variant),
            "cells": cells,
            "rules": _digest(rules),
            "question": self._question(slot.question),
        }
        return {**key, "machine": self.machine} if runs else key

    def _question(self, id: str) -> str:
        if id not in self._questions:
            self._questions[id] = self._bank[id].marking_hash()[:32]
        return self._questions[id]

    def _slot(self, slot: Slot, variant: PooledVariant) -> str:
        place = slot.id, variant.code
        if place not in self._slots:
            # texts and figures decide no mark
            asked = variant.model_dump(mode="json", include={"parameters", "answer", "starter"})
            checks = [[check.id, check.share] for check in slot.checks]
            self._slots[place] = _digest([self._lock.build, slot.id, slot.variable, slot.points, checks, asked])
        return self._slots[place]
