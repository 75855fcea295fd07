"""TODO: what practice shows: given data, with what must come out."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points


@points(1)
def test_example_given_line(student, variant):
    """Trained with points of the stated line, it finds its values at 0 and 1."""
    x = np.linspace(-2, 2, 150, dtype="float32").reshape(-1, 1)
    model = student.call("train", x, variant.slope * x[:, 0] + variant.intercept)
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(np.array([[0.0], [1.0]]))).reshape(-1)
    assert_close(outputs, [variant.intercept, variant.intercept + variant.slope], atol=0.3)
