"""
The channel's decoder and the claims in it under a coverage-guided fuzzer, for as long as one likes.

atheris is no dependency of the project: `pip install atheris` into a throw-away environment that also has the
project, then `python tests/fuzz/fuzz_codec.py -max_total_time=300`. All options are libFuzzer's. The first byte
of an input says what the rest is: a whole frame, a header that gets its right length, or a reply's body.
"""

from __future__ import annotations

import json
import struct
import sys
import tempfile
from pathlib import Path

import atheris
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
with atheris.instrument_imports(include=["grader.sandbox"]):
    from grader.sandbox.inside import codec

sys.path.insert(0, str(Path(__file__).parent))
from decoded import check_claims, check_frame

SAMPLES = (
    {"value": [None, True, -1, 0.5, float("nan"), "가", {"a": [{}]}]},
    {"value": {1: "x", "$a": 2}},
    {"value": [np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros((0, 4)), np.array(True)]},
    {"value": ["x" * 5000, [0.5] * 40, [3] * 40, [True] * 40]},
    {"value": codec.RemoteObject(7, "Sequential", True, "a model")},
    {"raised": ["ValueError", "no"]},
    {"missing": "f"},
    {"not_plain": "too deep"},
    {"ok": False, "error_type": "E", "message": "m", "traceback": "t"},
    {
        "layers": [
            {
                "class": "Dense",
                "name": "d",
                "config": {"units": 3},
                "weights": [np.zeros((2, 3), np.float32)],
                "input_shape": [None, 2],
                "output_shape": [None, 3],
            }
        ],
        "sequential": True,
        "built": True,
        "input_shape": [None, 2],
        "compiled": {"loss": "mse", "optimizer": "sgd", "learning_rate": 0.1, "metrics": ["mae"]},
        "history": {"loss": [1.0, 0.5]},
    },
)


def one_input(data: bytes) -> None:
    """Whatever the bytes, a value within the limits or the one named error."""
    mode, rest = data[:1], data[1:]
    if mode == b"H":
        # the length is right, so that the fuzzer need not guess it
        header, _, buffers = rest.partition(b"\n")
        rest = struct.pack("<I", len(header)) + header + buffers
    elif mode == b"B":
        header = b'{"id":"","buffers":[],"body":' + rest + b"}"
        rest = struct.pack("<I", len(header)) + header
    value = check_frame(rest)
    if value is not None:
        check_claims(value)


def main() -> None:
    """Fuzz, beginning with frames as the project itself sends them."""
    with tempfile.TemporaryDirectory() as folder:
        for number, sample in enumerate(SAMPLES):
            frame = b"".join(codec.pack("", sample))
            length = 4 + struct.unpack("<I", frame[:4])[0]
            (Path(folder) / f"frame-{number}").write_bytes(b"F" + frame)
            (Path(folder) / f"header-{number}").write_bytes(b"H" + frame[4:length] + b"\n" + frame[length:])
            body = json.dumps(json.loads(frame[4:length])["body"]).encode()
            (Path(folder) / f"body-{number}").write_bytes(b"B" + body)
        atheris.Setup([*sys.argv, folder, "-max_len=8192", "-timeout=10", "-rss_limit_mb=2048"], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
