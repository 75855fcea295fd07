"""The second wall, seen from outside: what a fenced process may read, and whether such a fence stands here."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from . import bubblewrap
from .inside import landlock

__all__ = ["readable", "trouble"]

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/ld.so.cache")
TRIAL_SECONDS = 20.0
TRIAL = """
import json, os, sys, tempfile
from pathlib import Path
inside = Path(sys.argv[1], "inside")
sys.path.insert(0, sys.argv[1])
from inside import walls
readable = json.load(sys.stdin)
if os.getuid() == 0:
    walls.open_up(Path(path).resolve() for path in (sys.base_prefix, sys.prefix, inside))
walls.drop_root()
with tempfile.TemporaryDirectory() as scratch:
    if not os.fork():
        walls.fence(walls.Walls(memory=1 << 32, files=1 << 20, processes=64, open_files=64), readable, scratch)
        Path(scratch, "own").write_text("own")
        try:
            os.listdir("/")
        except PermissionError:
            os.write(1, b"walls")
        os._exit(0)
    os.wait()
"""


def readable(hide: Iterable[Path] = ()) -> list[str]:
    """
    What a fenced process may read: the system, the interpreter and its packages, and nothing of ours.

    Landlock can't take away what it has given, so that a folder with something hidden in it is given entry by entry.

    Args:
        hide: more files and folders that it may not read.
    """
    hidden = [path.resolve() for path in (*bubblewrap.own_code(), *hide)]
    given: dict[Path, None] = {}
    prefixes = [Path(prefix).resolve() for prefix in (sys.base_prefix, sys.prefix)]
    for path in (*(Path(name).resolve() for name in SYSTEM), *prefixes):
        # a virtual environment inside the hidden repository is not what is hidden
        for part in _without(path, [h for h in hidden if not path.is_relative_to(h)]):
            given.setdefault(part)
    return [str(path) for path in given if not any(path.is_relative_to(other) for other in given if other != path)]


def _without(path: Path, hidden: list[Path]) -> Iterable[Path]:
    if path in hidden or not path.exists():
        return
    within = [h for h in hidden if h.is_relative_to(path)]
    if not within:
        yield path
        return
    for entry in sorted(path.iterdir()):
        if not entry.is_symlink():
            yield from _without(entry, within)


def trouble() -> str | None:
    """Build the fence for real around an empty program, about 0.1 s; return what failed."""
    version = landlock.abi()
    if version < landlock.LEAST:
        return f"Landlock of version {landlock.LEAST} (Linux 6.2) is needed, and this kernel has {version or 'none'}"
    command = [sys.executable, "-s", "-P", "-B", "-c", TRIAL, str(bubblewrap.INSIDE.parent)]
    given = json.dumps(readable()).encode()
    try:
        tried = subprocess.run(command, capture_output=True, input=given, env={}, timeout=TRIAL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"Landlock: {type(error).__name__}"
    if tried.stdout == b"walls":
        return None
    said = tried.stderr.decode("utf-8", "replace").strip().splitlines()
    return f"Landlock: {said[-1] if said else 'the fence has a hole'}"
