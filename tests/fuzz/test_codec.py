"""The channel's decoder: whatever the bytes, a value within the limits or the one named error."""

from __future__ import annotations

import json
import struct
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.sandbox.inside import codec
from grader.sandbox.inside.plain import ARRAY_TYPES, BUFFERS, DEPTH, HEADER_BYTES

from .decoded import check_claims, check_frame

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
words = st.from_regex(r"[A-Za-z가-힣]{0,9}", fullmatch=True)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(10**39), 10**39)
    | st.floats()
    | texts
    | arrays.arrays(st.sampled_from(sorted(ARRAY_TYPES)).map(np.dtype), arrays.array_shapes(min_dims=0, min_side=0))
    | st.lists(st.integers(-9, 9), min_size=32, max_size=34)
    | st.builds(codec.RemoteObject, st.integers(0, 99), words, st.booleans(), words)
)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts | st.integers(-9, 9), inner, max_size=4),
    max_leaves=10,
)
marks = st.sampled_from(["$a", "$s", "$l", "$f", "$d", "$r", "$", "x", ""])
odd = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2**40) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(marks, inner, max_size=2),
    max_leaves=12,
)
described = st.lists(
    st.tuples(st.sampled_from([*sorted(ARRAY_TYPES), "<c8", "O"]), st.lists(st.integers(0, 5), max_size=3)), max_size=3
)
claims_of = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        (
            *("value", "missing", "not_plain", "raised", "ok", "error_type", "message", "traceback"),
            *("layers", "sequential", "built", "input_shape", "compiled", "history"),
        ),
        trees | odd,
    ),
)


def framed(header: bytes, buffers: bytes = b"") -> bytes:
    return struct.pack("<I", len(header)) + header + buffers


def saying(body: Any, described: Any = (), buffers: bytes = b"") -> bytes:
    return framed(json.dumps({"id": "", "buffers": list(described), "body": body}).encode(), buffers)


@settings(max_examples=100)
@given(trees)
def test_round_trip(tree: Any) -> None:
    """What may be sent is within the limits when it arrives, and is sent again as the same bytes."""
    frame = b"".join(codec.pack("", tree))
    arrived = check_frame(frame)
    assert b"".join(codec.pack("", arrived)) == frame


@settings(max_examples=150)
@given(st.data())
def test_mutated_frames(data: st.DataObject) -> None:
    """A frame with bytes changed, cut out, put in or said twice."""
    frame = b"".join(codec.pack("", data.draw(trees)))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(frame)))
        end = min(len(frame), start + data.draw(st.integers(0, 12)))
        middle = data.draw(st.binary(max_size=6) | st.just(frame[start:end] * 2))
        frame = frame[:start] + middle + frame[end:]
    check_frame(frame)


@settings(max_examples=150)
@given(odd, described, st.binary(max_size=64))
def test_odd_trees(body: Any, buffers: list[Any], data: bytes) -> None:
    """A well-formed header that says odd things."""
    check_frame(saying(body, buffers, data))


@settings(max_examples=150)
@given(trees | odd | claims_of | claims_of.map(lambda claim: {"value": claim}))
def test_claims(value: Any) -> None:
    """What a reply claims is read or refused by name, and its texts hold no control characters."""
    check_claims(value)


DEEP = 100_000


@pytest.mark.parametrize(
    "frame",
    [
        framed(b"[" * DEEP),
        framed(b'{"id":' * (DEEP // 6)),
        framed(b'{"id":"","buffers":[],"body":' + b"[" * DEEP + b"]" * DEEP + b"}"),
        framed(b'{"id":"","buffers":[],"body":' + b'{"a":' * 40_000 + b"1" + b"}" * 40_000 + b"}"),
        saying([[]] * 60_000)[: HEADER_BYTES // 2],
        saying({"$d": [[0, {"$d": [[0, 0]]}]] * 2}),
        struct.pack("<I", 2**32 - 1),
        struct.pack("<I", HEADER_BYTES + 1) + b" " * (HEADER_BYTES + 1),
        struct.pack("<I", HEADER_BYTES),
        saying({"$a": 0}, [["|u1", [2**28 + 1]]]),
        saying({"$a": 0}, [["<f8", [2**31] * 8]]),
        saying({"$a": 0}, [["<f8", [0, 2**31, 2**31]]]),
        saying({"$a": 0}, [["|u1", [2**200]]]),
        saying(0, [["|u1", [2**20]]] * BUFFERS + [["|u1", [1]]]),
        saying({"$l": 0}, [["|b1", [10**9]]]),
        framed(b'{"id":"","buffers":[],"body":1e999}'),
        framed(b'{"id":"","buffers":[],"body":' + b"9" * 200_000 + b"}"),
        framed(b'{"id":"","buffers":[],"body":0.' + b"9" * 200_000 + b"e-" + b"9" * 5_000 + b"x}"),
        framed(b'{"id":"","buffers":[],"body":"' + b"\\ud800" * 600 + b'"}'),
        framed(b'{"id":"","id":"","buffers":[],"body":0}'),
    ],
    ids=range(20),
)
def test_bombs_take_no_memory(frame: bytes) -> None:
    """Depth without end, huge lengths and huge shapes are refused before memory is taken for them."""
    tracemalloc.start()
    try:
        assert check_frame(frame) is None
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 16 * 2**20


def test_depth() -> None:
    """The deepest tree that may cross arrives; one level more is refused on either side."""
    tree: Any = 0
    for _ in range(DEPTH):
        tree = [tree]
    assert check_frame(b"".join(codec.pack("", tree))) == tree
    assert check_frame(saying([tree])) is None
    with pytest.raises(codec.UnsendableError, match="deeper"):
        codec.pack("", [tree])
