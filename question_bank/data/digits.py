"""Real MNIST digits: 5,000 images, of which students are given 2,000 to train with and 1,000 to test with."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from question_bank.data.packing import npz_bytes

__all__ = ["Digits", "digits", "digits_npz"]

GIVEN, GIVEN_TEST, HIDDEN = slice(0, 2000), slice(2000, 3000), slice(3000, 5000)


@dataclass(frozen=True)
class Digits:
    """
    Images and labels of handwritten digits, dtype uint8.

    Args:
        x_train: (2000, 28, 28) grey values 0 to 255, the images that students are given.
        y_train: (2000,) their digits.
        x_test: (2000, 28, 28) images that no student is given.
        y_test: (2000,) their digits.
    """

    x_train: npt.NDArray[np.uint8]
    y_train: npt.NDArray[np.uint8]
    x_test: npt.NDArray[np.uint8]
    y_test: npt.NDArray[np.uint8]


@functools.cache
def _pack() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    with files("question_bank.data").joinpath("digits.npz").open("rb") as file:
        pack: Any = np.load(file, allow_pickle=False)
        return pack["x"], pack["y"]


@functools.cache
def digits() -> Digits:
    """The digits, split as every exam splits them."""
    x, y = _pack()
    return Digits(x[GIVEN], y[GIVEN], x[HIDDEN], y[HIDDEN])


def digits_npz() -> bytes:
    """The `digits.npz` that students are given, with the arrays of Keras' own `mnist.npz`; equal on one machine."""
    data = digits()
    x, y = _pack()
    arrays = {"x_train": data.x_train, "y_train": data.y_train, "x_test": x[GIVEN_TEST], "y_test": y[GIVEN_TEST]}
    return npz_bytes(arrays, compressed=True)
