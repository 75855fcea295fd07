"""The host's side of one session: requests with absolute deadlines to a child that is believed in nothing."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np

from . import claims
from .asking import Asking
from .errors import ChildDied, ChildLost, ChildTimedOut, ProtocolBroken, SandboxBroken, StudentError
from .inside import codec
from .inside.plain import LONG_TEXT

if TYPE_CHECKING:
    from .zygote import Zygote

__all__ = ["CellResult", "Ending", "Session"]

T = TypeVar("T")

PREPARE_SECONDS = 20.0
SAFE_NAME = re.compile(r"[^/\x00-\x1f]+")


class Ending(Enum):
    """How a session's processes came to their end."""

    BY_ITSELF = "an exit, a crash of the interpreter, a limit"
    KILLED = "a SIGKILL, by itself or by something outside it: nobody can tell"
    WITH_ZYGOTE = "its zygote went, and it with it"


@dataclass(frozen=True)
class CellResult:
    """
    How a cell ended; the texts are the student's side's, cut and cleaned.

    Args:
        ok: whether it ended without an exception.
        error_type: the class name of the exception.
        message: its text, at most 500 characters.
        traceback: its traceback, at most 4,000 characters.
    """

    ok: bool
    error_type: str | None = None
    message: str | None = None
    traceback: str | None = None


class Session(Asking):
    """
    A child that runs one submission. Made by `Zygote.session`; a context manager.

    Every request has a wall-clock limit in seconds for the whole exchange. A child that dies, stays silent or
    answers nonsense is killed with all that it started; this and every later request then raise `ChildLost`.
    """

    def __init__(self, zygote: Zygote, sock: socket.socket, pid: int, generation: int, home: Path | None) -> None:
        self.pid = pid
        self.generation = generation
        self._zygote = zygote
        self._sock = sock
        self._home = home
        self._open = True
        self._lost: ChildLost | SandboxBroken | None = None

    @property
    def scratch(self) -> Path | None:
        """Its folder on this machine's disk; None where it is mounted for the session alone."""
        return self._home

    @property
    def alive(self) -> bool:
        """Whether requests can still be made."""
        return self._open and self._lost is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill everything of the child; nothing of it is left when this returns."""
        if not self._open:
            return
        self._open = False
        self._zygote.kill(self)
        self._sock.close()
        if self._home is not None:
            _remove(self._home)

    def prepare(self, files: Mapping[str, bytes], seed: int) -> None:
        """Lay *files* into the working folder and seed; for `Zygote` alone."""
        for name in files:
            parts = PurePosixPath(name).parts
            if not parts or ".." in parts or not all(SAFE_NAME.fullmatch(part) for part in parts):
                self.close()
                raise SandboxBroken(f"{name!r} cannot be laid into a session")
        arrays = {name: np.frombuffer(content, np.uint8) for name, content in files.items()}
        try:
            self._ask("lay", PREPARE_SECONDS, files=arrays, seed=seed)
        except StudentError as error:
            self.close()
            raise SandboxBroken(f"files cannot be laid into a session: {error}") from None

    def run(self, source: str, *, seconds: float, seed: int) -> CellResult:
        """
        Run one notebook cell in the child's IPython shell, with Python, NumPy and Keras seeded first.

        Raises:
            ChildLost: the session is over.
        """
        if len(source.encode("utf-8", "replace")) > LONG_TEXT:
            return CellResult(False, "SourceTooLong", "the cell holds more than 4 MiB")
        try:
            reply = self._ask("run", seconds, source=source, seed=seed)
        except ChildLost:
            raise
        except StudentError as error:
            # the shell itself broke, by what cells have done to it: standard streams that are None, patched modules
            return CellResult(False, type(error).__name__, str(error))
        return CellResult(**self._checked(claims.cell, reply))

    def _ask(self, verb: str, seconds: float, **content: Any) -> Any:
        if self._lost is not None:
            raise type(self._lost)(str(self._lost))
        if not self._open:
            raise ChildDied("the session was closed")
        deadline = time.monotonic() + seconds
        nonce = secrets.token_hex(8)
        try:
            codec.send(self._sock, nonce, {"do": verb, **content}, deadline)
            _, reply = codec.receive(self._sock, deadline, nonce)
        except codec.UnsendableError as error:
            raise SandboxBroken(f"the request cannot be sent: {error}") from None
        except codec.DeadlineError:
            raise self._lose(ChildTimedOut(f"no answer within {seconds:g} s")) from None
        except codec.ProtocolError as error:
            gone = str(error).startswith("the far side is gone")
            lost = ChildDied("the process ended") if gone else ProtocolBroken(str(error))
            raise self._lose(lost) from None
        except MemoryError:
            raise self._lose(ProtocolBroken("more than fits into memory")) from None
        return self._checked(claims.opened, reply)

    def _checked(self, read: Callable[[Any], T], claim: Any) -> T:
        """A child that answers with a malformed claim is not asked again."""
        try:
            return read(claim)
        except claims.MalformedError as error:
            raise self._lose(ProtocolBroken(str(error))) from None

    def _lose(self, lost: ChildLost) -> ChildLost | SandboxBroken:
        """Kill the child and remember why; blame our own side if the zygote went first."""
        found: ChildLost | SandboxBroken = lost
        if isinstance(lost, ChildDied) and self._zygote.ending(self) is Ending.WITH_ZYGOTE:
            found = SandboxBroken("the sandbox was lost while a session ran")
        self._lost = found
        self.close()
        return found


def _remove(home: Path) -> None:
    """
    Remove a scratch folder in which a student may have taken away permissions, or nested folders without end.

    What the usual way leaves is moved to the top, folder by folder, before it is emptied: no path grows long then,
    and nothing recurses.
    """
    with contextlib.suppress(RecursionError):
        shutil.rmtree(home, ignore_errors=True)
    waiting, moved = [home], 0
    while waiting:
        folder = waiting.pop()
        with contextlib.suppress(OSError):
            folder.chmod(0o700)
            for entry in list(folder.iterdir()):
                if entry.is_symlink() or not entry.is_dir():
                    entry.unlink()
                    continue
                moved += 1
                entry.chmod(0o700)
                waiting.append(entry.rename(home.with_name(f"{home.name}-{moved}")))
            folder.rmdir()
