"""Writing: from plain values to a tree for JSON, and raw buffers beside it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .plain import (
    ARRAY_TYPES,
    BUFFERS,
    DEPTH,
    DIMENSIONS,
    FLAT_LIST,
    INLINE_TEXT,
    INT_DIGITS,
    LIST_TYPES,
    LONG_TEXT,
    NODES,
    RemoteObject,
    UnsendableError,
)

__all__ = ["Packer"]


class Packer:
    """
    Makes the tree of one frame, collecting the buffers that it refers to.

    Raises:
        UnsendableError: the value holds something that may not cross, or too much.
    """

    def __init__(self) -> None:
        self.described: list[list[Any]] = []
        self.buffers: list[np.ndarray[Any, Any]] = []
        self.nodes = 0

    def _buffer(self, array: np.ndarray[Any, Any]) -> int:
        shape = array.shape
        # Not ascontiguousarray alone: it makes a scalar array one-dimensional.
        array = np.ascontiguousarray(array).reshape(shape)
        if array.dtype.byteorder == ">":
            array = array.astype(array.dtype.newbyteorder("<"))
        if array.dtype.str not in ARRAY_TYPES:
            raise UnsendableError(f"an array of {array.dtype}")
        if array.ndim > DIMENSIONS:
            raise UnsendableError(f"an array with {array.ndim} dimensions")
        if len(self.buffers) >= BUFFERS:
            raise UnsendableError(f"more than {BUFFERS} arrays and long texts")
        self.described.append([array.dtype.str, list(shape)])
        self.buffers.append(array)
        return len(self.buffers) - 1

    def _count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > NODES:
            raise UnsendableError(f"more than {NODES} values")

    def tree(self, value: Any, depth: int = 0) -> Any:
        """Return *value* as JSON can say it."""
        if depth > DEPTH:
            raise UnsendableError(f"a value nested deeper than {DEPTH} levels")
        self._count(1)
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            # By its size first: printing a huge int is slow, and refused above 4,300 digits.
            if value.bit_length() > 4 * INT_DIGITS or len(str(abs(value))) > INT_DIGITS:
                raise UnsendableError(f"an integer of more than {INT_DIGITS} digits")
            return value
        if kind is float:
            return value if math.isfinite(value) else {"$f": repr(value)}
        if kind is str:
            return self._text(value)
        if kind is np.ndarray:
            return {"$a": self._buffer(value)}
        if kind is RemoteObject:
            return {"$r": [value.number, value.type_name, value.is_model, value.text]}
        if kind is list or kind is tuple:
            return self._sequence(value, depth)
        if kind is dict:
            return self._mapping(value, depth)
        raise UnsendableError(f"an object of type {kind.__name__}")

    def _text(self, value: str) -> Any:
        raw = value.encode("utf-8", "replace")
        if len(raw) > LONG_TEXT:
            raise UnsendableError("a text of more than 4 MiB")
        if len(raw) > INLINE_TEXT:
            return {"$s": self._buffer(np.frombuffer(raw, np.uint8))}
        return raw.decode("utf-8")

    def _sequence(self, value: list[Any] | tuple[Any, ...], depth: int) -> Any:
        if len(value) >= FLAT_LIST:
            for dtype, kind in LIST_TYPES.items():
                if all(type(item) is kind for item in value):
                    if kind is int and not all(-(2**63) <= item < 2**63 for item in value):
                        break
                    self._count(len(value))
                    return {"$l": self._buffer(np.array(value, dtype))}
        return [self.tree(item, depth + 1) for item in value]

    def _mapping(self, value: dict[Any, Any], depth: int) -> Any:
        if all(type(key) is str and not key.startswith("$") for key in value):
            return {self._key(key): self.tree(item, depth + 1) for key, item in value.items()}
        pairs = []
        for key, item in value.items():
            if type(key) is not str and type(key) is not int:
                raise UnsendableError(f"a dictionary with a key of type {type(key).__name__}")
            pairs.append([self._key(key), self.tree(item, depth + 1)])
        return {"$d": pairs}

    def _key(self, key: str | int) -> str | int:
        if type(key) is str:
            if len(key) > INLINE_TEXT // 4:
                raise UnsendableError("a dictionary with a very long key")
            return key.encode("utf-8", "replace").decode("utf-8")
        return int(self.tree(key))
