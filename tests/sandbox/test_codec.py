"""The channel: what is sent arrives, and nothing that a hostile peer sends does harm."""

from __future__ import annotations

import contextlib
import json
import math
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.sandbox.inside import codec, plain

NONCE = "0123456789abcdef"
SECONDS = 0.3

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
scalars = st.none() | st.booleans() | st.integers(-(10**39), 10**39) | st.floats() | texts
handles = st.builds(
    codec.RemoteObject,
    st.integers(0, 10**6),
    st.from_regex(r"[A-Z][a-z]{0,9}", fullmatch=True),
    st.booleans(),
    st.from_regex(r"[A-Z][a-z]{0,9}", fullmatch=True),
)
dtypes = st.sampled_from(sorted(plain.ARRAY_TYPES)).map(np.dtype)
leaves = (
    scalars
    | handles
    | arrays.arrays(dtypes, arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5))
    | st.lists(st.floats(), min_size=32, max_size=40)
    | st.lists(st.integers(-(2**70), 2**70), min_size=32, max_size=40)
    | st.lists(st.booleans(), min_size=32, max_size=40)
)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts | st.integers(-9, 9), inner, max_size=5),
    max_leaves=20,
)


def same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return [*one] == [*other] and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def soon(seconds: float = SECONDS) -> float:
    return time.monotonic() + seconds


def framed(header: Any, buffers: bytes = b"") -> bytes:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<I", len(raw)) + raw + buffers


def saying(body: Any, described: Any = (), nonce: Any = NONCE) -> dict[str, Any]:
    return {"id": nonce, "buffers": list(described), "body": body}


@given(trees)
def test_what_is_sent_arrives(tree: Any) -> None:
    """Every plain tree arrives with exact types, shapes and bytes."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        codec.send(theirs, NONCE, tree, soon(5))
        nonce, arrived = codec.receive(ours, soon(5), NONCE)
    assert nonce == NONCE
    assert same(arrived, tree)


def test_tuples_arrive_as_lists(pair: tuple[socket.socket, socket.socket]) -> None:
    """A tuple crosses as a list; a long text and a big-endian array cross too."""
    ours, theirs = pair
    codec.send(theirs, NONCE, [(1, (2,)), "가" * 5000, np.array([1, 2], ">i4")], soon())
    _, arrived = codec.receive(ours, soon(), NONCE)
    assert arrived[0] == [1, [2]]
    assert arrived[1] == "가" * 5000
    assert arrived[2].dtype.str == "<i4"
    assert arrived[2].tolist() == [1, 2]


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_random_bytes(noise: bytes) -> None:
    """Random bytes end in a protocol error, never in another exception."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(noise)
        with pytest.raises(codec.ProtocolError):
            codec.receive(ours, soon(), NONCE)


