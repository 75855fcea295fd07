"""
What the canaries run inside the walls: a submission that tries to get out. It is never imported by us.

Standard library and ctypes only. `attempt` returns, for each try, whether it got through and what it saw; a refusal
is an `OSError`, an `ImportError` or a `MemoryError`, and anything else is a fault of the canary, which counts as
having got through: a canary that breaks proves nothing.
"""

import contextlib
import ctypes
import mmap
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
Given = dict[str, Any]
libc = ctypes.CDLL(None, use_errno=True)
REFUSALS = (OSError, ImportError, MemoryError)
NEW_USER_NAMESPACE = 0x1000_0000
SET_NAME = 15
ATTACH = 16
DETACH = 17


def others() -> list[Path]:
    """The folders in /proc of all processes but this one."""
    own = str(Path("/proc/self").readlink())
    return [folder for folder in Path("/proc").glob("[0-9]*") if folder.name != own]


def first(paths: Iterable[T], read: Callable[[T], object]) -> str:
    """What *read* makes of the first of *paths* that lets itself be read, else the last refusal."""
    refusal: BaseException | None = None
    for path in paths:
        try:
            if seen := read(path):
                return str(seen) if callable(path) else f"{path}: {seen!r}"
        except REFUSALS as error:
            refusal = error
    if refusal:
        raise refusal
    return ""


def read_hidden_test(given: Given) -> str:
    return first(given["hidden"], lambda path: Path(path).read_bytes()[:40])


def import_our_code(given: Given) -> str:
    """By name, and from every folder that may hold it."""
    sys.path += given["ours"]
    return first(given["packages"], lambda name: __import__(name).__name__)


def read_other_submission(given: Given) -> str:
    """From the disk, from the scratch of a session at the same time, and through what /proc says of it."""

    def told(place: Path) -> str:
        return given["secret"] if given["secret"].encode() in place.read_bytes() else ""

    places = [folder / way / given["name"] for folder in others() for way in ("cwd", "root/scratch/work")]
    tries: list[Callable[[], object]] = [
        lambda: first(given["submissions"], lambda place: Path(place).read_bytes()[:40]),
        lambda: first(places, told),
    ]
    return first(tries, lambda go: go())


def attach(pid: int) -> str:
    if libc.ptrace(ATTACH, pid, None, None) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    os.waitpid(pid, 0)
    libc.ptrace(DETACH, pid, None, None)
    return "attached"


def read_other_memory(given: Given) -> str:
    def opened(folder: Path) -> str:
        with (folder / "mem").open("rb"):
            return "opened"

    tries: list[Callable[[], object]] = [
        lambda: first(others(), opened),
        lambda: first([given["victim"]], attach),
    ]
    return first(tries, lambda go: go())


def read_other_environment(given: Given) -> str:
    def told(folder: Path) -> object:
        return (folder / "environ").read_bytes()[:40] or given["secret"].encode() in (folder / "cmdline").read_bytes()

    return first([*others(), Path("/proc", str(given["victim"]))], told)


def knock(family: int, kind: int, address: Any, secret: str) -> str:
    with socket.socket(family, kind) as made:
        made.settimeout(2)
        made.connect(address)
        made.send(secret.encode())
    return str(address)


