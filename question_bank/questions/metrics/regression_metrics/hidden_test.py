"""
MSE, RMSE and MAE of random targets (n,) and predictions (n,), n from 5 to 12.

The errors are drawn first, and predictions are targets plus errors: what is expected comes from the errors' sizes.
"""

import math

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

# Keras computes in float32
ATOL = RTOL = 1e-4


def problem(rng):
    """Targets, predictions, and the errors between them, which differ in size and in sign."""
    count = int(rng.integers(5, 13))
    errors = rng.uniform(0.5, 4, size=count) * np.where(np.arange(count) % 3 == 0, -1, 1)
    targets = rng.uniform(5, 50, size=count)
    return targets, targets + errors, [float(e) for e in errors]


def expected(errors):
    """The three metrics by name."""
    mse = math.fsum(e * e for e in errors) / len(errors)
    return {"mse": mse, "rmse": math.sqrt(mse), "mae": math.fsum(map(abs, errors)) / len(errors)}


def named(got, variant):
    """What came back, by metric; here three values in order may stand in for a dict, and a dict for them."""
    if type(got) is dict:
        expect(set(got) == set(variant.order), detail=f"keys {[str(key)[:20] for key in got][:5]}")
        return got
    expect(type(got) in (tuple, list, np.ndarray), detail=f"expected three values, got {type(got).__name__}")
    values = list(got) if type(got) is not np.ndarray or got.ndim else []
    expect(len(values) == 3, detail=f"expected three values, got {len(values)}")
    return dict(zip(variant.order, values, strict=True))


def check(got, name, errors, mistakes):
    """*got* is the metric *name* of *errors*; an array that holds one number counts as the number."""
    values = array(got)
    if values.shape == (len(errors),):
        fail("not_averaged", "one value for each sample")
    right = expected(errors)
    if name != "rmse" and values.size == 1:
        # for the RMSE, the value of another metric is a mistake of its own
        others = [right[other] for other in right if other != name]
        if np.isclose(values.item(), others, RTOL, ATOL).any():
            fail("another_order", "equals another of the three")
    if values.size == 1:
        values = values.reshape(())
    assert_close(values, right[name], atol=ATOL, rtol=RTOL, mistakes=mistakes)


@points(2)
def test_mse(student, variant, rng):
    """The MSE is the mean of the squared errors."""
    targets, predictions, errors = problem(rng)
    got = named(student.call(variant.function, targets, predictions), variant)["mse"]
    wrong = {"not_averaged": math.fsum(e * e for e in errors), "predictions_only": np.mean(predictions**2)}
    check(got, "mse", errors, wrong)


@points(2)
def test_rmse(student, variant, rng):
    """The RMSE is the square root of the mean of the squared errors."""
    targets, predictions, errors = problem(rng)
    got = named(student.call(variant.function, targets, predictions), variant)["rmse"]
    wrong = {
        "no_root": expected(errors)["mse"],
        "root_of_each": expected(errors)["mae"],
        "root_of_sum": math.sqrt(math.fsum(e * e for e in errors)),
        "predictions_only": np.sqrt(np.mean(predictions**2)),
    }
    check(got, "rmse", errors, wrong)


@points(2)
def test_mae(student, variant, rng):
    """The MAE is the mean of the errors' absolute values."""
    targets, predictions, errors = problem(rng)
    got = named(student.call(variant.function, targets, predictions), variant)["mae"]
    mean = math.fsum(errors) / len(errors)
    for value in (mean, -mean):
        if array(got).size == 1 and abs(array(got).item() - value) < ATOL:
            fail("signs_cancel", "equals the mean error")
    wrong = {"not_averaged": math.fsum(map(abs, errors)), "predictions_only": np.mean(predictions)}
    check(got, "mae", errors, wrong)


@points(1)
def test_container(student, variant, rng):
    """The three values, two of them at least being right, come back in the form that is asked for."""
    targets, predictions, errors = problem(rng)
    returned = student.call(variant.function, targets, predictions)
    got, right = named(returned, variant), expected(errors)
    values = {name: array(got[name]) for name in right}
    hits = [v.size == 1 and abs(v.item() - right[name]) <= 1e-3 for name, v in values.items()]
    expect(sum(hits) >= 2, detail=f"{sum(hits)} of the values right")
    if (type(returned) is dict) != (variant.container == "dict"):
        fail("another_container", f"returned {type(returned).__name__}")
