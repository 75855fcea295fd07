"""What canaries are after: files, sockets and processes laid out with a session's own rights, and watched from here."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from . import bubblewrap
from .inside.walls import NOBODY
from .tiers import MIB, Isolation, Limits
from .zygote import Zygote

__all__ = ["Outside", "named", "outside_of"]


class Outside:
    """
    What lies within reach of a process without walls: files, sockets, and processes of the same user.

    Args:
        nest: an empty folder.
        limits: of the sessions.
        user: the number of the sessions' user.
        stack: closes it all.
    """

    def __init__(self, nest: Path, limits: Limits, user: int, stack: ExitStack) -> None:
        token = secrets.token_hex(8)
        self.nest, self.written, self.daemon = nest, f"canary-{token}", f"dlx-{token[:10]}"
        self.hidden = [nest / "hidden_test.py"]
        self.kept, name = nest / "kept", "answers.ipynb"
        for file in (*self.hidden, self.kept, nest / name):
            file.write_text(token, encoding="utf-8")
            file.chmod(0o644)
        nest.chmod(0o777)
        for path in (nest, *nest.iterdir()):
            os.chown(path, user, -1)
        self.tcp = _listening(stack, socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        self.udp = _listening(stack, socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self.stream = _listening(stack, socket.AF_UNIX, socket.SOCK_STREAM, str(nest / "stream"))
        self.box = _listening(stack, socket.AF_UNIX, socket.SOCK_DGRAM, str(nest / "box"))
        self.victim = stack.enter_context(_victim(token, user))
        self.other = stack.enter_context(_victim(token, user))
        self.limits = _open_files(self.other.pid)
        self.folders = [str(nest), tempfile.gettempdir(), "/var/tmp", "/dev/shm", sys.prefix]
        stack.callback(self._tidy)
        packages = bubblewrap.own_code()
        self.given: dict[str, Any] = {
            "secret": token,
            "name": name,
            "submissions": [str(nest / name)],
            "packages": [path.name for path in packages if (path / "__init__.py").is_file()],
            "ours": sorted({str(path.parent) for path in packages}),
            "tcp": self.tcp.getsockname()[1],
            "udp": self.udp.getsockname()[1],
            "stream": self.stream.getsockname(),
            "box": self.box.getsockname(),
            "outside": self.folders,
            "written": self.written,
            "kept": str(self.kept),
            "victim": self.victim.pid,
            "other": self.other.pid,
            "pids": [self.victim.pid, os.getpid()],
            "daemon": self.daemon,
            "memory": limits.memory_mb * MIB,
            "files": limits.files_mb * MIB,
            "processes": limits.processes,
            "open_files": limits.open_files,
        }

    def traces(self) -> dict[str, str]:
        """What got through, as seen from here."""
        found = {}
        for name, sock in (("connect_by_tcp", self.tcp), ("connect_by_path", self.stream)):
            if _arrived(lambda sock=sock: sock.accept()[0].close()):
                found[name] = "a connection arrived"
        for name, sock in (("send_by_udp", self.udp), ("connect_by_path", self.box)):
            if _arrived(lambda sock=sock: sock.recv(1)):
                found[name] = "a datagram arrived"
        if written := [folder for folder in self.folders if Path(folder, self.written).exists()]:
            found["write_outside"] = f"a file in {written[0]}"
        if self.kept.stat().st_mode & 0o777 != 0o644:
            found["change_mode_outside"] = "the mode has changed"
        if self.victim.poll() is not None:
            found["end_other_process"] = "it has ended"
        if _open_files(self.other.pid) != self.limits:
            found["limit_other_process"] = "they have changed"
        if named(self.daemon):
            found["outlive"] = "it lives on"
        return found

    def _tidy(self) -> None:
        for folder in self.folders:
            Path(folder, self.written).unlink(missing_ok=True)
        for pid in named(self.daemon):
            os.kill(pid, 9)


@contextmanager
def outside_of(zygote: Zygote) -> Iterator[Outside]:
    """Lay it all out for the sessions of *zygote*, and take it away again."""
    nest = Path(tempfile.mkdtemp(prefix="dlexam-canaries-"))
    # whose rights a session has: not those rights but the walls are what is tried
    user = NOBODY if os.getuid() == 0 and zygote.isolation is not Isolation.PROCESS else os.getuid()
    try:
        with ExitStack() as stack:
            yield Outside(nest, zygote.limits, user, stack)
    finally:
        shutil.rmtree(nest, ignore_errors=True)


@contextmanager
def _victim(token: str, user: int) -> Iterator[subprocess.Popen[bytes]]:
    """A process of *user*, with a secret in its environment and its command line; it ends with us."""
    command = ["/bin/sh", "-c", "read line", token]
    given = None if user == os.getuid() else user
    with subprocess.Popen(command, stdin=subprocess.PIPE, env={"CANARY": token}, cwd="/", user=given) as victim:
        try:
            yield victim
        finally:
            victim.kill()


def _listening(stack: ExitStack, family: int, kind: int, address: Any) -> socket.socket:
    sock = stack.enter_context(socket.socket(family, kind))
    sock.bind(address)
    if kind == socket.SOCK_STREAM:
        sock.listen()
    if family == socket.AF_UNIX:
        Path(address).chmod(0o777)
    sock.setblocking(False)
    return sock


def _arrived(take: Any) -> bool:
    try:
        take()
    except BlockingIOError:
        return False
    return True


def _open_files(pid: int) -> str:
    lines = Path(f"/proc/{pid}/limits").read_text(encoding="ascii").splitlines()
    return next(line for line in lines if line.startswith("Max open files"))


def named(name: str) -> list[int]:
    """The processes that call themselves *name*."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text(encoding="utf-8").strip() == name:
                found.append(int(folder.name))
        except (OSError, UnicodeDecodeError):
            continue
    return found
