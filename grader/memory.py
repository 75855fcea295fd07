"""What one job takes of this machine's memory, and how many jobs that leaves room for."""

from __future__ import annotations

import os
from pathlib import Path

from grader.batch.pool import cores
from grader.sandbox.inside import watch

__all__ = ["JOB_MB", "available_mb", "default_jobs", "family_mb"]

MIB = 2**20
JOB_MB = 600
"""MiB: a trusted process, its zygote, and a student's training, as `dlexam doctor` measures them, with a reserve."""


def default_jobs() -> int:
    """One for each core, but no more than there is memory for."""
    free = available_mb()
    return cores() if free is None else max(1, min(cores(), free // JOB_MB))


def available_mb() -> int | None:
    """MiB that new processes can have without swapping; None where the system does not say."""
    found = [_meminfo(), _group_left()]
    known = [number for number in found if number is not None]
    return min(known, default=None)


def family_mb() -> int:
    """
    MiB of this process and all that descend from it, what they share counted once.

    A forked process shares its parent's pages until one of them writes; only what it has beyond that counts.
    """
    found = watch.processes()
    family = watch.families([os.getpid()], found)[os.getpid()]
    total = found[os.getpid()].memory if os.getpid() in found else 0
    for number in family - {os.getpid()}:
        parent = found.get(found[number].parent)
        total += max(0, found[number].memory - (parent.memory if parent else 0))
    return round(total / MIB)


def _meminfo() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _group_left() -> int | None:
    """What a control group, such as a container's, still allows."""
    group = Path("/sys/fs/cgroup")
    try:
        most, used = ((group / f"memory.{name}").read_text("ascii").strip() for name in ("max", "current"))
    except OSError:
        return None
    # `current` counts files that the kernel would let go of: too careful is the right side here
    return None if most == "max" else max(0, (int(most) - int(used)) // MIB)
