"""Canaries: they come back from walls that hold, and every one of them is able to get through walls that don't."""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.sandbox import Isolation, Limits, Session, Zygote, bubblewrap, canaries, detect, landlock, outside
from grader.sandbox.canaries import CANARIES, promises
from question_bank import DlexamError, load_bank

ROOT = Path(__file__).parents[2]
HIDDEN_TEST = next(q.hidden_test for q in load_bank() if q.hidden_test.is_file())
TIERS = (Isolation.BUBBLEWRAP, Isolation.LANDLOCK)


def works(isolation: Isolation) -> str | None:
    """Why *isolation* can't be tried here."""
    if isolation is Isolation.LANDLOCK:
        return landlock.trouble()
    return None if detect().isolation is isolation else detect().detail


@pytest.mark.parametrize("tier", TIERS)
def test_they_hold(tier: Isolation) -> None:
    """In each tier that has walls no canary gets through that the tier promises to hold; the rest is not tried."""
    if trouble := works(tier):
        pytest.skip(trouble)
    sent = canaries.send(tier, hidden=[HIDDEN_TEST], submissions=[ROOT / "README.md"])
    assert [canary for canary in sent if canary.promised and not canary.held] == []
    assert [canary.what for canary in sent] == [what for what, _ in CANARIES.values()]
    assert sum(canary.promised for canary in sent) == len(promises(tier))
    assert {canary.seen for canary in sent if not canary.promised} <= {f"not promised by {tier}"}
    canaries.require(tier, hidden=[HIDDEN_TEST])


def test_what_is_promised() -> None:
    """The first tier promises everything; the second all but what the docs name; a process without walls nothing."""
    assert promises(Isolation.BUBBLEWRAP) == list(CANARIES)
    assert set(CANARIES) - set(promises(Isolation.LANDLOCK)) == {"fill_past_limit", "see_processes"}
    assert promises(Isolation.PROCESS) == []
    canaries.require(Isolation.PROCESS)


