"""The walls that a child builds around itself before any student code: standard library only."""

from __future__ import annotations

import ctypes
import dataclasses
import os
import resource
import signal
import stat
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from . import landlock, seccomp, watch

__all__ = [
    "SCRATCH",
    "Walls",
    "die_with_parent",
    "drop_root",
    "fence",
    "isolate",
    "killed",
    "limit",
    "open_up",
    "set_dumpable",
    "set_subreaper",
]

# Where the private file system of a child is mounted; bubblewrap makes the folder.
SCRATCH: Final = "/scratch"
NOBODY: Final = 65534
# With this pid 1 says that SIGKILL ended its worker; a worker that exits with it only claims so.
KILLED: Final = 137

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
CLONE_NEWNS: Final = 0x0002_0000
CLONE_NEWUTS: Final = 0x0400_0000
CLONE_NEWIPC: Final = 0x0800_0000
CLONE_NEWUSER: Final = 0x1000_0000
CLONE_NEWPID: Final = 0x2000_0000
CLONE_NEWNET: Final = 0x4000_0000
MS_NOSUID: Final = 2
MS_NODEV: Final = 4
MS_BIND: Final = 0x1000
MS_REC: Final = 0x4000
MS_PRIVATE: Final = 0x4_0000
CAPABILITY_VERSION_3: Final = 0x2008_0522
CAPABILITIES: Final = 64
# so many times its share of threads may a fenced process have before the kernel itself says no
ROOM: Final = 8

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Walls:
    """The limits of one child: bytes and counts, per process where the kernel counts so, 0 for no limit."""

    memory: int
    files: int
    processes: int
    open_files: int


