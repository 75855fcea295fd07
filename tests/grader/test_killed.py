"""A student's process that is killed: once it may not be the student's doing."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from grader.results.records import Outcome
from grader.sandbox import Session
from tests.grader.desk import Desk


@pytest.mark.parametrize("kills", [1, 2])
def test_a_kill_from_outside_costs_nothing_once(desk: Desk, monkeypatch: pytest.MonkeyPatch, kills: int) -> None:
    """A killed session is begun again with all marks as if undisturbed; what is killed each time is the student's."""
    undisturbed = desk.grade().record.slots
    run, left = Session.run, [kills]

    def disturbed(self: Session, source: str, **options: Any) -> Any:
        if "powers" in source and left[0]:
            left[0] -= 1
            os.kill(self.pid, signal.SIGKILL)
        return run(self, source, **options)

    monkeypatch.setattr(Session, "run", disturbed)
    slots = desk.grade().record.slots
    lost = {"open-02"} if kills == 2 else set()
    assert left == [0]
    assert {id for id, slot in slots.items() if slot.outcome is Outcome.CRASHED} == lost
    assert all(slots[id].points == slot.points for id, slot in undisturbed.items() if id not in lost)


def test_killing_oneself_earns_nothing(desk: Desk) -> None:
    """A cell that kills its own process is tried twice and then crashed, with no points left open."""
    slot = desk.grade(notebook=desk.notebook(**{"open-02": "import os\nos.kill(os.getpid(), 9)"})).record.slots[
        "open-02"
    ]
    assert (slot.outcome, slot.points) == (Outcome.CRASHED, 0.0)