def connect_by_tcp(given: Given) -> str:
    return knock(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", given["tcp"]), given["secret"])


def send_by_udp(given: Given) -> str:
    return knock(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", given["udp"]), given["secret"])


def connect_by_path(given: Given) -> str:
    """To a stream and to a box of datagrams, once with a socket that was half of a pair."""

    def paired(path: str) -> str:
        one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        with one, other:
            one.sendto(given["secret"].encode(), path)
        return "sent through a pair"

    tries = [
        lambda: knock(socket.AF_UNIX, socket.SOCK_STREAM, given["stream"], given["secret"]),
        lambda: knock(socket.AF_UNIX, socket.SOCK_DGRAM, given["box"], given["secret"]),
        lambda: paired(given["box"]),
    ]
    return first(tries, lambda go: go())


def write_outside(given: Given) -> str:
    """Whether a file has come into being is seen from outside."""
    for folder in given["outside"]:
        with contextlib.suppress(OSError):
            Path(folder, given["written"]).write_text(given["secret"])
    return ""


def change_mode_outside(given: Given) -> str:
    """Seen from outside too."""
    Path(given["kept"]).chmod(0o777)
    return ""


def end_other_process(given: Given) -> str:
    """Seen from outside too."""
    os.kill(given["victim"], signal.SIGKILL)
    return ""


def limit_other_process(given: Given) -> str:
    """Seen from outside too."""
    resource.prlimit(given["other"], resource.RLIMIT_NOFILE, (8, 8))
    return ""


def gain_privileges(_: Given) -> str:
    status = dict(line.split(":\t") for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line)
    if int(status["CapEff"], 16) or int(status["CapPrm"], 16) or status["NoNewPrivs"].strip() != "1":
        return f"capabilities {status['CapEff'].strip()}, no new privileges: {status['NoNewPrivs'].strip()}"
    if os.getuid() == 0:
        return "root"
    if libc.unshare(NEW_USER_NAMESPACE) == 0:
        return "a user namespace"
    os.setuid(0)
    return "root again"


def fork_past_limit(given: Given) -> str:
    children: list[int] = []
    try:
        for _ in range(given["processes"] + 8):
            child = os.fork()
            if not child:
                time.sleep(30)
                os._exit(0)
            children.append(child)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
    return f"{len(children)} processes"


def allocate_past_limit(given: Given) -> str:
    size = given["memory"] + (64 << 20)
    # taken, never touched
    mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    return f"{size >> 20} MiB"


def write_past_limit(given: Given) -> str:
    try:
        with Path("large").open("wb") as file:
            file.seek(given["files"] + (1 << 20))
            file.write(b"x")
            return f"{file.tell() >> 20} MiB"
    finally:
        Path("large").unlink(missing_ok=True)


def fill_past_limit(given: Given) -> str:
    piece, written = given["files"] // 8, 0
    try:
        for number in range(12):
            with Path(f"part{number}").open("wb", buffering=0) as file:
                written += file.write(bytes(piece))
                if written < (number + 1) * piece:
                    raise OSError("full")
        return f"{written >> 20} MiB"
    finally:
        for number in range(12):
            Path(f"part{number}").unlink(missing_ok=True)


def open_past_limit(given: Given) -> str:
    opened: list[int] = []
    try:
        for _ in range(given["open_files"] + 8):
            opened.append(os.dup(0))
    finally:
        for descriptor in opened:
            os.close(descriptor)
    return f"{len(opened)} descriptors"


def outlive(given: Given) -> str:
    """A daemon that has left its session and its parent; whether it lives on is seen from outside."""
    child = os.fork()
    if not child:
        os.setsid()
        # before the fork, so that the daemon has its name as soon as it lives
        libc.prctl(SET_NAME, given["daemon"].encode(), 0, 0, 0)
        if not os.fork():
            time.sleep(30)
        os._exit(0)
    os.waitpid(child, 0)
    return ""


def see_processes(given: Given) -> str:
    return "in /proc" if all(Path("/proc", str(pid)).exists() for pid in given["pids"]) else ""


TRIES = (
    read_hidden_test,
    import_our_code,
    read_other_submission,
    read_other_memory,
    read_other_environment,
    connect_by_tcp,
    send_by_udp,
    connect_by_path,
    write_outside,
    change_mode_outside,
    limit_other_process,
    end_other_process,
    gain_privileges,
    fork_past_limit,
    allocate_past_limit,
    write_past_limit,
    fill_past_limit,
    open_past_limit,
    outlive,
    see_processes,
)


def attempt(given: Given) -> dict[str, list[Any]]:
    """For each try of *given*: whether it got through, and what it saw."""
    found: dict[str, list[Any]] = {}
    for go in TRIES:
        if go.__name__ not in given["tries"]:
            continue
        try:
            seen = go(given)
            found[go.__name__] = [bool(seen), str(seen)[:200]]
        except REFUSALS as error:
            found[go.__name__] = [False, f"{type(error).__name__}: {error}"[:200]]
        except BaseException as error:
            found[go.__name__] = [True, f"the canary broke, {type(error).__name__}: {error}"[:200]]
    return found
