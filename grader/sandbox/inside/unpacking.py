"""Reading: from what the far side sent to plain values, believing nothing."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

import numpy as np

from .plain import (
    ARRAY_TYPES,
    BUFFER_BYTES,
    BUFFERS,
    DEPTH,
    DIMENSIONS,
    INLINE_TEXT,
    INT_DIGITS,
    LIST_TYPES,
    LONG_TEXT,
    NODES,
    SIZE,
    ProtocolError,
    RemoteObject,
)

__all__ = ["Unpacker", "parse", "plan"]


def _constant(name: str) -> NoReturn:
    raise ProtocolError(f"{name} in the header")


def _integer(digits: str) -> int:
    if len(digits) > INT_DIGITS + 1:
        raise ProtocolError("a very long integer")
    return int(digits)


def _finite(literal: str) -> float:
    value = float(literal)
    if not math.isfinite(value):
        raise ProtocolError("a float that overflows")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ProtocolError("a key twice in one object")
    return made


def parse(raw: bytes) -> dict[str, Any]:
    """
    Return the header of a frame: its nonce, the description of its buffers, its tree.

    Raises:
        ProtocolError: it is not strict JSON, or has other keys.
    """
    try:
        header = json.loads(
            raw.decode("utf-8"),
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_finite,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"the header is not JSON: {type(error).__name__}") from None
    if type(header) is not dict or header.keys() != {"id", "buffers", "body"}:
        raise ProtocolError("the header has other keys")
    if type(header["id"]) is not str or len(header["id"]) > 64:
        raise ProtocolError("the frame has no nonce")
    return header


def plan(described: Any) -> list[tuple[np.dtype[Any], tuple[int, ...]]]:
    """
    Return type and shape of each buffer to come; all of them together are within the limits.

    Raises:
        ProtocolError: a description is not one, or too much would come.
    """
    if type(described) is not list or len(described) > BUFFERS:
        raise ProtocolError("too many buffers")
    planned = []
    total = 0
    for item in described:
        if type(item) is not list or len(item) != 2:
            raise ProtocolError("a buffer is badly described")
        name, shape = item
        if type(name) is not str or name not in ARRAY_TYPES:
            raise ProtocolError("a buffer has a foreign type")
        if type(shape) is not list or len(shape) > DIMENSIONS:
            raise ProtocolError("a buffer has a bad shape")
        dtype = np.dtype(name)
        # A zero hides the other sizes from the product, and numpy refuses shapes whose other sizes overflow.
        padded = dtype.itemsize
        for size in shape:
            if type(size) is not int or not 0 <= size <= SIZE:
                raise ProtocolError("a buffer has a bad size")
            padded *= max(size, 1)
            if padded > BUFFER_BYTES:
                raise ProtocolError("a buffer is too large")
        total += dtype.itemsize * math.prod(shape)
        if total > BUFFER_BYTES:
            raise ProtocolError("the buffers are too large")
        planned.append((dtype, tuple(shape)))
    return planned


class Unpacker:
    """
    Rebuilds values from a tree and the buffers that it refers to, each of them once.

    Raises:
        ProtocolError: the tree says something that `Packer` never says.
    """

    def __init__(self, buffers: list[np.ndarray[Any, Any]]) -> None:
        self.buffers: list[np.ndarray[Any, Any] | None] = list(buffers)
        self.nodes = 0

    def _count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > NODES:
            raise ProtocolError("too many values")

    def _take(self, index: Any) -> np.ndarray[Any, Any]:
        if type(index) is not int or not 0 <= index < len(self.buffers):
            raise ProtocolError("no such buffer")
        buffer = self.buffers[index]
        if buffer is None:
            raise ProtocolError("a buffer is used twice")
        self.buffers[index] = None
        return buffer

    def tree(self, value: Any, depth: int = 0) -> Any:
        """Return the value, in exact built-in types and base arrays."""
        if depth > DEPTH:
            raise ProtocolError("nested too deep")
        self._count(1)
        if type(value) is str:
            return self._text(value)
        if type(value) is list:
            return [self.tree(item, depth + 1) for item in value]
        if type(value) is dict:
            if any(key.startswith("$") for key in value):
                if len(value) != 1:
                    raise ProtocolError("a mark beside other keys")
                [(mark, content)] = value.items()
                return self._marked(mark, content, depth)
            return {self._text(key): self.tree(item, depth + 1) for key, item in value.items()}
        return value

    def _text(self, value: Any) -> str:
        if type(value) is not str or len(value) > INLINE_TEXT:
            raise ProtocolError("a bad text")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise ProtocolError("a text with half a character") from None
        return value

    def _marked(self, mark: str, content: Any, depth: int) -> Any:
        if mark == "$a":
            return self._take(content)
        if mark == "$f" and content in ("nan", "inf", "-inf"):
            return float(content)
        if mark == "$s":
            return self._long_text(self._take(content))
        if mark == "$l":
            return self._flat_list(self._take(content))
        if mark == "$d":
            return self._pairs(content, depth)
        if mark == "$r":
            return self._remote(content)
        raise ProtocolError("an unknown mark")

    def _long_text(self, buffer: np.ndarray[Any, Any]) -> str:
        if buffer.dtype != np.uint8 or buffer.ndim != 1 or buffer.size > LONG_TEXT:
            raise ProtocolError("a bad long text")
        try:
            return buffer.tobytes().decode("utf-8")
        except UnicodeDecodeError:
            raise ProtocolError("a long text that is not UTF-8") from None

    def _flat_list(self, buffer: np.ndarray[Any, Any]) -> list[Any]:
        if buffer.dtype.str not in LIST_TYPES or buffer.ndim != 1:
            raise ProtocolError("a bad list of numbers")
        self._count(buffer.size)
        made: list[Any] = buffer.tolist()
        return made

    def _pairs(self, content: Any, depth: int) -> dict[str | int, Any]:
        if type(content) is not list:
            raise ProtocolError("bad pairs")
        made: dict[str | int, Any] = {}
        for pair in content:
            if type(pair) is not list or len(pair) != 2:
                raise ProtocolError("bad pairs")
            key = pair[0] if type(pair[0]) is int else self._text(pair[0])
            if key in made:
                raise ProtocolError("a key twice in one dictionary")
            made[key] = self.tree(pair[1], depth + 1)
        return made

    def _remote(self, content: Any) -> RemoteObject:
        if type(content) is not list or len(content) != 4:
            raise ProtocolError("a bad handle")
        number, type_name, is_model, text = content
        if type(number) is not int or type(is_model) is not bool:
            raise ProtocolError("a bad handle")
        return RemoteObject(number, self._shown(type_name), is_model, self._shown(text))

    def _shown(self, value: Any) -> str:
        # People will see it: no control, no change of direction.
        return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in self._text(value))
