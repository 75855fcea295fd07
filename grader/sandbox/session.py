"""The host's side of one session: requests with absolute deadlines to a child that is believed in nothing."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import numpy as np

from . import claims
from .errors import (
    ChildDied,
    ChildLost,
    ChildTimedOut,
    NameMissing,
    NotPlain,
    ProtocolBroken,
    SandboxBroken,
    StudentError,
    StudentRaised,
)
from .inside import codec
from .inside.plain import LONG_TEXT, RemoteObject

if TYPE_CHECKING:
    from .zygote import Zygote

__all__ = ["CellResult", "Session", "Value"]

_Array: TypeAlias = np.ndarray[Any, Any]
Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str | int, Value] | _Array | RemoteObject | None"

PREPARE_SECONDS = 20.0
SAFE_NAME = re.compile(r"[^/\x00-\x1f]+")


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


class Session:
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
        reply = self._ask("run", seconds, source=source, seed=seed)
        with self._believing():
            return CellResult(**claims.cell(reply))

    def get(self, name: str, *, of: RemoteObject | None = None, seconds: float) -> Value:
        """
        Return what *name* stands for after the cells so far, or the attribute *name* of an object.

        Raises:
            NameMissing: it is not defined, or is ``...``.
            NotPlain: it is too large or too deep.
            ChildLost: the session is over.
        """
        value: Value = self._ask("get", seconds, name=name, of=of)
        return value

    def call(
        self,
        target: str | RemoteObject,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        method: str | None = None,
        seconds: float,
        seed: int,
    ) -> Value:
        """
        Call what *target* names (never a built-in), or its *method*, and return the result.

        Args:
            target: a name that cells defined, or an object that stayed in the child.
            args: plain values, arrays and objects of this session.
            kwargs: the same, by name.
            method: the name of an attribute to call instead.
            seconds: the limit.
            seed: seeds Python, NumPy and Keras right before the call.

        Raises:
            StudentRaised: the call raised.
            NameMissing: there is no such name or method.
            NotPlain: the result is too large or too deep.
            ChildLost: the session is over.
        """
        value: Value = self._ask(
            "call",
            seconds,
            target=target,
            args=list(args),
            kwargs=dict(kwargs or {}),
            method=method,
            seed=seed,
        )
        return value

    def export_model(self, model: RemoteObject, *, seconds: float) -> dict[str, Any]:
        """
        Return what a Keras model says of itself: well-formed, but claims all the same.

        ``layers`` is a list of ``class``, ``name``, ``config`` (its plain part), ``weights`` (arrays),
        ``input_shape`` and ``output_shape``, nested Sequential models taken apart; ``sequential`` says
        whether each layer takes the output of the one before and nothing else; then ``built``,
        ``input_shape``, ``compiled`` (``loss``, ``optimizer``, ``learning_rate``, ``metrics``) and
        ``history``, None before any fit.

        Raises:
            NotPlain: it is not a Keras model, or too large.
            StudentRaised: it would not say.
            ChildLost: the session is over.
        """
        reply = self._ask("export", seconds, model=model)
        with self._believing():
            return claims.model(reply)

    def predict(self, model: RemoteObject, x: np.ndarray[Any, Any], *, seconds: float) -> np.ndarray[Any, Any]:
        """
        Return ``model.predict(x)`` as computed by the child.

        Raises:
            NotPlain: the result is not an array.
            StudentRaised: it raised.
            ChildLost: the session is over.
        """
        value = self._ask("predict", seconds, model=model, x=x)
        if not isinstance(value, np.ndarray):
            raise NotPlain("a prediction that is not an array")
        return value

    def _believing(self) -> _Believing:
        return _Believing(self)

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
        return self._opened(reply)

    def _opened(self, reply: Any) -> Any:
        if type(reply) is not dict or len(reply) != 1:
            raise self._lose(ProtocolBroken("an answer of another form"))
        [(outcome, content)] = reply.items()
        if outcome == "value":
            return content
        if outcome == "missing" and type(content) is str:
            raise NameMissing(content)
        if outcome == "not_plain" and type(content) is str:
            raise NotPlain(content)
        if outcome == "raised" and type(content) is list and [type(part) for part in content] == [str, str]:
            raise StudentRaised(*content)
        raise self._lose(ProtocolBroken("an answer of another form"))

    def _lose(self, lost: ChildLost) -> ChildLost | SandboxBroken:
        """Kill the child and remember why; blame our own side if the zygote went first."""
        found: ChildLost | SandboxBroken = lost
        if isinstance(lost, ChildDied) and self._zygote.is_ours(self):
            found = SandboxBroken("the sandbox was lost while a session ran")
        self._lost = found
        self.close()
        return found


class _Believing:
    """Turns a malformed claim into the loss of the session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, claims.MalformedError):
            raise self._session._lose(ProtocolBroken(str(error))) from None


def _remove(home: Path) -> None:
    """Remove a scratch folder in which a student may have taken away permissions."""
    for folder, names, _ in os.walk(home):
        for path in (Path(folder, name) for name in names):
            if not path.is_symlink():
                path.chmod(0o700)
    shutil.rmtree(home, ignore_errors=True)
