"""Three predictions whose errors are 2, -1 and 2, worked out by hand: MSE 3, RMSE 1.7321, MAE 1.6667."""

import numpy as np

from question_bank.checks import assert_close, expect, points

TARGETS, PREDICTIONS = np.array([10.0, 20.0, 30.0]), np.array([12.0, 19.0, 32.0])
METRICS = {"mse": 3.0, "rmse": 1.7321, "mae": 1.6667}


@points(1)
def test_example(student, variant):
    """The three metrics of errors 2, -1 and 2, in the form that is asked for."""
    got = student.call(variant.function, TARGETS, PREDICTIONS)
    if variant.container == "dict":
        expect(isinstance(got, dict), "another_container", f"returned {type(got).__name__}")
        expect(set(got) == set(METRICS), detail=f"keys {list(got)}")
        values = [got[name] for name in variant.order]
    else:
        expect(not isinstance(got, dict), "another_container", "returned a dict")
        values = got
    assert_close(values, [METRICS[name] for name in variant.order], atol=1e-3)