def test_the_page_says_the_same() -> None:
    """docs/security.md has a row for each canary, with what each tier promises."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    for what, tiers in CANARIES.values():
        said = " | ".join("refused" if tier in tiers else "not promised" for tier in Isolation)
        assert f"| {what} | {said} |" in page


def test_the_page_names_tests_that_exist() -> None:
    """Every test file, test and attack that docs/security.md names is there."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    files = set(re.findall(r"`(tests/[\w/]+(?:\.py)?)", page))
    assert len(files) > 10
    assert [name for name in files if not (ROOT / name).exists()] == []
    defined = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").glob("*/test_*.py"))
    defined += (ROOT / "tests" / "test_house.py").read_text(encoding="utf-8")
    assert [name for name in re.findall(r"\b(test_\w+)`", page) if f"def {name}(" not in defined] == []
    attacks = re.findall(r"`((?:theft|ends|values|models|share|outside|tampering|channel)/\w+)`", page)
    assert [name for name in attacks if not (ROOT / "tests" / "attacks" / "files" / f"{name}.py").is_file()] == []


class Unlimited(Limits):
    """Limits that are told to the canaries and set for nobody."""

    def walls(self, isolation: Isolation) -> dict[str, int]:  # noqa: ARG002
        return {"memory": 0, "files": 0, "processes": 0, "open_files": 0}


class Careless(Zygote):
    """A zygote that ends one process of a session and forgets the others."""

    def kill(self, session: Session) -> None:
        os.kill(session.pid, signal.SIGKILL)


def test_each_can_get_through() -> None:
    """Where there are no walls, no limits, and nobody who cleans up, every single canary gets through."""
    limits = Unlimited(memory_mb=64, files_mb=8, processes=20, open_files=64)
    with Careless(Isolation.PROCESS, limits, preload=False) as zygote:
        sent = canaries.send(Isolation.PROCESS, hidden=[HIDDEN_TEST], tries=CANARIES, zygote=zygote)
    assert [canary for canary in sent if canary.held or "broke" in canary.seen or canary.seen == "no answer"] == []
    hidden = sent[0].seen
    assert hidden.startswith(str(HIDDEN_TEST))


@pytest.mark.parametrize("tier", TIERS)
def test_a_hole_is_noticed(tier: Isolation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Walls that show the repository stop everything, with one line that says what could be done and where."""
    if trouble := works(tier):
        pytest.skip(trouble)
    usual, told = bubblewrap._interpreter, landlock.readable
    monkeypatch.setattr(bubblewrap, "_interpreter", lambda hide: [*usual(hide), *bubblewrap._bind(ROOT)])
    monkeypatch.setattr(landlock, "readable", lambda hide: [*told(hide), str(ROOT)])
    with pytest.raises(DlexamError) as raised:
        canaries.require(tier, hidden=[HIDDEN_TEST])
    assert str(raised.value).startswith(
        f"the walls ({tier}) have a hole, so nothing was graded: a canary could read the hidden tests or the lock "
        f"({HIDDEN_TEST}: "
    )
    assert "; import question_bank, papers, grader or dlexam (" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_process_is_no_wall() -> None:
    """What the first tier promises does not hold for a process alone, and it is said."""
    with Zygote(Isolation.PROCESS, preload=False) as zygote:
        sent = canaries.send(Isolation.BUBBLEWRAP, zygote=zygote, tries=["connect_by_tcp", "write_outside"])
    through = {canary.what: canary.seen for canary in sent if canary.promised and not canary.held}
    assert through["connect by TCP"] == "a connection arrived"
    assert through["write outside its folder"].startswith("a file in ")


BROKEN = {
    "a fault of its own": (
        "def attempt(given): return {'outlive': [True, 'the canary broke, KeyError: x']}",
        "outlive the end",
    ),
    "no word of one": ("def attempt(given): return {}", "no answer"),
    "nonsense": ("def attempt(given): return 1", "they answer nonsense"),
    "a wrong kind": ("def attempt(given): return {'outlive': 'held'}", "no answer"),
    "its end": ("def attempt(given): import os; os._exit(0)", "did not come back"),
    "no such script": ("def attempt(", "SyntaxError"),
}


@pytest.mark.parametrize(("script", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_canary_that_breaks(script: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A canary that breaks, or is silent, proves nothing, so it counts as one that got through."""
    file = tmp_path / "hostile.py"
    file.write_text(script)
    monkeypatch.setattr(canaries, "HOSTILE", file)
    for tier in TIERS:
        if not works(tier):
            with pytest.raises(DlexamError, match=re.escape(said)):
                canaries.require(tier)
            return
    pytest.skip("no tier with walls")


def test_a_fault_inside_is_no_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of the script itself only refusals of the system count as held; a fault of the script does not."""
    file = tmp_path / "hostile.py"
    text = canaries.HOSTILE.read_text().replace(
        "def outlive(given: Given) -> str:", "def outlive(given):\n    given['x']"
    )
    file.write_text(text)
    monkeypatch.setattr(canaries, "HOSTILE", file)
    with Zygote(Isolation.PROCESS, preload=False) as zygote:
        [outlive] = [
            c
            for c in canaries.send(Isolation.PROCESS, tries=["outlive"], zygote=zygote)
            if c.what.startswith("outlive")
        ]
    assert not outlive.held
    assert outlive.seen == "the canary broke, KeyError: 'x'"


def test_they_leave_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file, no process and no folder of the canaries is left, though they got through."""
    token = f"{os.getpid():016x}"
    monkeypatch.setattr(outside, "secrets", SimpleNamespace(token_hex=lambda _: token))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Careless(Isolation.PROCESS, preload=False) as zygote:
        sent = canaries.send(Isolation.PROCESS, tries=["write_outside", "outlive"], zygote=zygote)
    assert sum(not canary.held for canary in sent if "not promised" not in canary.seen) == 2
    assert list(tmp_path.iterdir()) == []
    assert [folder for folder in ("/var/tmp", "/dev/shm", sys.prefix) if Path(folder, f"canary-{token}").exists()] == []
    deadline = time.monotonic() + 5
    while (left := outside.named(f"dlx-{token[:10]}")) and time.monotonic() < deadline:
        # killed, and not yet taken away by its parent
        time.sleep(0.05)
    assert left == []
