"""dlexam: the class of attackers that the tests grade too, by the real `grade`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.grading.limits import TimeLimits
from grader.sandbox import Isolation
from tests.attacks.classroom import ATTACKED, Attack, attacked_class

from .verdict import Verdict

__all__ = ["verdicts"]

LIMITS = {
    "function": TimeLimits(cell=4, call=4, part=60, replay=20),
    "training": TimeLimits(cell=30, call=30, part=180),
}


def verdicts(root: Path, target: str, chosen: Sequence[Attack], isolation: Isolation) -> dict[str, Verdict]:
    """What each attack earns, and the worst that an honest student earns in the same batch, in points of the slot."""
    attacked = attacked_class(root, target, chosen, LIMITS[target], isolation)
    possible = attacked.lock.slot(ATTACKED).points
    honest = min(record.slots[ATTACKED].points or 0 for record in attacked.honest)
    return {
        name: Verdict(record.slots[ATTACKED].points, honest, possible, 0) for name, record in attacked.by_attack.items()
    }
