"""
The process that imports TensorFlow once and forks a child for each session. It runs no student code.

It only imports: once any TensorFlow operation has run, or a layer has been built, a forked child hangs.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any, Final, NoReturn

from . import codec, walls, watch

__all__ = ["THREADS", "main"]

# The main thread, and one that the import of TensorFlow leaves waiting. More means that something ran.
THREADS: Final = 2
SETUP_SECONDS: Final = 10.0
KILL_SECONDS: Final = 1.5
END_SECONDS: Final = 0.5
WATCH_SECONDS: Final = 0.25


def _threads() -> int:
    if sys.platform != "linux":
        return 1
    return len(list(Path("/proc/self/task").iterdir()))


def main(control: int, tier: str, preload: bool = True) -> NoReturn:
    """
    Import, say hello on the socket *control*, then fork and kill as asked until the socket ends.

    Args:
        control: its descriptor.
        tier: as `Isolation` names it; for `landlock` the standard input says what may be read, as a JSON list.
        preload: import TensorFlow.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sock = socket.socket(fileno=control)
    readable: list[str] = []
    if tier == "landlock":
        readable = json.load(sys.stdin)
        if os.getuid() == 0:
            walls.open_up(Path(path).resolve() for path in (sys.base_prefix, sys.prefix, Path(__file__).parent))
    if tier != "process":
        walls.drop_root()
    if sys.platform == "linux":
        walls.set_subreaper()
        walls.set_dumpable(False)
    started = time.monotonic()
    from . import worker

    shell = worker.prepare(preload)
    gc.collect()
    gc.freeze()
    hello = {"seconds": time.monotonic() - started, "threads": _threads()}
    codec.send(sock, "hello", hello, None)
    server = _Server(sock, tier, shell, readable)
    try:
        while True:
            server.answer()
    except codec.ProtocolError:
        server.end()


class _Server:
    def __init__(self, sock: socket.socket, tier: str, shell: Any, readable: list[str]) -> None:
        self.sock = sock
        self.tier = tier
        self.shell = shell
        self.readable = readable
        # the session's number, what all its processes together may use, and where it writes
        self.children: dict[int, tuple[walls.Walls, str]] = {}
        # what a child shares with this process until one of them writes to it
        self.inherited = watch.processes().get(os.getpid(), watch.Process(0, 0)).memory

    def answer(self) -> None:
        while self.children and not select.select([self.sock], [], [], WATCH_SECONDS)[0]:
            self.watch()
        nonce, request = codec.receive(self.sock, None)
        reply: dict[str, Any]
        try:
            if request["do"] == "fork":
                reply = {"pid": self.fork(request)}
            elif request["do"] == "end":
                reply = {"killed": self.end_of(request["pid"])}
            else:
                reply = {"gone": self.kill(request["pid"])}
        except OSError as error:
            reply = {"broken": str(error)}
        codec.send(self.sock, nonce, reply, None)

    def fork(self, request: dict[str, Any]) -> int:
        _, descriptors, _, _ = socket.recv_fds(self.sock, 1, 1)
        [channel] = descriptors
        if _threads() > THREADS:
            os.close(channel)
            raise OSError(f"{_threads()} threads before a fork")
        read_end, write_end = os.pipe()
        pid = os.fork()
        if not pid:
            self.child(channel, write_end, request)
        os.close(channel)
        os.close(write_end)
        try:
            if self.tier != "bubblewrap":
                os.read(read_end, 1)
                session = pid
            else:
                told = os.read(read_end, 16)
                os.waitpid(pid, 0)
                if not told:
                    raise OSError("a child could not build its walls")
                session = int(told)
        finally:
            os.close(read_end)
        self.children[session] = walls.Walls(**request["limits"]), request["scratch"]
        return session

    def watch(self) -> None:
        """Kill the sessions that use more than they may, of what no wall of theirs counts."""
        found = watch.processes()
        for session, family in watch.families(self.children, found).items():
            may, scratch = self.children[session]
            used = sum(max(0, found[number].memory - self.inherited) for number in family)
            over = bool(may.memory) and used > may.memory
            if self.tier == "landlock":
                over |= sum(found[number].threads for number in family) > may.processes
                over |= watch.occupied(scratch, 2 * may.files) > may.files
            if over:
                self.kill(session)

    def child(self, channel: int, write_end: int, request: dict[str, Any]) -> NoReturn:
        try:
            os.dup2(channel, 0)
            os.dup2(write_end, 1)
            # Everything but these two goes, so that the next descriptor is stderr's.
            os.closerange(2, os.sysconf("SC_OPEN_MAX"))
            null = os.open(os.devnull, os.O_RDWR)
            sock, pipe = socket.socket(fileno=os.dup(0)), os.dup(1)
            for number in (0, 1):
                os.dup2(null, number)
            os.set_inheritable(null, True)
            limits = walls.Walls(**request["limits"])
            signal.signal(signal.SIGINT, signal.default_int_handler)
            try:
                self.confine(sock, pipe, limits, request["scratch"])
                from . import worker

                worker.serve(sock, self.shell, request["nonce"], request["scratch"])
            except Exception as error:
                broken = {"broken": f"{type(error).__name__}: {error}"}
                codec.send(sock, request["nonce"], broken, time.monotonic() + SETUP_SECONDS)
        finally:
            os._exit(1)

    def confine(self, sock: socket.socket, pipe: int, limits: walls.Walls, scratch: str) -> None:
        if self.tier == "bubblewrap":
            walls.isolate(limits, sock.fileno(), lambda pid: os.write(pipe, str(pid).encode()))
            os.setsid()
        elif self.tier == "landlock":
            os.setsid()
            walls.fence(limits, self.readable, scratch)
        else:
            os.setsid()
            walls.limit(limits)
            walls.die_with_parent()
            walls.set_dumpable(True)
        os.close(pipe)

    def end_of(self, pid: int) -> bool:
        """Whether a SIGKILL that is not from here ends the session, which has closed its channel."""
        killed = False
        if pid in self.children and sys.platform == "linux":
            deadline = time.monotonic() + END_SECONDS
            ended = None
            # looked at, not reaped: until it is killed nobody else may get its number
            while ended is None and time.monotonic() < deadline:
                ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
                time.sleep(0.001)
            killed = ended is not None and walls.killed(ended.si_code, ended.si_status)
        self.kill(pid)
        return killed

    def kill(self, pid: int) -> bool:
        if pid not in self.children:
            return True
        for send in (os.killpg, os.kill) if self.tier != "bubblewrap" else (os.kill,):
            try:
                send(pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
        gone = self.reaped(pid)
        if gone:
            self.children.pop(pid, None)
            if self.tier != "bubblewrap":
                self.sweep()
        return gone

    def reaped(self, pid: int) -> bool:
        deadline = time.monotonic() + KILL_SECONDS
        while time.monotonic() < deadline:
            try:
                if os.waitpid(pid, os.WNOHANG)[0]:
                    return True
            except ChildProcessError:
                return True
            time.sleep(0.001)
        return False

    def sweep(self) -> None:
        """Kill what a process that left its group had started: orphans become children of this subreaper."""
        deadline = time.monotonic() + KILL_SECONDS
        while time.monotonic() < deadline:
            strays = watch.own_children() - set(self.children)
            if not strays:
                return
            for pid in strays:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
                self.reaped(pid)

    def end(self) -> NoReturn:
        for pid in list(self.children):
            self.kill(pid)
        os._exit(0)
