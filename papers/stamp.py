"""A short hash of all that decides one question's marks in an nbgrader course."""

from __future__ import annotations

import hashlib
import json

from papers.lock import Lock, PooledVariant, Slot

__all__ = ["stamp_of"]


def stamp_of(lock: Lock, slot: Slot, variant: PooledVariant, *, hidden: str, shared: str) -> str:
    """
    12 hex digits that change with the build, the frozen variant, and the marking code.

    Args:
        hidden: hash of the question's own hidden test.
        shared: hash of the marking code that all questions share.
    """
    parts = [lock.build, slot.id, slot.points, variant.model_dump_json(), hidden, shared]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]
