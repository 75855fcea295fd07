"""One step on two samples, worked out by hand."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points


@points(1)
def test_example_one_step(student, variant):
    """One step on two samples gives the weight, the bias and the loss found by hand."""
    x, y = np.array([[1.0], [3.0]], dtype="float32"), np.array([[2.0], [4.0]], dtype="float32")
    result = student.call(variant.function, x, y, 0.1, 1)
    expect(type(result) in (list, tuple) and len(result) == 3, "not_three", "expected weights, bias and losses")
    w, b, losses = (array(part).reshape(-1) for part in result)
    # z = [0, 0]. Without activation and for tanh: p = [0, 0], p - y = [-2, -4], slope 1
    # sigmoid: p = [0.5, 0.5], p - y = [-1.5, -3.5], slope 0.25
    # dL/dw = mean(2 * (p - y) * slope * x), dL/db = mean(2 * (p - y) * slope)
    if variant.activation == "sigmoid":
        want = {"w": [0.3], "b": [0.125], "loss": [7.25]}
    else:
        want = {"w": [1.4], "b": [0.6], "loss": [10.0]}
    assert_close(w, want["w"], atol=1e-5, mistakes={"untouched": [0.0]})
    assert_close(b, want["b"], atol=1e-5, mistakes={"bias_untouched": [0.0]})
    assert_close(losses, want["loss"], atol=1e-5)
