"""Two samples of two classes, worked out by hand."""

import numpy as np

from question_bank.checks import assert_close, points


@points(1)
def test_example(student, variant):
    """Two samples whose true classes get 0.5 and 0.25: the mean of 0.6931 and 1.3863."""
    targets, predicted = np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[0.5, 0.5], [0.75, 0.25]])
    got = student.call(variant.function, targets, predicted)
    assert_close(got, 1.0397, atol=1e-3, mistakes={"not_averaged": 2.0794, "base_two": 1.5, "sign": -1.0397})


@points(1)
def test_example_zero(student, variant):
    """A true class that gets 0 counts as 10 ** -k, whose loss is k times 2.302585."""
    got = student.call(variant.function, np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]))
    assert_close(got, 2.302585 * variant.exponent, atol=1e-3)
