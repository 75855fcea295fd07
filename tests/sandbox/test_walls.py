"""What student code can't do, tried for real: each test is an attack."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import ChildDied, ChildLost, ChildTimedOut, Isolation, Session, Zygote

ROOT = Path(__file__).parents[2]


def outcome(session: Session, source: str, seconds: float = 20) -> Any:
    """Run *source*; return the exception's name, else what it left in ``found``."""
    result = session.run(source, seconds=seconds, seed=0)
    return result.error_type if not result.ok else session.get("found", seconds=5)


HANGS = {
    "busy loop": "while True: pass",
    "ignores every signal": (
        "import signal, time\n"
        "for s in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(s, signal.SIG_IGN)\n"
        "while True: time.sleep(100)"
    ),
    "catches everything": "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
    "stops itself": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "hangs in C": "import itertools; max(itertools.repeat(0))",
}


@pytest.mark.parametrize("source", HANGS.values(), ids=HANGS.keys())
def test_hanging(session: Session, source: str) -> None:
    """A cell that never ends is killed at its deadline."""
    started = time.monotonic()
    with pytest.raises(ChildTimedOut):
        session.run(source, seconds=0.5, seed=0)
    assert time.monotonic() - started < 4
    with pytest.raises(ChildTimedOut):
        session.get("x", seconds=1)


DEATHS = {
    "exit": "import os; os._exit(0)",
    "segmentation fault": "import ctypes; ctypes.string_at(0)",
    "abort": "import os; os.abort()",
    "kill": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "closes every descriptor": "import os; os.closerange(0, 1000)",
}


@pytest.mark.parametrize("source", DEATHS.values(), ids=DEATHS.keys())
def test_dying(session: Session, source: str) -> None:
    """A child that dies costs its session, whatever the way."""
    with pytest.raises(ChildDied):
        session.run(source, seconds=10, seed=0)
    assert not session.alive


def test_replies_of_its_own(session: Session) -> None:
    """Student code that finds the channel and answers for the worker only breaks the session."""
    forge = "import os\nfor n in range(3, 20):\n  try: os.write(n, b'\\x02\\0\\0\\0{}')\n  except OSError: pass"
    with pytest.raises(ChildLost):
        session.run(forge, seconds=5, seed=0)


def test_a_flood_of_output(session: Session) -> None:
    """Printing without end costs nothing but time."""
    flood = "import os\nfor _ in range(2000): print('x' * 10**5); os.write(1, b'y' * 10**5)"
    assert session.run(flood, seconds=30, seed=0).ok


@pytest.mark.parametrize("taken", ["[0] * 10**9", "bytearray(4 * 2**30)", "__import__('numpy').ones(2**29)"])
def test_memory(session: Session, taken: str) -> None:
    """Taking more memory than allowed raises in the child, which goes on."""
    assert outcome(session, f"found = {taken}") in ("MemoryError", "_ArrayMemoryError")
    assert session.run("1", seconds=5, seed=0).ok


FILL = """
found = 0
try:
    for number in range({count}):
        with open(f"{folder}/big{{number}}", "wb") as file:
            for _ in range(200):
                file.write(bytes(2**20)); file.flush(); found += 1
except OSError:
    pass
"""


@pytest.mark.parametrize("folder", [".", "/tmp", "/dev/shm"])
def test_files(walled_session: Session, folder: str) -> None:
    """All files of a session together stay within the limit, in every writable folder."""
    assert outcome(walled_session, FILL.format(count=4, folder=folder)) <= 16


def test_one_large_file(session: Session) -> None:
    """One file stays within the limit in every tier."""
    assert outcome(session, FILL.format(count=1, folder=".")) <= 16


def test_many_processes(walled_session: Session) -> None:
    """A fork bomb gets no further than the limit."""
    bomb = (
        "import os, time\nfound = 0\n"
        "try:\n  while found < 500:\n    if not os.fork(): time.sleep(1000)\n    found += 1\nexcept OSError: pass"
    )
    assert 5 < outcome(walled_session, bomb) < 41


