"""What was asked of a student's process for one slot, and what it answered; asked again without the process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from grader.sandbox import Asking, CellResult, ChildDied, ChildLost, ChildTimedOut, ProtocolBroken, StudentError
from grader.sandbox.claims import MalformedError, cell, opened
from grader.sandbox.errors import NameMissing, NotPlain, StudentRaised
from grader.sandbox.inside import codec

__all__ = ["MOST_BYTES", "Differs", "Exchange", "Recorder", "Replayed", "Run", "Tape", "Transcript"]

T = TypeVar("T")

MOST_BYTES = 4 * 2**20
"""All answers of one slot together; a slot whose answers are larger is run again instead."""

_MOST_EXCHANGES = 2_000
_LOST: dict[str, type[ChildLost]] = {kind.__name__: kind for kind in (ChildDied, ChildTimedOut, ProtocolBroken)}


class Differs(Exception):
    """A hidden test asks something that the transcript has no answer to: the slot must run."""


@dataclass(frozen=True)
class Exchange:
    """
    One request and its answer.

    Args:
        request: SHA-256 of the request; hidden inputs are not stored a second time.
        about: the verb and the name it is about, for a reader.
        reply: a frame of the channel, holding the answer or what went wrong on the student's side.
    """

    request: str
    about: str
    reply: bytes


@dataclass(frozen=True)
class Transcript:
    """
    All exchanges of one slot, the run of its cell first.

    Args:
        key: of the process that answered: the cells it had run, its walls, limits and versions.
    """

    key: str
    exchanges: tuple[Exchange, ...]


class Run(Protocol):
    """A notebook so far, in a process or in a transcript."""

    def run(self, source: str, *, seed: int) -> CellResult:
        """Run one cell."""
        ...

    def session(self) -> Asking:
        """What answers requests after the cells so far."""
        ...


class Tape:
    """
    Collects the exchanges of one slot.

    A fault that is not the student's leaves no transcript: a later run must not repeat it as a mark.
    """

    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        self._room = MOST_BYTES
        self._spoiled = False

    def take(self, verb: str, content: dict[str, Any], ask: Callable[[], T], told: Callable[[T], Any]) -> T:
        """What *ask* returns or raises, noted as the answer to that request; *told* makes it plain."""
        try:
            value = ask()
        except StudentError as error:
            self._note(verb, content, _fault(error))
            raise
        except BaseException:
            self.spoil()
            raise
        self._note(verb, content, {"value": told(value)})
        return value

    def spoil(self) -> None:
        """Leave no transcript."""
        self._spoiled = True
        self._exchanges.clear()

    def _note(self, verb: str, content: dict[str, Any], reply: Any) -> None:
        if self._spoiled:
            return
        try:
            exchange = Exchange(_digest(verb, content), _about(verb, content), b"".join(codec.pack("", reply)))
        except codec.UnsendableError:
            self.spoil()
            return
        self._room -= len(exchange.reply)
        if self._room < 0 or len(self._exchanges) == _MOST_EXCHANGES:
            self.spoil()
            return
        self._exchanges.append(exchange)

    def transcript(self, key: str) -> Transcript | None:
        """What was collected; None if that is not the whole."""
        return None if self._spoiled else Transcript(key, tuple(self._exchanges))


class Recorder(Asking):
    """Passes requests on to *inner* and notes them on *tape*."""

    def __init__(self, inner: Asking, tape: Tape) -> None:
        self._inner = inner
        self._tape = tape

    def _ask(self, verb: str, seconds: float, **content: Any) -> Any:
        return self._tape.take(verb, content, lambda: self._inner._ask(verb, seconds, **content), lambda value: value)

    def _checked(self, read: Callable[[Any], T], claim: Any) -> T:
        return self._inner._checked(read, claim)


class Replayed(Asking):
    """
    Answers from a transcript, as the process did; also runs its slot's cell.

    `differs` becomes True with the first request that has no answer; from then on there are none, and no mark
    made with it counts.
    """

    def __init__(self, transcript: Transcript) -> None:
        self.differs = False
        self._left = list(reversed(transcript.exchanges))
        self._lost: ChildLost | None = None

    def run(self, source: str, *, seed: int) -> CellResult:
        """How the cell ended."""
        fields = self._checked(cell, self._ask("run", 0.0, source=source, seed=seed))
        return CellResult(**fields)

    def session(self) -> Replayed:
        """This; there are no other cells."""
        return self

    def _ask(self, verb: str, seconds: float, **content: Any) -> Any:  # noqa: ARG002
        if self._lost is not None:
            # as of a process that is gone, whatever is asked
            raise type(self._lost)(str(self._lost))
        if self.differs or not self._left or self._left[-1].request != _digest(verb, content):
            self.differs = True
            raise Differs(f"asks {_about(verb, content)}, which was not asked before")
        reply = codec.unpack(self._left.pop().reply)
        if type(reply) is dict and reply.keys() == {"lost"}:
            kind, text = reply["lost"]
            raise self._lose(_LOST[kind](text))
        return self._checked(opened, reply)

    def _checked(self, read: Callable[[Any], T], claim: Any) -> T:
        try:
            return read(claim)
        except MalformedError as error:
            raise self._lose(ProtocolBroken(str(error))) from None

    def _lose(self, lost: ChildLost) -> ChildLost:
        self._lost = lost
        return lost


def _digest(verb: str, content: dict[str, Any]) -> str:
    digest = hashlib.sha256()
    for piece in codec.pack("", {"do": verb, **content}):
        digest.update(piece)
    return digest.hexdigest()


def _fault(error: StudentError) -> dict[str, Any]:
    match error:
        case NameMissing(name=name):
            return {"missing": name}
        case NotPlain(what=what):
            return {"not_plain": what}
        case StudentRaised(type_name=name, message=message):
            return {"raised": [name, message]}
    kind = type(error).__name__
    if _LOST.get(kind) is not type(error):
        raise TypeError(f"no transcript can say {kind}")
    return {"lost": [kind, str(error)]}


def _about(verb: str, content: dict[str, Any]) -> str:
    name = content.get("name", content.get("target", ""))
    return f"{verb} {name}"[:100] if isinstance(name, str) else verb
