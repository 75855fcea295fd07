"""The ids of a notebook's cells, by which answers are found again."""

from __future__ import annotations

from papers.lock import Lock, Slot

__all__ = ["answer_cell_id", "cell_ids", "given_cell_ids"]


def answer_cell_id(slot: Slot) -> str:
    """The id of the cell that holds the answer to *slot*."""
    return f"{slot.id}-answer"


def given_cell_ids(lock: Lock, part: str) -> frozenset[str]:
    """The ids of the cells of *part* that students are given and do not fill in."""
    by_slot = (f"{id}-{role}" for id in lock.part(part).slots for role in ("prompt", "check", "explanation"))
    return frozenset(("title", "setup", "form-check", "summary", *by_slot))


def cell_ids(lock: Lock, part: str) -> frozenset[str]:
    """The ids of all cells of *part*."""
    return given_cell_ids(lock, part) | {answer_cell_id(slot) for slot in lock.slots_of(part)}
