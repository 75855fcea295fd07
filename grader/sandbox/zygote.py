"""The host's side of the zygote: start it, have it fork sessions, have it kill them, start it again."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .errors import SandboxBroken, clean
from .inside import codec
from .launch import Launch, give, launch
from .session import Ending, Session
from .tiers import Isolation, Limits

__all__ = ["Zygote"]

START_SECONDS = 180.0
FORK_SECONDS = 15.0
KILL_SECONDS = 2.0
LEAVE_SECONDS = 1.0


class _ZygoteLostError(Exception):
    """The zygote did not do what it was asked in time."""


class Zygote:
    """
    A clean interpreter that has imported TensorFlow and forks a child for each session; one per worker.

    It starts with the first session or on entering it as a context, which takes some seconds, and starts anew
    by itself when it is lost. Its methods may be called from several threads.

    Args:
        isolation: the tier; `detect` says which one works here.
        limits: what a session may use.
        hide: files and folders that no session may see even if they lie inside the interpreter's folders.
        bwrap: the bubblewrap to use; None for the one that `detect` found.
        preload: import TensorFlow; without it a zygote starts in half a second.

    Attributes:
        killed: how many sessions so far something outside them may have killed, such as a kernel short of memory.
    """

    def __init__(
        self,
        isolation: Isolation,
        limits: Limits | None = None,
        *,
        hide: Iterable[Path] = (),
        bwrap: Path | None = None,
        preload: bool = True,
    ) -> None:
        self.isolation = isolation
        self.limits = limits or Limits()
        self._hide = tuple(hide)
        self._bwrap = bwrap
        self._preload = preload
        self._lock = threading.RLock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._home: Path | None = None
        self._sessions: dict[int, int] = {}
        self._generation = 0
        self.killed = 0

    def __enter__(self) -> Self:
        with self._lock:
            if self._process is None:
                self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def session(self, files: Mapping[str, bytes] | None = None, seed: int = 0) -> Session:
        """
        Fork a child and return the session with it.

        Args:
            files: relative names and contents, laid into the child's working folder.
            seed: seeds its random generators.

        Raises:
            SandboxBroken: no child could be had, with a new zygote neither.
        """
        with self._lock:
            try:
                if self._process is None:
                    self._start()
                made = self._fork()
            except _ZygoteLostError:
                self._stop()
                self._start()
                try:
                    made = self._fork()
                except _ZygoteLostError as error:
                    self._stop()
                    raise SandboxBroken(f"the sandbox starts no session: {error}") from None
        made.prepare(files or {}, seed)
        return made

    def close(self) -> None:
        """Kill the zygote and every session."""
        with self._lock:
            self._stop()

    def kill(self, session: Session) -> None:
        """Kill everything of *session*; for `Session` alone."""
        with self._lock:
            if session.generation != self._generation or session.pid not in self._sessions:
                return
            try:
                reply = self._ask({"do": "kill", "pid": session.pid}, KILL_SECONDS)
                gone = reply.get("gone") is True
            except _ZygoteLostError:
                gone = False
            if not gone:
                self._stop()
            self._sessions.pop(session.pid, None)

    def ending(self, session: Session) -> Ending:
        """Say how *session*, whose channel has ended, came to its end; nothing of it is left then."""
        with self._lock:
            if session.generation != self._generation or self._process is None:
                return Ending.WITH_ZYGOTE
            try:
                # asked, not looked at: of a zygote that is being killed the sessions may go first
                reply = self._ask({"do": "end", "pid": session.pid}, KILL_SECONDS)
            except _ZygoteLostError:
                return Ending.WITH_ZYGOTE
            if self._process.poll() is not None:
                return Ending.WITH_ZYGOTE
            if reply.get("killed") is not True:
                return Ending.BY_ITSELF
            self.killed += 1
            return Ending.KILLED

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        self._home = Path(tempfile.mkdtemp(prefix="dlexam-zygote-"))
        with theirs, tempfile.TemporaryFile() as log:
            plan = Launch(self.isolation, self._home, hide=self._hide, bwrap=self._bwrap, preload=self._preload)
            try:
                self._process = launch(plan, theirs, log)
            except (OSError, SandboxBroken) as error:
                ours.close()
                self._stop()
                raise SandboxBroken(f"the sandbox does not start: {error}") from None
            theirs.close()
            self._control = ours
            try:
                codec.receive(ours, time.monotonic() + START_SECONDS, "hello")
            except (codec.ProtocolError, codec.DeadlineError) as error:
                self._stop()
                log.seek(0)
                said = clean(log.read().decode("utf-8", "replace").strip()[-400:], 400)
                raise SandboxBroken(
                    f"the sandbox does not start: {error or 'it took too long'}: {said}",
                    mend="run dlexam doctor",
                ) from None

    def _stop(self) -> None:
        process, control, home = self._process, self._control, self._home
        self._process = self._control = self._home = None
        self._generation += 1
        sessions, self._sessions = self._sessions, {}
        if process is not None:
            if self.isolation is not Isolation.BUBBLEWRAP:
                for pid in sessions:
                    with contextlib.suppress(OSError):
                        os.killpg(pid, signal.SIGKILL)
            if control is not None:
                control.close()
            try:
                # Told by the end of its socket it goes by itself, and bubblewrap leaves no orphan to init.
                process.wait(LEAVE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if home is not None:
            shutil.rmtree(home, ignore_errors=True)

    def _ask(self, request: dict[str, Any], seconds: float, descriptor: int | None = None) -> dict[str, Any]:
        if self._control is None:
            raise _ZygoteLostError("it is not running")
        deadline = time.monotonic() + seconds
        nonce = secrets.token_hex(8)
        try:
            codec.send(self._control, nonce, request, deadline)
            if descriptor is not None:
                socket.send_fds(self._control, [b"\0"], [descriptor])
            _, reply = codec.receive(self._control, deadline, nonce)
        except codec.DeadlineError:
            raise _ZygoteLostError("it does not answer") from None
        except (codec.ProtocolError, OSError) as error:
            raise _ZygoteLostError(str(error)) from None
        if type(reply) is not dict:
            raise _ZygoteLostError("it answers nonsense")
        return reply

    def _fork(self) -> Session:
        nonce = secrets.token_hex(8)
        home: Path | None = None
        if self.isolation is not Isolation.BUBBLEWRAP:
            home = Path(tempfile.mkdtemp(prefix="dlexam-session-"))
            for name in ("work", "home", "tmp"):
                (home / name).mkdir()
                if self.isolation is Isolation.LANDLOCK:
                    give(home / name)
            if self.isolation is Isolation.LANDLOCK:
                give(home)
        request = {
            "do": "fork",
            "nonce": nonce,
            "limits": self.limits.walls(self.isolation),
            "scratch": str(home or "/scratch"),
        }
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                reply = self._ask(request, FORK_SECONDS, theirs.fileno())
            pid = reply.get("pid")
            if type(pid) is not int:
                raise _ZygoteLostError(str(reply.get("broken")))
            self._sessions[pid] = pid
            _, hello = codec.receive(ours, time.monotonic() + FORK_SECONDS, nonce)
            if hello != {"ready": True}:
                raise _ZygoteLostError(str(hello.get("broken")))
        except (_ZygoteLostError, codec.ProtocolError, codec.DeadlineError) as error:
            ours.close()
            if home is not None:
                shutil.rmtree(home, ignore_errors=True)
            raise _ZygoteLostError(str(error) or "a child did not answer") from None
        return Session(self, ours, pid, self._generation, home)
