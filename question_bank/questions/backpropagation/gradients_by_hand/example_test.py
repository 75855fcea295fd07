"""Two samples at weights of zero, worked out by hand."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points


@points(1)
def test_example_two_samples(student, variant):
    """At weights of zero the gradients are those worked out by hand."""
    x, y = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([1.0, -1.0])
    result = student.call(variant.function, x, y, np.zeros(2), 0.0)
    expect(type(result) in (list, tuple) and len(result) == 2, "not_two", "expected dw and db")
    dw, db = result
    # z = [0, 0]; sigmoid: p = [0.5, 0.5], dp/dz = [0.25, 0.25]; tanh: p = [0, 0], dp/dz = [1, 1]
    # dL/dz = 2 * (p - y) / 2 * dp/dz: [-0.125, 0.375] or [-1, 1]
    want_dw, want_db = ([1.0, -0.625], 0.25) if variant.activation == "sigmoid" else ([2.0, -3.0], 0.0)
    assert_close(dw, want_dw)
    assert_close(array(db).reshape(-1), [want_db])
