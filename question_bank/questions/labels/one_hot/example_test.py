"""Three labels of four classes, worked out by hand."""

import numpy as np

from question_bank.checks import array, assert_close, points

LABELS = [2, 0, 3]
ROWS = [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]]


@points(1)
def test_example_encode(student, variant):
    """The labels 2, 0, 3 of four classes become three rows of four numbers."""
    result = student.call(variant.encoder, np.array(LABELS), 4)
    if isinstance(result, np.ndarray) and result.dtype.kind == "b":
        result = result.astype(float)
    off = [[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]]
    assert_close(array(result), ROWS, mistakes={"off_by_one": off, "transposed": np.transpose(ROWS)})


@points(1)
def test_example_decode(student, variant):
    """The three rows give back 2, 0, 3."""
    result = student.call(variant.decoder, np.array(ROWS, dtype=float))
    assert_close(result, LABELS, mistakes={"decoded_from_one": [3, 1, 4]})
