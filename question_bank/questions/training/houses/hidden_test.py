"""
Scaled features against numpy's own, and a network judged on 1,000 houses that no student is given.

`docs/calibration.md` has the measured errors. One call trains for 1 to 4 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_at_most, assert_close, expect, fail, points
from question_bank.data import houses

PASS = 1.0
"""In 100 million won. Always answering the mean costs 1.6."""
USUAL_SEED, OTHER_ORDER_SEED = 11, 12
CLOSE = {"atol": 1e-3, "rtol": 2e-3}


def scaled(x, by, scaling, axis=0, ddof=0):
    """Features *x* (n, d) scaled by the statistics of the rows *by*."""
    if scaling == "standard":
        return (x - by.mean(axis=axis)) / by.std(axis=axis, ddof=ddof)
    return (x - by.min(axis=axis)) / (by.max(axis=axis) - by.min(axis=axis))


@pytest.fixture(scope="module")
def scaling(student, variant, rng):
    """Random training and test rows (30, 5) and (12, 5), and the two arrays that the student makes of them."""
    spread, centre = rng.uniform(0.5, 40, size=5), rng.uniform(-20, 100, size=5)
    train, test = (centre + spread * rng.normal(size=(n, 5)) for n in (30, 12))
    test = test + spread
    result = student.call("scale", train, test)
    expect(type(result) in (list, tuple) and len(result) == 2, "not_two", f"returned {type(result).__name__}")
    return train, test, array(result[0]), array(result[1])


def other(scaling):
    return "min-max" if scaling == "standard" else "standard"


def assert_scaled(got, x, by, scaling, mistakes):
    """*got* is *x* scaled by *by*; the deviation may divide by n or by n - 1."""
    if got.shape == x.shape and np.allclose(got, scaled(x, by, scaling, ddof=1), atol=CLOSE["atol"]):
        return
    assert_close(got, scaled(x, by, scaling), mistakes=mistakes, **CLOSE)


@points(1)
def test_scales_training_data(scaling, variant):
    """Each feature of the training data is scaled by itself."""
    train, test, got, _ = scaling
    both = np.concatenate([train, test])
    mistakes = {
        "other_scaling": scaled(train, train, other(variant.scaling)),
        "one_for_all": scaled(train, train, variant.scaling, axis=None),
        "all_together": scaled(train, both, variant.scaling),
    }
    assert_scaled(got, train, train, variant.scaling, mistakes)


@points(2)
def test_scales_test_data_alike(scaling, variant):
    """Test data are scaled by the statistics of the training data, not by their own."""
    train, test, _, got = scaling
    both = np.concatenate([train, test])
    mistakes = {
        "own_statistics": scaled(test, test, variant.scaling),
        "all_together": scaled(test, both, variant.scaling),
        "one_for_all": scaled(test, train, variant.scaling, axis=None),
        "other_scaling": scaled(test, train, other(variant.scaling)),
    }
    assert_scaled(got, test, train, variant.scaling, mistakes)


def trained(student, variant, rows, columns, seed):
    """The model that comes back for scaled houses in that order, and its hidden outputs (1000,)."""
    data = houses()
    x = scaled(data.x_train, data.x_train, variant.scaling)[rows][:, columns]
    model = student.call("train", x.astype("float32"), data.y_train[rows], seed=seed)
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    return model, outputs_of(model, variant, columns)


def outputs_of(model, variant, columns):
    data = houses()
    weights = [weight for layer in model.layers for weight in layer.weights]
    expect(all(bool(np.isfinite(weight).all()) for weight in weights), "diverged", "weights are not finite")
    x = scaled(data.x_test, data.x_train, variant.scaling)[:, columns]
    outputs = array(model.predict(x.astype("float32")))
    expect(outputs.shape == (len(x), 1), "wrong_outputs", f"shape {outputs.shape}")
    expect(bool(np.isfinite(outputs).all()), "diverged", "not finite")
    return outputs[:, 0]


def assert_near(model, outputs):
    """The mean absolute error is small enough; the history is only a claim, good enough for a hint."""
    squashed = bool((outputs >= 0).all() and (outputs <= 1).all())
    mistake = "squashed" if squashed else "undertrained" if model.history else "untrained"
    error = np.abs(outputs - houses().y_test).mean()
    assert_at_most(error, PASS, name="mean absolute error", mistake=mistake)


@points(3)
def test_error(student, variant):
    """The trained model's prices of houses that it was never given are near the true ones."""
    rows, columns = np.arange(len(houses().x_train)), np.arange(houses().x_train.shape[1])
    model, outputs = trained(student, variant, rows, columns, USUAL_SEED)
    assert_near(model, outputs)


@points(2)
def test_learns_what_it_is_given(student, variant, rng):
    """Given houses and features in another order, it learns those: it trains on its arguments."""
    usual = np.arange(houses().x_train.shape[1])
    rows, columns = rng.permutation(len(houses().x_train)), np.roll(usual, int(rng.integers(1, len(usual))))
    model, outputs = trained(student, variant, rows, columns, OTHER_ORDER_SEED)
    if np.abs(outputs_of(model, variant, usual) - houses().y_test).mean() <= PASS:
        fail("ignores_arguments", "fits the features in their usual order")
    assert_near(model, outputs)
