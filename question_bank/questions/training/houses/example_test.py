"""
Three houses of two features by hand, and a model trained on the houses that every student is given.

A call trains for 1 to 4 seconds.
"""

import numpy as np

from question_bank.checks import array, assert_at_most, assert_close, expect, points
from question_bank.data import houses


@points(1)
def test_example_scale(student, variant):
    """The columns 2, 4, 6 and 10, 10, 40 and one more house, worked out by hand."""
    train, test = np.array([[2.0, 10.0], [4.0, 10.0], [6.0, 40.0]]), np.array([[8.0, 20.0]])
    result = student.call("scale", train, test)
    expect(type(result) in (list, tuple) and len(result) == 2, "not_two", f"returned {type(result).__name__}")
    if variant.scaling == "min-max":
        # 2 to 6 and 10 to 40 become 0 to 1
        want, want_test = [[0, 0], [0.5, 0], [1, 1]], [[1.5, 1 / 3]]
    else:
        # means 4 and 20, deviations sqrt(8/3) = 1.63299 and sqrt(200) = 14.14214
        want, want_test = [[-1.22474, -0.70711], [0, -0.70711], [1.22474, 1.41421]], [[2.44949, 0]]
    if variant.scaling == "standard" and np.allclose(array(result[0])[0, 0], -1):
        # a deviation that divides by n - 1 is 2 and 17.32051
        want, want_test = [[-1, -0.57735], [0, -0.57735], [1, 1.15470]], [[2, 0]]
    assert_close(result[0], want, atol=1e-3)
    assert_close(result[1], want_test, atol=1e-3, mistakes={"own_statistics": [[0, 0]]})


@points(1)
def test_example_remembers(student, variant):
    """The model prices the houses that it was trained with to 100 million won on average."""
    data = houses()
    low, high, mean, deviation = (f(data.x_train, axis=0) for f in (np.min, np.max, np.mean, np.std))
    x = (data.x_train - low) / (high - low) if variant.scaling == "min-max" else (data.x_train - mean) / deviation
    model = student.call("train", x.astype("float32"), data.y_train)
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(x.astype("float32")))
    expect(outputs.shape == (len(x), 1), "wrong_outputs", f"shape {outputs.shape}")
    expect(bool(np.isfinite(outputs).all()), "diverged")
    squashed = bool((outputs >= 0).all() and (outputs <= 1).all())
    mistake = "squashed" if squashed else "undertrained" if model.history else "untrained"
    error = np.abs(outputs[:, 0] - data.y_train).mean()
    assert_at_most(error, 1.0, name="mean absolute error", mistake=mistake)
