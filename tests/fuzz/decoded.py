"""What the channel's decoder may give: plain data within its limits."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from grader.sandbox import NameMissing, NotPlain, RemoteObject, StudentRaised, claims
from grader.sandbox.inside import codec
from grader.sandbox.inside.plain import (
    ARRAY_TYPES,
    BUFFER_BYTES,
    DEPTH,
    DIMENSIONS,
    INT_DIGITS,
    LONG_TEXT,
    NODES,
)

__all__ = ["check_claims", "check_frame", "check_value"]

# but newline and tab, which tracebacks hold
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NAMED = (claims.MalformedError, NameMissing, NotPlain, StudentRaised)


def check_frame(frame: bytes) -> Any:
    """The value in *frame*, which is within every limit, or None where the frame is refused by the one named error."""
    try:
        value = codec.unpack(frame)
    except codec.ProtocolError:
        return None
    assert check_value(value) <= NODES
    return value


def check_value(value: Any, depth: int = 0) -> int:
    """How many values there are in *value*, all of them of exact types and within the limits."""
    kind = type(value)
    if kind is list or kind is dict:
        assert depth <= DEPTH
        inner = value if kind is list else value.values()
        if kind is dict:
            assert all(type(key) in (str, int) for key in value)
        return 1 + sum(check_value(one, depth + 1) for one in inner)
    if kind is np.ndarray:
        assert value.dtype.str in ARRAY_TYPES
        assert value.ndim <= DIMENSIONS
        assert value.nbytes <= BUFFER_BYTES
        assert value.base is None or type(value.base) is np.ndarray
    elif kind is str:
        assert len(value.encode("utf-8")) <= LONG_TEXT
    elif kind is int:
        assert abs(value) < 10 ** (INT_DIGITS + 1)
    elif kind is RemoteObject:
        assert type(value.number) is int
        assert type(value.is_model) is bool
        assert _printable(value.type_name)
        assert _printable(value.text)
    else:
        assert kind in (float, bool, type(None))
    return 1


def check_claims(value: Any) -> None:
    """A reply, a cell's result and a model that *value* claims to be: read, or refused by a named error."""
    for read in (claims.opened, claims.cell, claims.model):
        made, said = None, []
        try:
            made = read(value)
        except _NAMED as named:
            said.append(str(named))
        if made is not None and read is claims.cell:
            said += [text for text in made.values() if type(text) is str]
        if made is not None and read is claims.model:
            said += [layer[key] for layer in made["layers"] for key in ("class", "name")]
        assert not any(_CONTROLS.search(text) for text in said)


def _printable(text: str) -> bool:
    return all(char.isprintable() for char in text)
