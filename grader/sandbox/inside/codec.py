"""
The narrow channel: plain data over one stream socket, for both sides.

A frame is a little-endian u32 header length, a strict JSON header and the raw buffers that it announces.
The header is ``{"id": nonce, "buffers": [[dtype, [sizes]], ...], "body": tree}``. In the tree an object with
one key that starts with ``$`` stands for what JSON cannot say:

====== ==================================================================
``$a`` the array in buffer *i*
``$s`` a long text: buffer *i* holds its UTF-8 bytes
``$l`` a flat list of numbers of one type: buffer *i*
``$f`` a float that is not finite: ``"nan"``, ``"inf"``, ``"-inf"``
``$d`` a dictionary as a list of pairs: some key is an int or starts with ``$``
``$r`` an object that stays on the far side: ``[number, type name, is a model, text]``
====== ==================================================================

Every limit is checked before memory is taken, and every buffer is used exactly once. The reader believes
nothing: whatever is not such a frame is a `ProtocolError`.
"""

from __future__ import annotations

import io
import json
import socket
import struct
import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from .packing import Packer
from .plain import (
    BUFFER_BYTES,
    HEADER_BYTES,
    DeadlineError,
    ProtocolError,
    RemoteObject,
    UnsendableError,
)
from .unpacking import Unpacker, parse, plan

__all__ = [
    "DeadlineError",
    "ProtocolError",
    "RemoteObject",
    "UnsendableError",
    "loop",
    "pack",
    "receive",
    "send",
    "unpack",
]

PIECE: Final = 1 << 20


def pack(nonce: str, body: Any) -> list[memoryview]:
    """
    Return the pieces of one frame.

    *body* is a tree of exact None, bool, int, float, str, list, tuple, dict, numpy arrays and `RemoteObject`.

    Raises:
        UnsendableError: the tree holds something else, or too much.
    """
    packer = Packer()
    tree = packer.tree(body)
    if sum(buffer.nbytes for buffer in packer.buffers) > BUFFER_BYTES:
        raise UnsendableError("more than 256 MiB of arrays")
    header = json.dumps(
        {"id": nonce, "buffers": packer.described, "body": tree}, allow_nan=False, separators=(",", ":")
    ).encode("ascii")
    if len(header) > HEADER_BYTES:
        raise UnsendableError("too many texts, lists or dictionaries at once")
    pieces = [memoryview(struct.pack("<I", len(header)) + header)]
    pieces += [memoryview(buffer.reshape(-1).view(np.uint8).data) for buffer in packer.buffers if buffer.nbytes]
    return pieces


def _wait(sock: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        sock.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise DeadlineError
    sock.settimeout(left)


def send(sock: socket.socket, nonce: str, body: Any, deadline: float | None) -> None:
    """
    Write one frame; *deadline* is a time of `time.monotonic` for the whole of it, None for no limit.

    Raises:
        UnsendableError: nothing was written; *body* cannot cross.
        DeadlineError: the far side did not read it in time.
        ProtocolError: the far side is gone.
    """
    for piece in pack(nonce, body):
        rest = piece
        while len(rest):
            _wait(sock, deadline)
            try:
                rest = rest[sock.send(rest[:PIECE]) :]
            except TimeoutError:
                raise DeadlineError from None
            except OSError as error:
                raise ProtocolError(f"the far side is gone: {error.strerror}") from None


def _fill(sock: socket.socket, into: memoryview, deadline: float | None) -> None:
    while len(into):
        _wait(sock, deadline)
        try:
            count = sock.recv_into(into[:PIECE])
        except TimeoutError:
            raise DeadlineError from None
        except OSError as error:
            raise ProtocolError(f"the far side is gone: {error.strerror}") from None
        if not count:
            raise ProtocolError("the far side is gone: end of stream")
        into = into[count:]


def receive(sock: socket.socket, deadline: float | None, nonce: str | None = None) -> tuple[str, Any]:
    """
    Read one frame and return its nonce and its tree, rebuilt from exact built-in types and base arrays.

    Args:
        sock: a stream socket.
        deadline: a time of `time.monotonic` for the whole frame; None waits for ever.
        nonce: what the frame must carry; None takes any.

    Raises:
        DeadlineError: no whole frame came in time.
        ProtocolError: what came is not a frame, or the far side is gone.
    """
    return _read(lambda into: _fill(sock, into, deadline), nonce)


def loop(body: Any) -> Any:
    """
    Return *body* as the far side would read it: the same exact types, and copies of all arrays.

    Raises:
        UnsendableError: *body* cannot cross.
    """
    return unpack(b"".join(pack("", body)))


def unpack(frame: bytes) -> Any:
    """
    Return the tree of one whole *frame*.

    Raises:
        ProtocolError: it is none, or something follows it.
    """
    stream = io.BytesIO(frame)

    def fill(into: memoryview) -> None:
        if stream.readinto(into) != len(into):
            raise ProtocolError("the frame ends early")

    tree = _read(fill, None)[1]
    if stream.read(1):
        raise ProtocolError("something follows the frame")
    return tree


def _read(fill: Callable[[memoryview], None], nonce: str | None) -> tuple[str, Any]:
    length = bytearray(4)
    fill(memoryview(length))
    (size,) = struct.unpack("<I", length)
    if not 2 <= size <= HEADER_BYTES:
        raise ProtocolError(f"a header of {size} bytes")
    raw = bytearray(size)
    fill(memoryview(raw))
    header = parse(bytes(raw))
    if nonce is not None and header["id"] != nonce:
        raise ProtocolError("the frame answers another request")
    buffers = []
    for dtype, shape in plan(header["buffers"]):
        array = np.empty(shape, dtype)
        if array.nbytes:
            raw_array = array.reshape(-1).view(np.uint8)
            fill(raw_array.data)
            if dtype == np.bool_ and raw_array.max() > 1:
                raise ProtocolError("a truth value that is neither 0 nor 1")
        buffers.append(array)
    unpacker = Unpacker(buffers)
    tree = unpacker.tree(header["body"])
    if any(buffer is not None for buffer in unpacker.buffers):
        raise ProtocolError("a buffer that nothing uses")
    return header["id"], tree
