"""How a session came to its end: by itself, by a kill, or with its zygote."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from grader.sandbox import ChildDied, Isolation, Session, Zygote
from grader.sandbox.session import Ending

ENDINGS = {
    "import os; os._exit(3)": Ending.BY_ITSELF,
    "import ctypes; ctypes.string_at(0)": Ending.BY_ITSELF,
    "import os, signal; os.kill(os.getpid(), signal.SIGTERM)": Ending.BY_ITSELF,
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": Ending.KILLED,
}


@pytest.mark.parametrize("source", ENDINGS)
def test_how_a_session_ended(zygote: Zygote, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """An exit, a crash and another signal are told from a SIGKILL, which may have come from outside."""
    endings: list[Ending] = []
    ending = zygote.ending

    def told(session: Session) -> Ending:
        endings.append(ending(session))
        return endings[-1]

    monkeypatch.setattr(zygote, "ending", told)
    before = zygote.killed
    with zygote.session() as session, pytest.raises(ChildDied):
        session.run(source, seconds=10, seed=0)
    assert endings == [ENDINGS[source]]
    assert zygote.killed - before == (ENDINGS[source] is Ending.KILLED)


def test_killed_from_outside(zygote: Zygote) -> None:
    """A SIGKILL from outside, to the process that runs the code or to the one above it, is counted as one."""
    assert zygote._process is not None
    for above in (False, True):
        before = zygote.killed
        with zygote.session() as session:
            mine = _processes_of(zygote)
            victim = mine[-2] if above and zygote.isolation is Isolation.BUBBLEWRAP else mine[-1]
            threading.Timer(0.2, os.kill, (victim, signal.SIGKILL)).start()
            with pytest.raises(ChildDied):
                session.run("import time; time.sleep(8)", seconds=10, seed=0)
        assert zygote.killed == before + 1


def _processes_of(zygote: Zygote) -> list[int]:
    """The numbers of all that *zygote* has started, the youngest last."""
    assert zygote._process is not None
    found = [zygote._process.pid]
    for one in found:
        for children in Path("/proc").glob(f"{one}/task/*/children"):
            found += map(int, children.read_text().split())
    return found
