"""Two samples through a layer of two neurons, worked out by hand."""

import numpy as np

from question_bank.checks import assert_close, fail, points

X = np.array([[1.0, 2.0], [3.0, -1.0]])
W = np.array([[1.0, -1.0], [2.0, 0.0]])
B = np.array([0.0, 1.0])
# [1 + 4, -1 + 1] = [5, 0] and [3 - 2, -3 + 1] = [1, -2]
AFTER = {
    "none": [[5.0, 0.0], [1.0, -2.0]],
    "relu": [[5.0, 0.0], [1.0, 0.0]],
    "sigmoid": [[0.993307, 0.5], [0.731059, 0.119203]],
    "tanh": [[0.999909, 0.0], [0.761594, -0.964028]],
}


@points(1)
def test_example_two_samples(student, variant):
    """An object made with W and B and called with two samples returns two rows."""
    layer = student.call(variant.name, W, B)
    try:
        result = student.call(layer, X)
    except Exception as error:
        if "not callable" in str(error):
            fail("not_callable", str(error))
        raise
    # without the bias: [5, -1] and [1, -3]
    wrong = {"bias_forgotten": [[5.0, -1.0], [1.0, -3.0]]} if variant.activation == "none" else {}
    assert_close(result, AFTER[variant.activation], atol=1e-4, mistakes=wrong)
