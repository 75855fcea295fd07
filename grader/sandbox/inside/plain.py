"""What may cross the channel: its limits, the handle for what may not, and the errors of both directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DeadlineError", "ProtocolError", "RemoteObject", "UnsendableError"]

HEADER_BYTES: Final = 256 * 1024
BUFFER_BYTES: Final = 256 * 1024 * 1024
BUFFERS: Final = 256
DIMENSIONS: Final = 8
SIZE: Final = 2**31
DEPTH: Final = 16
NODES: Final = 200_000
INLINE_TEXT: Final = 4 * 1024
LONG_TEXT: Final = 4 * 1024 * 1024
INT_DIGITS: Final = 40
FLAT_LIST: Final = 32
ARRAY_TYPES: Final = frozenset(["<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "|b1"])
LIST_TYPES: Final = {"<f8": float, "<i8": int, "|b1": bool}


class ProtocolError(Exception):
    """The far side sent something that is not a frame, or went away."""


class DeadlineError(Exception):
    """The far side did not send, or did not read, a whole frame in time."""


class UnsendableError(Exception):
    """The value is too large, too deep or not plain; the text says which."""


@dataclass(frozen=True, slots=True)
class RemoteObject:
    """
    An object of the student that stays in the student's process.

    All but *number* is what the student's side says of it.

    Args:
        number: the object's handle within its session.
        type_name: the name of its class.
        is_model: whether it calls itself a Keras model.
        text: a short description, such as ``BinaryCrossentropy(from_logits=True)``.
    """

    number: int
    type_name: str
    is_model: bool
    text: str
