"""The only source of chance in a question."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Draw"]

T = TypeVar("T")


class Draw:
    """
    Draws the parameters of one variant; equal seeds draw equal parameters on every machine.

    Args:
        question: the question's id, so that two questions with one seed draw independently.
        seed: which variant.
    """

    def __init__(self, question: str, seed: int) -> None:
        # a string seed is hashed by SHA-512, and `random` promises the same stream for it in every release
        self._random = random.Random(f"{question}#{seed}")

    def integer(self, low: int, high: int) -> int:
        """An integer from *low* to *high*, both included."""
        return self._random.randint(low, high)

    def decimal(self, low: float, high: float, places: int) -> float:
        """A decimal from *low* to *high*, already rounded to *places*: what is shown is what is marked."""
        step: int = 10**places
        return self._random.randint(round(low * step), round(high * step)) / step

    def choice(self, options: Sequence[T]) -> T:
        """One of *options*."""
        return self._random.choice(options)

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """*count* different members of *options*, in random order."""
        return self._random.sample(options, count)

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """All of *options* in random order."""
        return self._random.sample(options, len(options))
