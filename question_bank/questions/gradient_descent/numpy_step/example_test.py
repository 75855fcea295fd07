"""
Three samples and two weights, worked out by hand.

At the weights (0, 0) the errors are -3, -3 and 0. Their mean is -2, and the mean of error times second
column is -1; so `mean(error ** 2) / 2` has the gradient (-2, -1), and the loss without the 1/2 has twice that.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
Y = np.array([3.0, 3.0, 0.0])
START = np.array([0.0, 0.0])
RATE = 0.3

# the weights W0, W1 and W2, by what the loss is divided by
PATHS = {1: [[0.0, 0.0], [1.2, 0.6], [1.32, -0.12]], 2: [[0.0, 0.0], [0.6, 0.3], [0.93, 0.27]]}


def last(path):
    """The last weights of a path, or of what was returned in its place."""
    path = array(path)
    return path[-1] if path.ndim == 2 and len(path) else path


@points(1)
def test_example_one_step(student, variant):
    """One step from (0, 0) ends at the W1 worked out by hand."""
    w1 = np.array(PATHS[variant.divisor][1])
    assert_close(
        last(student.call(variant.function, X, Y, START, RATE, 1)),
        w1,
        mistakes={
            "ascent": -w1,
            "rate_ignored": w1 / RATE,
            "factor_two": w1 / 2 if variant.divisor == 1 else 2 * w1,
            "not_averaged": 3 * w1,
            "input_forgotten": [w1[0], w1[0]],
        },
    )


@points(1)
def test_example_two_steps(student, variant):
    """Two steps end at the W2 worked out by hand: the second gradient is taken at W1."""
    _, w1, w2 = np.array(PATHS[variant.divisor])
    path = student.call(variant.function, X, Y, START, RATE, 2)
    assert_close(last(path), w2, mistakes={"one_step_only": w1, "gradient_once": 2 * w1})


@points(1)
def test_example_path(student, variant):
    """Two steps return three pairs of weights, the first of them (0, 0)."""
    path = array(student.call(variant.function, X, Y, START, RATE, 2))
    if path.shape == (2,):
        fail("only_last", "one array of weights")
    if path.ndim == 2 and len(path) > 1 and (path == path[0]).all():
        fail("same_array", "all weights of the path are equal")
    if path.shape == (2, 2):
        fail("start_missing", "2 arrays for 2 steps")
    expect(path.shape == (3, 2), detail=f"shape {path.shape}, expected (3, 2)")
    assert_close(path, PATHS[variant.divisor])
