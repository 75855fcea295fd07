"""Transcripts in files, beside the records: signed, bounded, whole or not used."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.marking.transcript import Exchange, Transcript
from papers.lock import sign

__all__ = ["MOST_BYTES", "pack", "sealed", "transcript_file", "unpack", "unsealed"]

MOST_BYTES = 16 * 2**20
"""Of one part of one student; what does not fit is run again when it is needed."""

_FORMAT = 1


def transcript_file(results: Path, student: str, part: str) -> Path:
    """Where the transcripts of that part stand below *results*."""
    return results / "transcripts" / f"{student}.{part}.bin"


def pack(transcripts: Mapping[str, Transcript]) -> bytes:
    """
    The transcripts of one part, by slot, as bytes; the same for the same, and none for none.

    One line of JSON says what was asked and how long each answer is; the answers follow, frames of the channel.
    """
    slots: dict[str, Any] = {}
    frames: list[bytes] = []
    room = MOST_BYTES
    for id, transcript in transcripts.items():
        size = sum(len(exchange.reply) for exchange in transcript.exchanges)
        if size > room:
            continue
        room -= size
        frames += [exchange.reply for exchange in transcript.exchanges]
        asked = [[exchange.request, exchange.about, len(exchange.reply)] for exchange in transcript.exchanges]
        slots[id] = {"key": transcript.key, "asked": asked}
    if not slots:
        return b""
    index = json.dumps({"format": _FORMAT, "slots": slots}, ensure_ascii=False, separators=(",", ":"))
    return b"".join([index.encode(), b"\n", *frames])


def unpack(data: bytes) -> dict[str, Transcript]:
    """The transcripts in *data*, by slot; none if it is not what `pack` made."""
    line, _, rest = data.partition(b"\n")
    try:
        index = json.loads(line)
        if index["format"] != _FORMAT:
            return {}
        found, at = {}, 0
        for id, slot in index["slots"].items():
            exchanges = []
            for request, about, size in slot["asked"]:
                exchanges.append(Exchange(request, about, rest[at : at + size]))
                at += size
            found[id] = Transcript(slot["key"], tuple(exchanges))
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}
    return found if at == len(rest) else {}


def sealed(payload: bytes, secret: bytes, student: str, part: str) -> bytes:
    """*payload* as the bytes of its file: a line that only the holder of the exam's *secret* can write, then it."""
    return _signature(payload, secret, student, part) + b"\n" + payload


def unsealed(data: bytes, secret: bytes, student: str, part: str) -> bytes | None:
    """What was sealed; None if the file was cut, edited, or is of another student, part or exam."""
    signature, _, payload = data.partition(b"\n")
    return payload if hmac.compare_digest(signature, _signature(payload, secret, student, part)) else None


def _signature(payload: bytes, secret: bytes, student: str, part: str) -> bytes:
    place = json.dumps(["transcript", student, part]).encode()
    return sign(place + b"\n" + payload, secret).encode()
