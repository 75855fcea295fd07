"""How far student code is kept from this machine, and what it may use."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

__all__ = ["Detection", "Isolation", "Limits"]

MIB = 1024 * 1024


class Isolation(StrEnum):
    """How a student's process is kept apart; stamped on every record."""

    BUBBLEWRAP = "bubblewrap"
    """Namespaces inside bubblewrap: no network, no files but the interpreter's, no other processes."""

    LANDLOCK = "landlock"
    """Landlock and a filter, where there are no user namespaces: other processes exist for it, out of its reach."""

    PROCESS = "process"
    """A process with limits, and nothing that keeps it from the files and the network of its user."""


@dataclass(frozen=True)
class Detection:
    """
    What works here.

    Args:
        isolation: the strongest tier that passed its trial.
        detail: one line: which program, or why not and how to mend it.
        bwrap: the bubblewrap that passed; None for other tiers.
    """

    isolation: Isolation
    detail: str
    bwrap: Path | None = None


@dataclass(frozen=True)
class Limits:
    """
    What one student's session may use.

    Args:
        cell_seconds: wall time of one notebook cell, for callers to pass on.
        call_seconds: wall time of one call, for callers to pass on.
        memory_mb: private memory of one process, in MiB.
        files_mb: all files of the session, and its largest one, in MiB.
        processes: processes and threads at once; with `Isolation.LANDLOCK` threads, for it has one process.
            Not set with `Isolation.PROCESS`, where the user's other programs would count too.
        open_files: file descriptors of one process.
    """

    cell_seconds: float = 60.0
    call_seconds: float = 60.0
    memory_mb: int = 4096
    files_mb: int = 64
    processes: int = 256
    open_files: int = 256

    def walls(self, isolation: Isolation) -> dict[str, int]:
        """Return what the child sets, in bytes and counts; 0 for no limit."""
        return {
            "memory": self.memory_mb * MIB,
            "files": self.files_mb * MIB,
            "processes": 0 if isolation is Isolation.PROCESS else self.processes,
            "open_files": self.open_files,
        }
