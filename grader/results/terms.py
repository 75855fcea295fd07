"""What marks were made with, stored beside them: marks never change unseen."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from grader.grading.keys import marking_hashes
from grader.grading.limits import TimeLimits
from papers.files import write_atomic
from papers.hashes import shared_marking_hash
from papers.lock import Lock
from question_bank import Bank, DlexamError

__all__ = ["Terms", "changed_since_build", "read_terms", "write_terms"]

_NAME = "terms.json"


class Terms(BaseModel):
    """
    What the marks below a folder of results were made with.

    Args:
        marking: hashes of the marking code, by question, and of `the rules` that all questions share.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    limits: TimeLimits
    marking: dict[str, str]

    @classmethod
    def now(cls, lock: Lock, bank: Bank, limits: TimeLimits) -> Terms:
        """The terms of today's marking code."""
        return cls(limits=limits, marking=marking_hashes(lock, bank))

    def changed(self, other: Terms) -> list[str]:
        """What marks otherwise in *other*."""
        return [name for name, hash in other.marking.items() if self.marking.get(name, hash) != hash]


def read_terms(results: Path) -> Terms | None:
    """
    The terms of *results*; None if there are no marks yet.

    Raises:
        DlexamError: the file can't be read.
    """
    file = results / _NAME
    try:
        return Terms.model_validate_json(file.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValidationError):
        raise DlexamError("can't be read", file=file, mend="delete it, then `dlexam regrade`") from None


def write_terms(results: Path, terms: Terms) -> None:
    """Note *terms* in *results*."""
    write_atomic(results / _NAME, (terms.model_dump_json(indent=1) + "\n").encode())


def changed_since_build(lock: Lock, bank: Bank) -> tuple[str, ...]:
    """The questions (or `the rules`) whose marking code is not the one that *lock* was built with."""
    changed = [] if shared_marking_hash() == lock.marking_hash else ["the rules"]
    questions = {slot.question: slot.marking_hash for slot in lock.slots}
    return (*changed, *(id for id, hash in questions.items() if bank[id].marking_hash() != hash))