def running(mark: str) -> int:
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            count += mark.encode() in (process / "cmdline").read_bytes()
        except OSError:
            continue
    return count


@pytest.mark.parametrize("end", ["close", "exit", "hang"])
def test_nothing_stays(zygote: Zygote, end: str) -> None:
    """A daemon that left its session, its group and its parent is gone when the session is."""
    if zygote.isolation is Isolation.LANDLOCK:
        pytest.skip("no process can be started there")
    mark = f"9876{time.monotonic_ns()}"
    daemon = (
        "import os, time\n"
        "if not os.fork():\n"
        "    os.setsid()\n"
        f"    if not os.fork(): os.execv('/bin/sleep', ['sleep', '{mark}'])\n"
        "    os._exit(0)\n"
        "time.sleep(0.3)"
    )
    with zygote.session() as session:
        assert session.run(daemon, seconds=5, seed=0).ok
        assert running(mark) == 1
        if end != "close":
            dying = "import os; os._exit(0)" if end == "exit" else "while True: pass"
            with pytest.raises(ChildLost):
                session.run(dying, seconds=0.5, seed=0)
    assert running(mark) == 0


REFUSED = {
    "reads a hidden test": f"open({str(ROOT / 'question_bank' / '__init__.py')!r})",
    "lists the project": f"__import__('os').listdir({str(ROOT / 'question_bank')!r})",
    "imports the bank": "import question_bank",
    "imports the papers": "import papers",
    "imports the grader": "import grader",
    "imports the command line": "import dlexam",
    "reads the accounts": "open('/etc/passwd')",
    "reads root's files": "__import__('os').listdir('/root/.ssh')",
    "reads the zygote's memory": "open('/proc/2/mem', 'rb')",
    "reads bubblewrap's environment": "open('/proc/1/environ', 'rb').read()",
    "reads another's descriptors": "__import__('os').listdir('/proc/2/fd')",
    "looks through another's root": "__import__('os').listdir('/proc/1/root/')",
    "writes to the system": "open('/usr/x', 'w')",
    "writes to the interpreter": "import sys; open(sys.prefix + '/x', 'w')",
    "writes beside the worker": "open('/opt/inside/x', 'w')",
    "writes to the top": "open('/x', 'w')",
    "writes to the devices": "open('/dev/x', 'w')",
    "becomes root": "__import__('os').setuid(0)",
    "raises its limits": "import resource; resource.setrlimit(resource.RLIMIT_DATA, (2**40, 2**40))",
    "changes its root": "__import__('os').chroot('/tmp')",
    "connects to the world": "import socket; socket.create_connection(('1.1.1.1', 53), 2)",
    "sends a datagram": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('1.1.1.1', 53))",
    "asks for a name": "import socket; socket.getaddrinfo('example.com', 80)",
    "signals the zygote": "import os; os.kill(2000000, 9)",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED.keys())
def test_refused(confined: Session, source: str) -> None:
    """What the walls forbid raises, in each tier that has walls."""
    result = confined.run(source, seconds=10, seed=0)
    assert not result.ok, "the wall has a hole"
    assert result.error_type in (
        "FileNotFoundError", "ModuleNotFoundError", "PermissionError", "OSError", "gaierror", "ValueError",
        "ProcessLookupError",
    ), result  # fmt: skip


@pytest.fixture(scope="module")
def seeing(walled: Zygote) -> Any:
    with walled.session() as made:
        yield made


@pytest.fixture(scope="module", params=["walled", "fenced"])
def confined(request: pytest.FixtureRequest) -> Any:
    zygote: Zygote = request.getfixturevalue(request.param)
    with zygote.session() as made:
        yield made


def test_the_tests_of_the_walls_are_real(seeing: Session) -> None:
    """The paths that are refused inside exist outside, and what a student needs is there."""
    assert (ROOT / "question_bank" / "__init__.py").is_file()
    assert seeing.run("import numpy, tensorflow, keras, matplotlib; open('x', 'w').write('1')", seconds=10, seed=0).ok


