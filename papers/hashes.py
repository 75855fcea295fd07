"""Keyed numbers that nobody without the secret can compute, and the hash of the shared marking code."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import question_bank
from question_bank.bank import code_hash

__all__ = ["keyed", "seeds", "shared_marking_hash"]


def keyed(secret: bytes, *words: object) -> int:
    """A number from 0 to 2**256 - 1 that only the holder of *secret* can compute from *words*."""
    # a length before each word: ("a", "bc") and ("ab", "c") must differ
    message = b"".join(len(word).to_bytes(4, "big") + word for word in (str(w).encode() for w in words))
    return int.from_bytes(hmac.digest(secret, message, "sha256"), "big")


def seeds(secret: bytes, *words: object) -> Iterator[int]:
    """An endless row of seeds below 2**31 that *secret* and *words* decide."""
    return (keyed(secret, "seed", *words, number) % 2**31 for number in count())


def shared_marking_hash() -> str:
    """SHA-256 of all marking code that no question owns: answer kinds, glossary, the vocabulary of checks."""
    package = Path(question_bank.__file__).parent
    digest = hashlib.sha256(code_hash(package / "answers").encode())
    for name in ("glossary.tsv", "glossary.py", "checks.py"):
        data = (package / name).read_bytes()
        digest.update(f"{name}:{len(data)}:".encode() + data)
    return digest.hexdigest()
