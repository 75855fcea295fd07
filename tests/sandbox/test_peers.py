"""A session with a hostile peer in the child's place: always one of the named errors, and always in time."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.sandbox import (
    ChildDied,
    ChildLost,
    ChildTimedOut,
    NameMissing,
    NotPlain,
    ProtocolBroken,
    RemoteObject,
    SandboxBroken,
    Session,
    StudentRaised,
)
from grader.sandbox.inside import codec
from grader.sandbox.session import Ending

MODEL = RemoteObject(0, "Sequential", True, "")
Peer = Callable[[socket.socket, str], None]


class StubZygote:
    """Stands where the zygote stands, and counts what it is asked to kill."""

    def __init__(self, *, lost: bool = False) -> None:
        self.killed = 0
        self.lost = lost

    def kill(self, _: Session) -> None:
        self.killed += 1

    def ending(self, _: Session) -> Ending:
        return Ending.WITH_ZYGOTE if self.lost else Ending.BY_ITSELF


class Table:
    """A session and the peer that sits at its other end."""

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()
        self.zygote = StubZygote()
        self.session = Session(self.zygote, self.ours, 1, 0, None)  # type: ignore[arg-type]
        self.thread: threading.Thread | None = None

    def seat(self, peer: Peer) -> Session:
        def answer() -> None:
            nonce, _ = codec.receive(self.theirs, None)
            try:
                peer(self.theirs, nonce)
            except OSError:
                return

        self.thread = threading.Thread(target=answer)
        self.thread.start()
        return self.session

    def clear(self) -> None:
        self.session.close()
        if self.thread is not None:
            self.thread.join()
        self.theirs.close()


@pytest.fixture
def table() -> Iterator[Table]:
    made = Table()
    yield made
    made.clear()


def replying(reply: Any) -> Peer:
    return lambda sock, nonce: codec.send(sock, nonce, reply, None)


def silent(sock: socket.socket, nonce: str) -> None:
    del nonce
    sock.recv(1)


def gone(sock: socket.socket, nonce: str) -> None:
    del nonce
    sock.shutdown(socket.SHUT_RDWR)


def flooding(sock: socket.socket, nonce: str) -> None:
    del nonce
    while True:
        sock.sendall(os.urandom(1 << 16))


def stale(sock: socket.socket, nonce: str) -> None:
    del nonce
    codec.send(sock, "0" * 16, {"value": 1}, None)


def claiming_gigabytes(sock: socket.socket, nonce: str) -> None:
    sock.sendall(
        b"\x70\0\0\0" + f'{{"id":"{nonce}","buffers":[["|u1",[268435456]]],"body":{{"$a":0}}}}'.ljust(112).encode()
    )
    sock.recv(1)


@pytest.mark.parametrize(
    ("peer", "error"),
    [
        (silent, ChildTimedOut),
        (claiming_gigabytes, ChildTimedOut),
        (gone, ChildDied),
        (flooding, ProtocolBroken),
        (stale, ProtocolBroken),
        (replying(None), ProtocolBroken),
        (replying([]), ProtocolBroken),
        (replying({}), ProtocolBroken),
        (replying({"passed": True}), ProtocolBroken),
        (replying({"value": 1, "raised": ["A", "b"]}), ProtocolBroken),
        (replying({"raised": "A"}), ProtocolBroken),
        (replying({"raised": ["A"]}), ProtocolBroken),
        (replying({"raised": ["A", 1]}), ProtocolBroken),
        (replying({"missing": 1}), ProtocolBroken),
        (replying({"not_plain": None}), ProtocolBroken),
    ],
    ids=str,
)
def test_hostile_peers(table: Table, peer: Peer, error: type[ChildLost]) -> None:
    """A peer that breaks the rules costs the session in time, and all that follows is refused alike."""
    session = table.seat(peer)
    started = time.monotonic()
    with pytest.raises(error):
        session.get("x", seconds=0.3)
    assert time.monotonic() - started < 1.5
    assert not session.alive
    assert table.zygote.killed == 1
    with pytest.raises(error):
        session.run("1", seconds=0.3, seed=0)


@pytest.mark.parametrize(
    ("reply", "error", "text"),
    [
        ({"missing": "f"}, NameMissing, "f is not defined"),
        ({"not_plain": "a value nested deeper"}, NotPlain, "cannot be handed over: a value nested deeper"),
        ({"raised": ["ValueError", "no"]}, StudentRaised, "ValueError: no"),
        ({"raised": ["\x1b[31mE", "a\rb\u202e"]}, StudentRaised, "E: ab"),
        ({"raised": ["E" * 500, ""]}, StudentRaised, "E" * 100),
    ],
)
def test_troubles_of_the_student(table: Table, reply: Any, error: type[Exception], text: str) -> None:
    """A trouble that the child reports is named, cleaned and cut, and the session goes on."""
    session = table.seat(replying(reply))
    with pytest.raises(error) as caught:
        session.call("f", [1], seconds=1, seed=0)
    assert str(caught.value) == text
    assert session.alive


def test_a_lost_zygote_is_our_fault(table: Table) -> None:
    """A child that ends because its zygote did costs the student nothing."""
    table.zygote.lost = True
    session = table.seat(gone)
    with pytest.raises(SandboxBroken):
        session.get("x", seconds=1)
    with pytest.raises(SandboxBroken):
        session.get("x", seconds=1)


def test_a_request_that_cannot_be_sent_is_our_fault(table: Table) -> None:
    """An argument of ours that is not plain raises our error, and the session goes on."""
    with pytest.raises(SandboxBroken, match="type set"):
        table.session.call("f", [{1}], seconds=1, seed=0)
    assert table.session.alive


def test_a_cell_too_long_is_not_sent(table: Table) -> None:
    """A cell of more than 4 MiB fails like a cell, without being run."""
    result = table.session.run("#" * (5 * 2**20), seconds=1, seed=0)
    assert (result.ok, result.error_type) == (False, "SourceTooLong")


CELL = {"ok": False, "error_type": "E", "message": "m", "traceback": "t"}
LAYER = {
    "class": "Dense",
    "name": "d",
    "config": {},
    "weights": [],
    "input_shape": None,
    "output_shape": None,
}
EXPORT: dict[str, Any] = {
    "layers": [LAYER],
    "sequential": True,
    "built": True,
    "input_shape": [None, 4],
    "compiled": {"loss": None, "optimizer": None, "learning_rate": None, "metrics": []},
    "history": {"loss": [1.0, 0.5]},
}


@pytest.mark.parametrize(
    "claim",
    [
        None,
        CELL | {"ok": 1},
        CELL | {"message": 3},
        CELL | {"score": 100},
        {key: CELL[key] for key in ("ok", "message")},
    ],
    ids=str,
)
def test_malformed_cell_results(table: Table, claim: Any) -> None:
    """A cell result of another form costs the session."""
    with pytest.raises(ProtocolBroken):
        table.seat(replying({"value": claim})).run("1", seconds=1, seed=0)
    assert not table.session.alive


@pytest.mark.parametrize(
    "claim",
    [
        [],
        EXPORT | {"layers": {}},
        EXPORT | {"layers": [LAYER | {"weights": [1.0]}]},
        EXPORT | {"layers": [LAYER | {"class": 1}]},
        EXPORT | {"layers": [LAYER | {"config": []}]},
        EXPORT | {"sequential": "yes"},
        EXPORT | {"input_shape": [True]},
        EXPORT | {"history": {"loss": [1]}},
        EXPORT | {"history": {"loss": np.zeros(2)}},
        EXPORT | {"compiled": None},
        EXPORT | {"compiled": EXPORT["compiled"] | {"learning_rate": "fast"}},
        EXPORT | {"count_params": 42},
    ],
    ids=lambda claim: str(claim)[:40],
)
def test_malformed_models(table: Table, claim: Any) -> None:
    """An exported model of another form costs the session."""
    with pytest.raises(ProtocolBroken):
        table.seat(replying({"value": claim})).export_model(MODEL, seconds=1)


def test_a_well_formed_model(table: Table) -> None:
    """A well-formed claim comes back as it is."""
    assert table.seat(replying({"value": EXPORT})).export_model(MODEL, seconds=1) == EXPORT


def test_a_prediction_that_is_no_array(table: Table) -> None:
    """A prediction that is not an array is the student's trouble."""
    with pytest.raises(NotPlain):
        table.seat(replying({"value": [1.0]})).predict(MODEL, np.zeros(1), seconds=1)