def test_who_it_is(seeing: Session) -> None:
    """The child is nobody, without a capability and without a way to get one."""
    status = (
        "found = {k: v.strip() for k, _, v in (line.partition(':') for line in open('/proc/self/status'))}\n"
        "import os; found['me'] = [os.getuid(), os.getgid(), len(os.getgroups()), os.getpid()]"
    )
    found = outcome(seeing, status)
    assert found["CapEff"] == found["CapPrm"] == found["CapBnd"] == "0" * 16
    assert found["NoNewPrivs"] == "1"
    user, group, groups, pid = found["me"]
    assert user != 0
    assert group != 0
    assert groups <= 1
    assert pid == 2


def test_no_secrets(seeing: Session, secret: str) -> None:
    """Neither environment, command lines nor open files of ours reach the child."""
    assert secret not in outcome(seeing, "import os; found = repr(dict(os.environ))")
    assert secret not in outcome(seeing, "found = repr(open('/proc/self/environ').read())")
    lines = "import glob; found = [open(f).read() for f in glob.glob('/proc/[0-9]*/cmdline')]"
    assert not any(secret in line for line in outcome(seeing, lines))
    descriptors = (
        "import os; paths = [f'/proc/self/fd/{n}' for n in range(64)]; "
        "found = [os.readlink(path) for path in paths if os.path.exists(path)]"
    )
    assert not any(__file__ in target or "conftest" in target for target in outcome(seeing, descriptors))
    assert len(outcome(seeing, "import os; found = os.listdir('/proc/self/fd')")) <= 5


def test_what_is_imported(seeing: Session) -> None:
    """No module of ours is in the child's memory but the worker's own."""
    names = outcome(seeing, "import sys; found = sorted({name.partition('.')[0] for name in sys.modules})")
    assert "inside" in names
    assert not {"question_bank", "papers", "grader", "dlexam", "pytest"} & set(names)


def test_this_machine(seeing: Session) -> None:
    """A service on this machine's loopback can't be reached."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        knock = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        assert seeing.run(knock, seconds=10, seed=0).error_type == "PermissionError"


def test_siblings(walled: Zygote) -> None:
    """What one session leaves anywhere is not there for another, at the same time or later."""
    folders = [".", "/tmp", "/dev/shm", "/scratch"]
    if Path(sys.prefix).resolve().is_relative_to("/tmp"):
        # with the interpreter below it, /tmp is read-only inside
        folders.remove("/tmp")
    leave = f"for folder in {folders}: open(folder + '/left', 'w').write('mine')"
    look = f"import os\nfound = [f for folder in {folders} for f in os.listdir(folder) if f == 'left']"
    with walled.session() as one, walled.session() as other:
        assert one.run(leave, seconds=5, seed=0).ok
        assert len(outcome(one, look)) == len(folders)
        assert outcome(other, look) == []
    with walled.session() as later:
        assert outcome(later, look) == []


def test_siblings_memory(walled: Zygote) -> None:
    """A session that runs at the same time can't be looked into, though its number is seen."""
    look = (
        "import glob\nfound = []\n"
        "for path in glob.glob('/proc/[0-9]*/mem'):\n"
        "    if path.split('/')[2] == __import__('os').readlink('/proc/self'): continue\n"
        "    try: open(path, 'rb').close(); found.append(path)\n"
        "    except OSError: pass"
    )
    with walled.session() as one, walled.session() as other:
        assert one.alive
        assert outcome(other, look) == []


def test_memory_of_many(walled_session: Session) -> None:
    """Processes that keep within the limit one by one, but not together, cost their session."""
    together = (
        "import os, time\n"
        "for _ in range(4):\n"
        "    if not os.fork():\n"
        "        held = b'x' * (900 * 2**20); time.sleep(60)\n"
        "time.sleep(60)"
    )
    started = time.monotonic()
    with pytest.raises(ChildDied):
        walled_session.run(together, seconds=50, seed=0)
    assert time.monotonic() - started < 30
