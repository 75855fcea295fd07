"""Start the process that a `Zygote` speaks to: its command, its environment, its walls."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from . import bubblewrap, landlock
from .detection import detect
from .errors import SandboxBroken
from .inside.walls import NOBODY
from .tiers import Isolation

__all__ = ["ENVIRONMENT", "Launch", "give", "launch"]

BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); from inside import zygote_main; "
    "del sys.path[0]; zygote_main.main(int(sys.argv[2]), sys.argv[3], sys.argv[4] == 'preload')"
)
# No secrets, one thread of each kind, no accelerator, and the same order of sets in every run.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "USER": "student",
    "LOGNAME": "student",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "MPLBACKEND": "Agg",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Launch:
    """
    How to start a zygote.

    Args:
        isolation: the tier.
        home: its home folder, where the tier gives it no private one.
        hide: files and folders that no session may see even if they lie inside the interpreter's folders.
        bwrap: the bubblewrap to use; None for the one that `detect` found.
        preload: import TensorFlow.
    """

    isolation: Isolation
    home: Path
    hide: tuple[Path, ...] = ()
    bwrap: Path | None = None
    preload: bool = True


def launch(plan: Launch, control: socket.socket, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """
    Start it, listening on *control* and complaining to *log*.

    Raises:
        SandboxBroken: there is no bubblewrap.
        OSError: the command does not start.
    """
    python = [sys.executable, "-s", "-P", "-B", "-c", BOOT]
    tail = [str(control.fileno()), str(plan.isolation), "preload" if plan.preload else "plain"]
    with tempfile.TemporaryFile() as told:
        if plan.isolation is Isolation.LANDLOCK:
            told.write(json.dumps(landlock.readable(plan.hide)).encode())
            told.seek(0)
        if plan.isolation is Isolation.BUBBLEWRAP:
            bwrap = plan.bwrap or detect().bwrap
            if bwrap is None:
                raise SandboxBroken(f"no bubblewrap: {detect().detail}")
            environment = ENVIRONMENT | _home("/scratch")
            command = bubblewrap.arguments(bwrap, [*python, "/opt", *tail], environment, plan.hide)
            environment = {}
        else:
            command = [*python, str(bubblewrap.INSIDE.parent), *tail]
            environment = ENVIRONMENT | _home(str(plan.home))
            give(plan.home)
        return subprocess.Popen(
            command,
            stdin=told,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=environment,
            cwd="/",
            pass_fds=[control.fileno()],
            start_new_session=True,
        )


def give(folder: Path) -> None:
    """Make *folder* nobody's if this is root, who runs no student's code."""
    if os.getuid() == 0:
        os.chown(folder, NOBODY, NOBODY)


def _home(folder: str) -> dict[str, str]:
    return {"HOME": folder, "TMPDIR": folder, "MPLCONFIGDIR": folder, "IPYTHONDIR": folder}
