"""
TODO: what is hidden: data of the test's own, and a threshold that right solutions clear by far.

`dlexam check --calibrate` measures how far.
"""

import numpy as np

from question_bank.checks import array, assert_at_most, expect, points

MOST = 0.3


@points(1)
def test_learns(student, variant, rng):
    """The mean absolute error on points that it was never given is small."""
    x = rng.uniform(-2, 2, size=(200, 1)).astype("float32")
    y = variant.slope * x[:, 0] + variant.intercept + rng.normal(scale=0.1, size=200)
    model = student.call("train", x[:150], y[:150], seed=1)
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(x[150:])).reshape(-1)
    expect(outputs.shape == (50,), detail=f"{outputs.size} outputs for 50 samples")
    assert_at_most(np.abs(outputs - y[150:]).mean(), MOST, name="mean absolute error", mistake="untrained")
