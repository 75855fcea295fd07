"""Two samples with the same weighted sum, worked out by hand."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points


@points(1)
def test_example_two_samples(student, variant):
    """At weights of zero and a bias of log(3) the gradients are those worked out by hand."""
    x, y = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([0.25, 1.0])
    result = student.call(variant.function, x, y, np.zeros(2), float(np.log(3)))
    expect(type(result) in (list, tuple) and len(result) == 2, "not_two", "expected dw and db")
    dw, db = result
    # z = [log(3), log(3)]; sigmoid: p = 3/4, dp/dz = 3/16; tanh: p = 4/5, dp/dz = 9/25
    # dL/dz = 2 * (p - y) / 2 * dp/dz: [0.09375, -0.046875] or [0.198, -0.072]
    want_dw, want_db = (
        ([-0.046875, 0.234375], 0.046875) if variant.activation == "sigmoid" else ([-0.018, 0.468], 0.126)
    )
    assert_close(dw, want_dw)
    assert_close(array(db).reshape(-1), [want_db])
