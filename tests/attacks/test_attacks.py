"""
What each attack earns: what an empty answer earns. What the class notices of it: nothing.

The attacks are the files in `files/`, one each, with the number of the catalogue that they were taken from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading.limits import TimeLimits
from grader.results.records import Outcome
from grader.sandbox import Isolation

from .classroom import AFTER, ATTACKED, BEFORE, Attack, Attacked, attacks

ALL = attacks()
FAIR = {Outcome.WRONG, Outcome.BLANK, Outcome.MALFORMED, Outcome.CRASHED, Outcome.TIMED_OUT}
# one of each family and more of the dangerous ones, for `make test`; `make test-all` runs all
SAMPLE = (
    *("theft/stack_frames", "theft/hidden_test_on_disk", "theft/import_the_bank", "theft/parent_memory"),
    *("tampering/builtins", "tampering/skip", "tampering/fake_numpy", "tampering/worker_verbs"),
    *("values/always_equal_float", "values/array_subclass", "values/nan", "values/empty", "values/cycle"),
    *("channel/forged_frames", "channel/length_bomb", "channel/held_by_a_grandchild"),
    *("ends/exit_now", "ends/segmentation_fault", "ends/endless_loop_in_c", "ends/kill_parent"),
    *("share/memory_of_many", "share/disk_bomb", "share/descriptor_bomb"),
    *("outside/daemon", "outside/network", "outside/user_namespace", "outside/terminal_escapes"),
    *("tensorflow/read_file", "tensorflow/write_file"),
)
QUICK = TimeLimits(cell=4, call=4, part=60, replay=20)
SLOW = TimeLimits(cell=30, call=30, part=180)
Grade = Callable[[str, list[Attack], TimeLimits, Isolation], Attacked]
# Attacks that cost their own student more than their slot, because the tier does not promise what stops them at once.
NOT_PROMISED = {
    Isolation.BUBBLEWRAP: set[str](),
    # files together and threads are watched there, not walled: the session ends a moment later
    Isolation.LANDLOCK: {"share/disk_bomb", "share/inode_bomb", "share/thread_bomb"},
}
TIERS = (Isolation.BUBBLEWRAP, pytest.param(Isolation.LANDLOCK, marks=pytest.mark.slow))


@pytest.fixture(scope="module", params=TIERS)
def tier(request: pytest.FixtureRequest) -> Isolation:
    """Each tier that has walls; skipped where it does not work."""
    isolation: Isolation = request.param
    return isolation


@pytest.fixture(scope="module")
def sample(attack_class: Grade, tier: Isolation) -> Attacked:
    return attack_class("function", [ALL[name] for name in SAMPLE], QUICK, tier)


@pytest.fixture(scope="module")
def functions(attack_class: Grade, tier: Isolation) -> Attacked:
    chosen = [attack for attack in ALL.values() if attack.target == "function"]
    return attack_class("function", chosen, QUICK, tier)


@pytest.fixture(scope="module")
def models(attack_class: Grade, tier: Isolation) -> Attacked:
    return attack_class("training", [attack for attack in ALL.values() if attack.target == "training"], SLOW, tier)


def test_there_are_enough() -> None:
    """At least a hundred attacks, each of which says what it tries."""
    assert len(ALL) >= 100
    assert [attack.name for attack in ALL.values() if not attack.about] == []
    assert set(SAMPLE) <= set(ALL)
    # pytest would load such a file into the process that judges the others
    assert [name for name in ALL if name.split("/")[1].startswith(("test_", "conftest"))] == []


def check_earns_nothing(attacked: Attacked) -> None:
    earned = {
        name: (record.slots[ATTACKED].points, str(record.slots[ATTACKED].outcome), record.slots[ATTACKED].reason)
        for name, record in attacked.by_attack.items()
        if record.slots[ATTACKED].points != 0 or record.slots[ATTACKED].outcome not in FAIR
    }
    assert earned == {}


def check_costs_only_itself(attacked: Attacked) -> None:
    """What was answered before keeps its points, and what comes after does unless its own process was tampered with."""
    for name, record in attacked.by_attack.items():
        assert record.slots[BEFORE].outcome is Outcome.RIGHT, name
        if ALL[name].family != "tampering" and name not in NOT_PROMISED[attacked.batch.isolation]:
            assert record.slots[AFTER].outcome is Outcome.RIGHT, (name, record.slots[AFTER])


def check_others_untouched(attacked: Attacked) -> None:
    for record in attacked.honest:
        assert {str(slot.outcome) for slot in record.slots.values()} == {"right"}
    assert len(attacked.batch.records) == len(attacked.by_attack) + len(attacked.honest)


def check_nothing_told(attacked: Attacked) -> None:
    """No canary in any output; in the records, nothing that an attack says it has done."""
    for file in attacked.results.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            assert attacked.canary not in text, file
            if file.parent.name == "records":
                assert not re.search("canary-(sent|connected|root|mounted|written)", text), file
                said = " ".join(str(slot["reason"]) for slot in json.loads(text)["slots"].values())
                assert "root:x:0" not in said, file
                assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said), file


def check_nothing_left() -> None:
    """No process of an attack or of a sandbox runs on, and nothing was written outside."""
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            continue
        if b"98765" in line and b"sleep" in line:
            left.append(line)
    assert left == []
    assert [path for path in ("/tmp/pwned", "/usr/x", "/x", "/autograder", "/results") if Path(path).exists()] == []


def check_all(attacked: Attacked) -> None:
    check_earns_nothing(attacked)
    check_others_untouched(attacked)
    check_costs_only_itself(attacked)
    check_nothing_told(attacked)
    check_nothing_left()


def test_sample(sample: Attacked) -> None:
    """A sample of the attacks earns nothing, costs nobody else anything, learns nothing and leaves nothing."""
    check_all(sample)


@pytest.mark.slow
def test_functions(functions: Attacked) -> None:
    """All attacks on a function question earn nothing, cost nobody else anything, learn nothing and leave nothing."""
    check_all(functions)


@pytest.mark.slow
def test_models(models: Attacked) -> None:
    """Lying models earn nothing, cost nobody else anything, learn nothing and leave nothing."""
    check_all(models)
