"""What a mark depends on, as one hash: equal keys need no second run."""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path

from grader.workshop import Workshop
from papers.hashes import shared_marking_hash
from papers.lock import Lock, Part
from question_bank.bank import code_hash

__all__ = ["grading_hash", "part_key", "versions"]


@functools.cache
def versions() -> dict[str, str]:
    """The versions that a record is stamped with."""
    packages = ("dlexam", "numpy", "tensorflow", "keras")
    return {"python": platform.python_version(), **{name: version(name) for name in packages}}


@functools.cache
def grading_hash() -> str:
    """SHA-256 of the code that runs and marks."""
    here = Path(__file__).parent
    return code_hash(here / "marking", here / "sandbox")


def part_key(lock: Lock, part: Part, sha256: str | None, workshop: Workshop) -> str:
    """
    The key of one part's marks: the submission, the frozen slots, the marking code, limits and versions.

    Args:
        sha256: of the submitted file; None if there is none.
    """
    slots = lock.slots_of(part.name)
    hidden = {slot.question: workshop.bank[slot.question].marking_hash() for slot in slots}
    depends = {
        "build": lock.build,
        "slots": [slot.id for slot in slots],
        "submission": sha256,
        "hidden tests": hidden,
        "marking": [shared_marking_hash(), grading_hash()],
        "limits": workshop.limits.model_dump(),
        "isolation": str(workshop.isolation),
        "versions": versions(),
    }
    return hashlib.sha256(json.dumps(depends, sort_keys=True).encode()).hexdigest()
