"""Real MNIST digits: 5,000 images of which students are given 2,000 and never see the others."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["GIVEN", "HIDDEN", "Digits", "digits", "given_npz"]

GIVEN = slice(0, 2000)
HIDDEN = slice(3000, 5000)


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
def digits() -> Digits:
    """The digits, split as every exam splits them."""
    with files("question_bank.data").joinpath("digits.npz").open("rb") as file:
        pack: Any = np.load(file, allow_pickle=False)
        x, y = pack["x"], pack["y"]
    return Digits(x[GIVEN], y[GIVEN], x[HIDDEN], y[HIDDEN])


def given_npz() -> bytes:
    """The `digits.npz` that students are given, with the arrays `x_train` and `y_train`; always the same bytes."""
    import zipfile

    data = digits()
    buffer = io.BytesIO()
    # np.savez stamps the time of day; a fixed date makes equal papers equal bytes
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in (("x_train", data.x_train), ("y_train", data.y_train)):
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(2025, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, member.getvalue())
    return buffer.getvalue()
