"""Two samples through two tiny layers, worked out by hand."""

import numpy as np

from question_bank.checks import assert_close, points

X = np.array([[1.0, 2.0], [3.0, 0.0]])
W1 = np.array([[1.0, -1.0], [0.0, 1.0]])
B1 = np.array([1.0, -2.0])
W2 = np.array([[2.0], [1.0]])
# first layer: [1 + 1, -1 + 2 - 2] = [2, -1] and [3 + 1, -3 - 2] = [4, -5], after ReLU [2, 0] and [4, 0]
# second layer: 2 * 2 and 2 * 4, plus a bias of -6, is -2 and 2
AFTER = {"linear": [[-2.0], [2.0]], "relu": [[0.0], [2.0]], "sigmoid": [[0.119203], [0.880797]]}
# without the first ReLU: 2 * 2 - 1 - 6 = -3 and 2 * 4 - 5 - 6 = -3
NO_RELU = {"linear": [[-3.0], [-3.0]], "relu": [[0.0], [0.0]], "sigmoid": [[0.047426], [0.047426]]}


@points(1)
def test_example_two_samples(student, variant):
    """Two samples of two features give two rows of one output."""
    got = student.call(variant.function, X, W1, B1, W2, np.array([-6.0]))
    assert_close(got, AFTER[variant.output], atol=1e-4, mistakes={"relu_missing": NO_RELU[variant.output]})
