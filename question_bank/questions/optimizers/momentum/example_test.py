"""Three steps of one weight, worked out by hand."""

import numpy as np

from question_bank.checks import assert_close, points


@points(1)
def test_example_one_weight(student, variant):
    """Three steps of one weight end where a calculation by hand ends."""
    gradients = np.array([[1.0], [1.0], [-2.0]])
    # velocity: -0.1, then 0.5 * -0.1 - 0.1 = -0.15, then 0.5 * -0.15 + 0.2 = 0.125
    # weight: 1, 0.9, 0.75, 0.875
    given = student.call(variant.function, np.array([1.0]), gradients, 0.1, 0.5)
    assert_close(given, [0.875], mistakes={"no_momentum": [1.0], "one_step_only": [0.9]})
