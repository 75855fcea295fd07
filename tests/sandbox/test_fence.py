"""The second tier: what Landlock and its filter refuse beyond what every tier does, and what is honest work there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import ChildDied, Isolation, Session, Zygote, bubblewrap, landlock
from grader.sandbox.inside import landlock as kernel
from grader.sandbox.inside.walls import NOBODY

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def session(fenced: Zygote) -> Iterator[Session]:
    """One session behind Landlock, for tests that leave it as it was."""
    with fenced.session() as made:
        yield made


def test_what_a_kernel_can_forbid() -> None:
    """Each version of Landlock is asked for what it has and no more: the kernel refuses bits that it does not know."""
    files, all_files = (1 << 15) - 1, (1 << 16) - 1
    assert kernel.handled(3) == (files, 0, 0)
    assert kernel.handled(4) == (files, 3, 0)
    assert kernel.handled(5) == (all_files, 3, 0)
    assert kernel.handled(6) == kernel.handled(7) == kernel.handled(99) == (all_files, 3, 3)


def test_rights_of_a_file() -> None:
    """A single file is given no right that only folders have: the kernel would refuse the rule."""
    assert kernel.rights(kernel.READ, stat.S_IFDIR) == kernel.READ
    assert kernel.rights(kernel.READ, stat.S_IFREG) == kernel.READ_FILE
    assert kernel.rights(kernel.OWN, stat.S_IFCHR) == kernel.READ_FILE | kernel.WRITE_FILE | kernel.TRUNCATE
    assert not kernel.OWN & (1 | kernel.MAKE_SOCKET | kernel.MAKE_BLOCK_DEVICE | kernel.MAKE_CHARACTER_DEVICE)


@pytest.mark.parametrize("version", [0, 1, 2])
def test_too_old(monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    """A kernel of before Linux 6.2 is refused: there whoever may only read a file can empty it."""
    monkeypatch.setattr(kernel, "abi", lambda: version)
    with pytest.raises(OSError, match=f"the kernel has {version}"):
        kernel.restrict([], "/tmp")


def test_readable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is hidden inside a readable folder is left out by giving all the rest; links are not followed."""
    packages = tmp_path / "repo" / ".venv" / "lib" / "packages"
    for name in ("numpy", "grader", "keras/inner"):
        (packages / name).mkdir(parents=True)
    (packages / "six.py").touch()
    (packages / "link").symlink_to(packages / "grader")
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "repo" / ".venv"))
    monkeypatch.setattr(landlock, "SYSTEM", ("/usr",))
    monkeypatch.setattr(bubblewrap, "own_code", lambda: [packages / "grader", tmp_path / "repo"])
    given = landlock.readable([packages / "keras" / "inner"])
    assert given == ["/usr", str(packages / "numpy"), str(packages / "six.py")]


@pytest.mark.slow
def test_installed_beside_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where our code lies among the installed packages, they can still be imported late, and it cannot."""
    if trouble := landlock.trouble():
        pytest.skip(trouble)
    import mlxtend

    [folder] = mlxtend.__path__
    monkeypatch.setattr(bubblewrap, "own_code", lambda: [Path(folder)])
    with Zygote(Isolation.LANDLOCK, preload=False) as zygote, zygote.session() as made:
        assert made.run("import scipy.signal", seconds=20, seed=0).ok
        assert made.run("import mlxtend", seconds=20, seed=0).error_type == "PermissionError"


REFUSED = {
    "another process": "os.fork()",
    "a program": "os.execv('/bin/true', ['true'])",
    "a shell": "__import__('subprocess').run('true', shell=True, check=True)",
    "its parent's end": "os.kill(os.getppid(), 0)",
    "its parent's limits": "__import__('resource').prlimit(os.getppid(), 7, (8, 8))",
    "everybody's end": "os.kill(-1, 0)",
    "a file's length": f"os.truncate({str(ROOT / 'README.md')!r}, 0)",
    "a file emptied as it is opened": f"os.open({sys.executable!r}, os.O_RDONLY | os.O_TRUNC)",
    "a link to a file outside": f"os.link({sys.executable!r}, 'mine')",
    "a socket for datagrams": "__import__('socket').socketpair(type=__import__('socket').SOCK_DGRAM)",
    "signals for others": "__import__('fcntl').fcntl(0, 8, os.getppid())",
    "other processes' names": "open(f'/proc/{os.getppid()}/cmdline').read()",
    "the list of processes": "os.listdir('/proc')",
    "shared memory": "open('/dev/shm/x', 'w')",
    "the usual temporary folder": "open('/tmp/x', 'w')",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED.keys())
def test_refused(session: Session, source: str) -> None:
    """What a process could do to others of its user, or to files that it may not even open, is refused."""
    result = session.run(f"import os; {source}", seconds=10, seed=0)
    assert result.error_type == "PermissionError", result


USUAL = {
    "threads": "from concurrent.futures import ThreadPoolExecutor as T; assert list(T(3).map(abs, [-1, 2])) == [1, 2]",
    "an event loop": "import asyncio; asyncio.run(asyncio.sleep(0))",
    "files": "open('a', 'w').write('1'); import shutil; shutil.copy('a', 'b'); shutil.move('b', 'c')",
    "folders": "import os; os.makedirs('d/e'); os.rename('d/e', 'f'); os.rmdir('f'); os.listdir('.')",
    "a temporary file": "import tempfile; tempfile.NamedTemporaryFile().write(b'1'); tempfile.mkdtemp()",
    "a signal to itself": "import signal; signal.signal(signal.SIGUSR1, lambda *_: None); signal.raise_signal(10)",
}


@pytest.mark.parametrize("source", USUAL.values(), ids=USUAL.keys())
def test_usual_work(session: Session, source: str) -> None:
    """What honest code does is not in the way of the fence."""
    result = session.run(source, seconds=10, seed=0)
    assert result.ok, result


def test_who_it_is(session: Session) -> None:
    """The child is nobody if the grader is root, without a capability and without a way to get one."""
    source = "found = dict(line.split(':\\t') for line in open('/proc/self/status').read().splitlines())"
    assert session.run(source, seconds=5, seed=0).ok
    found = session.get("found", seconds=5)
    assert isinstance(found, dict)
    assert found["CapEff"] == found["CapPrm"] == "0" * 16
    assert found["NoNewPrivs"] == "1"
    user = NOBODY if os.getuid() == 0 else os.getuid()
    assert set(str(found["Uid"]).split()) == {str(user)}


def test_modes_outside_stay(session: Session, tmp_path: Path) -> None:
    """A file of the session's own user keeps mode, time and contents, whatever the session does to it."""
    if os.getuid() == 0:
        for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            folder.chmod(0o755)
    file = tmp_path / "records.json"
    file.write_text("marks")
    file.chmod(0o600)
    if os.getuid() == 0:
        os.chown(file, NOBODY, NOBODY)
    before = file.stat()
    for source in (
        "os.chmod(f, 0)",
        "os.utime(f, (0, 0))",
        "os.setxattr(f, 'user.x', b'1')",
        "os.remove(f)",
        "open(f, 'a')",
    ):
        session.run(f"import os; f = {str(file)!r}; {source}", seconds=5, seed=0)
    after = file.stat()
    assert (after.st_mode, after.st_mtime, after.st_size) == (before.st_mode, before.st_mtime, 5)
    assert os.listxattr(file) == []


