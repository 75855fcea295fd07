"""
What sessions use together, seen from the zygote: standard library only.

`RLIMIT_DATA` holds for one process; a session may have many. The kernel's own answer, a memory control
group, needs rights that a TA's laptop does not give, so the zygote looks from time to time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["Process", "families", "occupied", "own_children", "processes"]

_MEMORY: Final = ("RssAnon:", "RssShmem:")
# what a file counts at least, for removing it takes its time, and how deep a folder that is no trick can lie
_LEAST: Final = 16 * 1024
_DEPTH: Final = 40


@dataclass(frozen=True, slots=True)
class Process:
    """
    A process as `/proc` shows it.

    Args:
        parent: the number of its parent.
        memory: bytes that belong to no file: its own, and what it still shares with whoever forked it.
        user: the number of its user.
        threads: how many it has.
    """

    parent: int
    memory: int
    user: int = 0
    threads: int = 1


def processes() -> dict[int, Process]:
    """All processes of this namespace by number; none where there is no `/proc`."""
    found: dict[int, Process] = {}
    if sys.platform != "linux":
        return found
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            lines = (folder / "status").read_text("ascii", "replace").splitlines()
        except OSError:
            # it has ended meanwhile
            continue
        fields = {name: rest for name, _, rest in (line.partition("\t") for line in lines)}
        memory = sum(int(fields[name].split()[0]) for name in _MEMORY if name in fields)
        found[int(folder.name)] = Process(
            int(fields.get("PPid:", "0")),
            memory * 1024,
            int(fields.get("Uid:", "0").split()[0]),
            int(fields.get("Threads:", "1")),
        )
    return found


def families(roots: Iterable[int], found: dict[int, Process]) -> dict[int, set[int]]:
    """Each of *roots* with all that descend from it: in a namespace of its own, nobody gets out of his family."""
    children: dict[int, list[int]] = {}
    for number, process in found.items():
        children.setdefault(process.parent, []).append(number)
    grown: dict[int, set[int]] = {}
    for root in roots:
        family, waiting = set(), [root]
        while waiting:
            number = waiting.pop()
            if number in found and number not in family:
                family.add(number)
                waiting += children.get(number, [])
        grown[root] = family
    return grown


def own_children() -> set[int]:
    """The numbers of this process's children."""
    own = os.getpid()
    return {number for number, process in processes().items() if process.parent == own}


def occupied(folder: str, enough: int) -> int:
    """
    The bytes that all below *folder* takes of the disk; the count stops at *enough*.

    A folder that can't be looked into counts as *enough*: a trick.
    """
    used, waiting = 0, [(folder, 0)]
    while waiting and used < enough:
        path, depth = waiting.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    used += max(_LEAST, entry.stat(follow_symlinks=False).st_blocks * 512)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, depth + 1))
                    if used >= enough:
                        break
        except FileNotFoundError:
            # it was removed meanwhile
            continue
        except OSError:
            return enough
        if depth > _DEPTH:
            return enough
    return used
