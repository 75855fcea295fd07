"""TODO: what practice shows: small inputs, with results worked out by hand."""

import numpy as np

from question_bank.checks import assert_close, points


@points(1)
def test_example_three_values(student, variant):
    """2, 4 and 6 become 0, 0.5 and 1."""
    values = np.array([2.0, 4.0, 6.0])
    assert_close(student.call(variant.function, values), [0, 0.5, 1], mistakes={"not_subtracted": values / 6})
