"""Three sequences of numbers below 6, worked out by hand."""

import numpy as np

from question_bank.checks import array, assert_close, points

SEQUENCES = [[2, 5], [0, 3, 0], [1]]
ROWS = [[0, 0, 1, 0, 0, 1], [1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 0, 0]]


def encoded(student, variant, sequences):
    """What comes back for a dimension of 6; truth values count as numbers."""
    result = student.call(variant.function, sequences, 6)
    if isinstance(result, np.ndarray) and result.dtype.kind == "b":
        result = result.astype(float)
    return array(result)


@points(1)
def test_example(student, variant):
    """Three sequences become three rows of six numbers; the repeated 0 gives a 1 too."""
    counts = [[0, 0, 1, 0, 0, 1], [2, 0, 0, 1, 0, 0], [0, 1, 0, 0, 0, 0]]
    assert_close(
        encoded(student, variant, SEQUENCES), ROWS, mistakes={"counts": counts, "transposed": np.transpose(ROWS)}
    )


@points(1)
def test_example_beyond(student, variant):
    """Of the numbers 4, 6 and 9, only 4 has a place in a row of six."""
    right = [[0, 0, 0, 0, 1, 0]]
    assert_close(encoded(student, variant, [[4, 6, 9]]), right, mistakes={"clipped": [[0, 0, 0, 0, 1, 1]]})