def _check(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _prctl(option: int, value: int = 0) -> int:
    if sys.platform != "linux":
        return 0
    arguments = [ctypes.c_ulong(number) for number in (value, 0, 0, 0)]
    return int(_libc.prctl(ctypes.c_int(option), *arguments))


def _mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    result = _libc.mount(
        source.encode(),
        target.encode(),
        kind and kind.encode(),
        ctypes.c_ulong(flags),
        options and options.encode(),
    )
    _check(result, f"mount on {target}")


def set_dumpable(dumpable: bool) -> None:
    """Open or close this process to others of the same user: its memory, its environment, its descriptors."""
    _check(_prctl(PR_SET_DUMPABLE, int(dumpable)), "PR_SET_DUMPABLE")


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    _check(_prctl(PR_SET_PDEATHSIG, signal.SIGKILL), "PR_SET_PDEATHSIG")


def set_subreaper() -> None:
    """Become the parent of descendants whose own parent ends, so that none can hide."""
    _check(_prctl(PR_SET_CHILD_SUBREAPER, 1), "PR_SET_CHILD_SUBREAPER")


def drop_root() -> None:
    """Become nobody if root: inside bubblewrap started by root the kernel would still see uid 0."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def open_up(folders: Iterable[Path]) -> None:
    """
    As root, let nobody into *folders* that lie below one that only root may enter, such as root's home.

    This process gets a tree of mounts of its own, in which that one shows nothing else.

    Raises:
        OSError: the rights of this root don't go so far, as in a container.
    """
    closed: dict[Path, list[Path]] = {}
    for folder in folders:
        barred = [p for p in (folder, *folder.parents) if not p.stat().st_mode & stat.S_IXOTH]
        if barred:
            closed.setdefault(barred[-1], []).append(folder)
    if not closed:
        return
    _check(_libc.unshare(ctypes.c_int(CLONE_NEWNS)), f"unshare, to let nobody into {', '.join(map(str, closed))}")
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    for top, shown in closed.items():
        kept = [(folder, os.open(folder, os.O_PATH)) for folder in shown]
        _mount("tmpfs", str(top), "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755")
        for folder, descriptor in kept:
            folder.mkdir(parents=True, exist_ok=True)
            _mount(f"/proc/self/fd/{descriptor}", str(folder), None, MS_BIND | MS_REC)
            os.close(descriptor)


def _write(path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _unshare() -> None:
    user, group = os.getuid(), os.getgid()
    # The maps in /proc/self belong to root, and can't be written, while the process is not dumpable.
    set_dumpable(True)
    flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWUTS
    _check(_libc.unshare(ctypes.c_int(flags)), "unshare")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def _mount_scratch(walls: Walls) -> None:
    # /proc stays bubblewrap's: a fresh one is refused there, and TensorFlow aborts without /proc/self/exe.
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    for target in (SCRATCH, "/dev/shm"):
        options = f"size={walls.files},nr_inodes=8192,mode=0700"
        _mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, options)
    for name in ("work", "home", "tmp"):
        Path(SCRATCH, name).mkdir(0o700)


def _drop_capabilities() -> None:
    for capability in range(CAPABILITIES):
        _prctl(PR_CAPBSET_DROP, capability)
    header = struct.pack("II", CAPABILITY_VERSION_3, 0)
    _check(_libc.capset(header, struct.pack("6I", 0, 0, 0, 0, 0, 0)), "capset")


def limit(walls: Walls) -> None:
    """Set the limits of this process and of all that it starts; they can't be raised again."""
    wanted = {
        # Not RLIMIT_AS: TensorFlow reserves far more address space than it uses.
        resource.RLIMIT_DATA: walls.memory,
        resource.RLIMIT_FSIZE: walls.files,
        resource.RLIMIT_NPROC: walls.processes,
        resource.RLIMIT_NOFILE: walls.open_files,
        resource.RLIMIT_CORE: 0,
    }
    for which, value in wanted.items():
        if not value and which != resource.RLIMIT_CORE:
            continue
        _, hard = resource.getrlimit(which)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(which, (value, value))
        except (ValueError, OSError):
            # macOS refuses some of them; the wall clock outside holds there too.
            if sys.platform == "linux":
                raise


def fence(walls: Walls, readable: Iterable[str], scratch: str) -> None:
    """
    Fence in the calling, single-threaded process where it can have no namespaces of its own.

    Args:
        walls: the limits.
        readable: files and folders that it may read, with all below.
        scratch: the folder in which it may write.

    Raises:
        OSError: the fence could not be built.
    """
    die_with_parent()
    set_dumpable(True)
    _check(_libc.capset(struct.pack("II", CAPABILITY_VERSION_3, 0), bytes(24)), "capset")
    _check(_prctl(PR_SET_NO_NEW_PRIVS, 1), "PR_SET_NO_NEW_PRIVS")
    # The kernel counts all threads of the user, so the bound can't be close; `watch` keeps the close one.
    threads = sum(p.threads for p in watch.processes().values() if p.user == os.getuid())
    limit(dataclasses.replace(walls, processes=threads + ROOM * walls.processes))
    landlock.restrict(readable, scratch)
    seccomp.install(fenced=True)


def killed(code: int, status: int) -> bool:
    """Whether *code* and *status*, which `os.waitid` tells of a session's first process, mean a SIGKILL."""
    return (code, status) in ((os.CLD_KILLED, signal.SIGKILL), (os.CLD_EXITED, KILLED))


def _reap_until(worker: int) -> NoReturn:
    while True:
        try:
            ended, status = os.wait()
        except InterruptedError:
            continue
        except ChildProcessError:
            os._exit(1)
        if ended == worker:
            # The end of pid 1 is the end of everything in its namespace; its status says how the worker ended.
            os._exit(KILLED if os.waitstatus_to_exitcode(status) == -signal.SIGKILL else 0)


def isolate(walls: Walls, channel: int, report: Any) -> None:
    """
    Move the calling, single-threaded process into namespaces of its own; return only in the worker (pid 2).

    The caller's process ends. Its child is pid 1 of the new namespace: it mounts the private scratch, gives
    up every privilege, forks the worker and waits for it.

    Args:
        walls: the limits.
        channel: the descriptor that only the worker keeps.
        report: called in the caller with the number of pid 1 as the caller's namespace sees it.

    Raises:
        OSError: a wall could not be built.
    """
    _unshare()
    first = os.fork()
    if first:
        report(first)
        os._exit(0)
    _mount_scratch(walls)
    _drop_capabilities()
    _check(_prctl(PR_SET_NO_NEW_PRIVS, 1), "PR_SET_NO_NEW_PRIVS")
    limit(walls)
    # last: the steps before it need calls that it refuses
    seccomp.install()
    worker = os.fork()
    if worker:
        # Nothing in the namespace may look into pid 1, or reach it by a signal that it handles.
        set_dumpable(False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.close(channel)
        _reap_until(worker)
    die_with_parent()
