"""Five samples of two features in batches of two, worked out by hand."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points

X = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 0.0], [0.0, -1.0]])
W = np.array([[1.0], [-2.0]])
# the weighted sums are 1, -2, -1, 2 and 2
AFTER = {
    "relu": [[1.0], [0.0], [0.0], [2.0], [2.0]],
    "tanh": [[0.761594], [-0.964028], [-0.761594], [0.964028], [0.964028]],
    "sigmoid": [[0.731059], [0.119203], [0.268941], [0.880797], [0.880797]],
}


@points(1)
def test_example_five_samples(student, variant):
    """Batches of 2, 2 and 1 samples give five rows of outputs."""
    result = student.call(variant.function, X, W, 2)
    expect(type(result) in (list, tuple) and len(result) == 2, "not_two", f"returned {type(result).__name__}")
    expect(array(result[1]).ndim == 1, "count_only")
    assert_close(result[1], [2, 2, 1], mistakes={"last_batch_dropped": [2, 2], "single_batch": [5]})
    assert_close(result[0], AFTER[variant.activation], atol=1e-4)
