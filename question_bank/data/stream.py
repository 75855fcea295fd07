"""Chance for generated data: equal on every machine and with every numpy."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt

__all__ = ["Stream", "exponential"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Stream:
    """
    Random numbers made of PCG64's raw bits, which numpy promises never to change.

    Everything else here and in what is built on it is + − × ÷ and comparison of float64, which IEEE 754 rounds
    alike everywhere; numpy's own distributions, `exp` and `log` may differ in the last bit between releases and
    processors.

    Args:
        name: names the stream; another name is another stream.
    """

    def __init__(self, name: str) -> None:
        self._bits = np.random.PCG64(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))

    def uniform(self, count: int) -> Floats:
        """(count,) numbers from 0 to below 1."""
        raw = np.asarray(self._bits.random_raw(count), dtype=np.uint64)
        return np.asarray((raw >> np.uint64(11)).astype(np.float64) * 2.0**-53)

    def normal(self, count: int) -> Floats:
        """(count,) numbers of mean 0 and standard deviation 1: twelve uniform ones added, near enough a normal."""
        total = np.full(count, -6.0)
        for _ in range(12):
            total += self.uniform(count)
        return total

    def lognormal(self, median: float, sigma: float, count: int) -> Floats:
        """(count,) positive numbers around *median*, skewed to the right by *sigma*."""
        return median * exponential(sigma * self.normal(count))

    def permutation(self, count: int) -> Integers:
        """(count,) the numbers from 0, in random order."""
        return np.argsort(self.uniform(count), kind="stable").astype(np.int64)


def exponential(x: Floats) -> Floats:
    """e to the power of *x*, each |x| at most 10, by Taylor's series of x/64 squared six times."""
    part = x / 64
    total = np.ones_like(part)
    for k in range(12, 0, -1):
        total = 1 + total * part / k
    for _ in range(6):
        total = total * total
    return total