def test_two_sessions(fenced: Zygote) -> None:
    """A session at the same time, of the same user, can't be read, ended or looked into."""
    with fenced.session({"answers": b"secret"}) as one, fenced.session() as other:
        assert one.scratch is not None
        work = str(one.scratch / "work")
        for source in (
            f"open({work + '/answers'!r}).read()",
            f"os.listdir({work!r})",
            f"open('/proc/{one.pid}/mem', 'rb')",
            f"os.kill({one.pid}, 9)",
        ):
            result = other.run(f"import os; {source}", seconds=5, seed=0)
            assert result.error_type == "PermissionError", (source, result)
        assert one.run("1", seconds=5, seed=0).ok


WATCHED = {
    "threads": "import threading\nfor _ in range(200): threading.Thread(target=time.sleep, args=(60,)).start()",
    "files": "for n in range(8): open(f'part{n}', 'wb').write(bytes(4 * 2**20))",
    "empty files": "for n in range(1500): open(f'file{n}', 'w').close()",
    "a nest": "import os\nfor n in range(60): os.mkdir('d'); os.chdir('d')",
    "a closed folder": "import os; os.mkdir('d', 0)",
}


@pytest.mark.parametrize("source", WATCHED.values(), ids=WATCHED.keys())
def test_watched(fenced: Zygote, source: str) -> None:
    """What no wall counts there is watched: a session that takes more than its share, or hides it, ends soon."""
    with fenced.session() as made:
        with pytest.raises(ChildDied):
            made.run(f"import time\n{source}\ntime.sleep(20)", seconds=15, seed=0)
        home = made.scratch
    assert home is not None
    assert list(home.parent.glob(f"{home.name}*")) == []


@pytest.mark.slow
def test_deep_folders(bare: Zygote) -> None:
    """Folders nested beyond every limit of recursion are removed with the session, where nothing watches them."""
    with bare.session() as made:
        home = made.scratch
        assert made.run("import os\nfor _ in range(3000): os.mkdir('d'); os.chdir('d')", seconds=20, seed=0).ok
        assert home is not None
    assert list(home.parent.glob(f"{home.name}*")) == []


def test_limits_hold(session: Session) -> None:
    """Memory and open files are bounded as in the first tier, and the bound can't be raised."""
    for source, error in (
        ("bytearray(4 * 2**30)", "MemoryError"),
        ("[open('/dev/null') for _ in range(300)]", "OSError"),
        ("import resource; resource.setrlimit(resource.RLIMIT_DATA, (2**40, 2**40))", "ValueError"),
    ):
        assert session.run(source, seconds=10, seed=0).error_type == error


@pytest.mark.slow
def test_it_trains() -> None:
    """Keras trains, saves and loads a model behind the fence."""
    if trouble := landlock.trouble():
        pytest.skip(trouble)
    source = (
        "import keras, numpy as np\n"
        "m = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])\n"
        "m.compile('sgd', 'mse')\n"
        "m.fit(np.ones((8, 2)), np.ones(8), verbose=0)\n"
        "m.save('m.keras'); keras.models.load_model('m.keras')\n"
        "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('x.png')"
    )
    with Zygote(Isolation.LANDLOCK) as zygote, zygote.session() as made:
        result = made.run(source, seconds=60, seed=0)
        assert result.ok, result