json_trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["$a", "$s", "$l", "$f", "$d", "$r", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(json_trees, json_trees, st.binary(max_size=64))
def test_random_headers(body: Any, described: Any, buffers: bytes) -> None:
    """Well-formed JSON with odd contents gives a value or a protocol error, never another exception."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(framed({"id": NONCE, "buffers": described, "body": body}, buffers))
        with contextlib.suppress(codec.ProtocolError):
            codec.receive(ours, soon(), NONCE)


HOSTILE = {
    "huge header": b"\xff\xff\xff\xff",
    "empty header": struct.pack("<I", 0),
    "truncated header": struct.pack("<I", 100) + b"{}",
    "not UTF-8": framed(b"\xff\xfe{}"),
    "not JSON": framed(b"{]"),
    "a list": framed(b"[]"),
    "deep nesting": framed(b"[" * 30_000),
    "deep but allowed by JSON": framed(saying(json.loads("[" * 40 + "]" * 40))),
    "NaN literal": framed(f'{{"id":"{NONCE}","buffers":[],"body":NaN}}'.encode()),
    "overflowing float": framed(f'{{"id":"{NONCE}","buffers":[],"body":1e999}}'.encode()),
    "endless integer": framed(f'{{"id":"{NONCE}","buffers":[],"body":{"9" * 5000}}}'.encode()),
    "a key twice": framed(f'{{"id":"{NONCE}","buffers":[],"body":1,"body":2}}'.encode()),
    "half a character": framed(saying("\ud800")),
    "half a character as a key": framed(saying({"\ud800": 1})),
    "another nonce": framed(saying(1, nonce="f" * 16)),
    "no nonce": framed(saying(1, nonce=None)),
    "a key too many": framed(saying(1) | {"passed": True}),
    "a header of a million values": framed(b"[" + b"0," * 1_000_000 + b"0]"),
    "a pickled type": framed(saying({"$a": 0}, [["|O", [1]]]), b"\0" * 8),
    "8 TiB of floats": framed(saying({"$a": 0}, [["<f8", [2**20, 2**20]]])),
    "hidden behind a zero": framed(saying({"$a": 0}, [["<f8", [0, 2**31, 2**31]]])),
    "a negative size": framed(saying({"$a": 0}, [["<f8", [-1]]])),
    "a truth value as a size": framed(saying({"$a": 0}, [["<f8", [True]]]), b"\0" * 8),
    "nine dimensions": framed(saying({"$a": 0}, [["<f8", [1] * 9]]), b"\0" * 8),
    "many buffers": framed(saying(0, [["|u1", [1]]] * 300), b"\0" * 300),
    "large together": framed(saying(0, [["|u1", [2**28]]] * 2)),
    "a buffer twice": framed(saying([{"$a": 0}, {"$a": 0}], [["|u1", [1]]]), b"\0"),
    "an unused buffer": framed(saying(0, [["|u1", [1]]]), b"\0"),
    "no such buffer": framed(saying({"$a": 0})),
    "a buffer numbered by a truth value": framed(saying({"$a": False}, [["|u1", [1]]]), b"\0"),
    "a mark beside a key": framed(saying({"$a": 0, "x": 1}, [["|u1", [1]]]), b"\0"),
    "an unknown mark": framed(saying({"$x": 0})),
    "a strange float": framed(saying({"$f": "1.0"})),
    "a text in a float buffer": framed(saying({"$s": 0}, [["<f4", [1]]]), b"\0" * 4),
    "a text that is not UTF-8": framed(saying({"$s": 0}, [["|u1", [1]]]), b"\xff"),
    "a list in two dimensions": framed(saying({"$l": 0}, [["<f8", [1, 1]]]), b"\0" * 8),
    "a list of many numbers": framed(saying({"$l": 0}, [["|b1", [300_000]]]), b"\0" * 300_000),
    "a truth value of 2": framed(saying({"$a": 0}, [["|b1", [1]]]), b"\2"),
    "odd pairs": framed(saying({"$d": [[1, 2, 3]]})),
    "a pair twice": framed(saying({"$d": [[1, 2], [1, 3]]})),
    "a list as a key": framed(saying({"$d": [[[], 2]]})),
    "a handle with a text as a number": framed(saying({"$r": ["1", "A", False, ""]})),
    "a short handle": framed(saying({"$r": [1]})),
    "a very long inline text": framed(saying("x" * 5000)),
}


@pytest.mark.parametrize("frame", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_frames(frame: bytes, pair: tuple[socket.socket, socket.socket]) -> None:
    """Each malformed frame is refused as such, at once."""
    ours, theirs = pair

    def write() -> None:
        with contextlib.suppress(OSError):
            theirs.sendall(frame)
            theirs.shutdown(socket.SHUT_WR)

    writer = threading.Thread(target=write)
    writer.start()
    with pytest.raises(codec.ProtocolError):
        codec.receive(ours, soon(5), NONCE)
    ours.close()
    writer.join()


def test_a_handle_shows_no_controls(pair: tuple[socket.socket, socket.socket]) -> None:
    """Escapes and direction marks in a handle's texts are replaced before anybody can print them."""
    ours, theirs = pair
    theirs.sendall(framed(saying({"$r": [1, "A\x1b[2J", False, "x\u202egnp"]})))
    _, handle = codec.receive(ours, soon(), NONCE)
    assert handle == codec.RemoteObject(1, "A\ufffd[2J", False, "x\ufffdgnp")


def test_a_byte_at_a_time(pair: tuple[socket.socket, socket.socket]) -> None:
    """A peer that trickles bytes does not outlive the deadline of the frame."""
    ours, theirs = pair
    stop = threading.Event()

    def trickle() -> None:
        for byte in framed(saying("x" * 200)):
            if stop.wait(0.02):
                return
            theirs.send(bytes([byte]))

    writer = threading.Thread(target=trickle)
    writer.start()
    started = time.monotonic()
    with pytest.raises(codec.DeadlineError):
        codec.receive(ours, soon(), NONCE)
    stop.set()
    writer.join()
    assert time.monotonic() - started < 1.0


def test_a_peer_that_does_not_read(pair: tuple[socket.socket, socket.socket]) -> None:
    """Sending 30 MB to a peer that reads nothing ends at the deadline."""
    ours, _ = pair
    started = time.monotonic()
    with pytest.raises(codec.DeadlineError):
        codec.send(ours, NONCE, np.zeros(30_000_000, np.uint8), soon())
    assert time.monotonic() - started < 1.0


def test_a_peer_that_is_gone(pair: tuple[socket.socket, socket.socket]) -> None:
    """Sending to and reading from a closed peer is a protocol error."""
    ours, theirs = pair
    theirs.close()
    with pytest.raises(codec.ProtocolError, match="gone"):
        codec.send(ours, NONCE, 1, soon())
    with pytest.raises(codec.ProtocolError, match="gone"):
        codec.receive(ours, soon(), NONCE)


def nested(levels: int) -> list[Any]:
    return [nested(levels - 1)] if levels else []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({1, 2}, "type set"),
        (b"x", "type bytes"),
        (1j, "type complex"),
        (np.float64(1), "type float64"),
        (np.array(["x"]), "an array of"),
        (np.array([None]), "an array of object"),
        (10**41, "integer"),
        (1 << 100_000, "integer"),
        (nested(17), "deeper"),
        ({(1,): 2}, "key of type tuple"),
        ({True: 2}, "key of type bool"),
        ([[0.0] * 100] * 300, "arrays"),
        ([None] * 300_000, "values"),
        ("x" * (5 * 2**20), "4 MiB"),
        (["x" * 4000] * 100, "too many"),
    ],
    ids=map(str, range(15)),
)
def test_what_may_not_be_sent(value: Any, problem: str) -> None:
    """What is not plain, too deep or too large is refused before a byte is written."""
    with pytest.raises(codec.UnsendableError, match=problem):
        codec.pack(NONCE, value)
