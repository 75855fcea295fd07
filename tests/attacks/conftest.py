"""A class of attackers, in each tier that works here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading.limits import TimeLimits
from grader.sandbox import Isolation, detect, landlock

from .classroom import Attack, Attacked, attacked_class

# hostile files by intention: pytest itself must never import one
collect_ignore_glob = ["files/*"]


@pytest.fixture(scope="session")
def attack_class(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, list[Attack], TimeLimits, Isolation], Attacked]:
    """Grades a class in which each attack is a student, and every tenth student is honest."""

    def graded(target: str, chosen: list[Attack], limits: TimeLimits, isolation: Isolation) -> Attacked:
        if isolation is Isolation.BUBBLEWRAP and detect().isolation is not isolation:
            pytest.skip(detect().detail)
        if isolation is Isolation.LANDLOCK and (trouble := landlock.trouble()):
            pytest.skip(trouble)
        root = tmp_path_factory.mktemp(f"attacked-{target}-{isolation}")
        return attacked_class(root, target, chosen, limits, isolation)

    return graded
