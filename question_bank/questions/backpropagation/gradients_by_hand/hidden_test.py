"""
The gradients of `mean((activation(x @ w + b) - y) ** 2)`, compared with the loss's own differences.

Nothing here differentiates by rule: each weight is moved a little up and down, and the loss is measured.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

SMALL = 1e-5
ACTIVATIONS = {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh}


def problem(rng, n=8, d=3):
    """Random samples (n, d), targets (n,), weights (d,) and a bias, for which no gradient is near zero."""
    while True:
        x, y = rng.normal(1, 1, size=(n, d)), rng.uniform(-2, 2, size=n)
        w, b = rng.uniform(0.3, 0.8, size=d) * rng.choice((-1, 1), size=d), rng.uniform(0.2, 0.6)
        if all(np.abs(slopes(x, y, w, b, name)).min() > 0.02 for name in ACTIVATIONS):
            return x, y, w, float(b)


def slopes(x, y, w, b, activation):
    """The loss's rates of change (d + 1,) with respect to the weights and, last, the bias."""

    def loss(theta):
        return np.mean((ACTIVATIONS[activation](x @ theta[:-1] + theta[-1]) - y) ** 2)

    theta = np.append(w, b)
    moves = SMALL * np.eye(len(theta))
    return np.array([(loss(theta + move) - loss(theta - move)) / (2 * SMALL) for move in moves])


def wrong_slopes(x, y, w, b, activation):
    """What people find instead, by the name of the mistake; each as (dw, db)."""
    right = slopes(x, y, w, b, activation)
    error = ACTIVATIONS[activation](x @ w + b) - y
    values = {
        "activation_forgotten": np.append(2 * x.T @ error, 2 * error.sum()) / len(y),
        "not_averaged": right * len(y),
        "sign": -right,
    }
    return {name: (v[:-1], v[-1]) for name, v in values.items()}


def pair(result):
    """The two gradients that came back; fails unless there are two."""
    if type(result) not in (list, tuple) or len(result) != 2:
        fail("not_two", f"returned {type(result).__name__}")
    return result


def scalar(value):
    """*value* with its lone axis taken off: one number in an array is one number."""
    values = array(value)
    return values.reshape(()) if values.size == 1 else values


@points(3)
def test_weights(student, variant, rng):
    """dw is the loss's rate of change with respect to each weight."""
    x, y, w, b = problem(rng)
    dw, db = pair(student.call(variant.function, x, y, w, b))
    right = slopes(x, y, w, b, variant.activation)
    wrong = {name: dw for name, (dw, _) in wrong_slopes(x, y, w, b, variant.activation).items()}
    if array(dw).size == 1 and array(db).shape == w.shape:
        fail("swapped", "a number first, an array second")
    if array(dw).size == 1:
        fail("input_forgotten", "one number for all weights")
    constant = np.full_like(w, right[-1])
    assert_close(
        dw, right[:-1], mistakes={**wrong, "factor_two": right[:-1] / 2, "input_forgotten": constant}, atol=2e-5
    )


@points(1)
def test_bias(student, variant, rng):
    """db is one number, the loss's rate of change with respect to the bias."""
    x, y, w, b = problem(rng)
    _, db = pair(student.call(variant.function, x, y, w, b))
    right = slopes(x, y, w, b, variant.activation)[-1]
    wrong = {name: db for name, (_, db) in wrong_slopes(x, y, w, b, variant.activation).items()}
    if array(db).shape in ((len(y),), (len(y), 1)):
        fail("bias_per_sample", f"shape {array(db).shape}")
    if array(db).shape == w.shape:
        fail("bias_like_weights", f"shape {array(db).shape}")
    assert_close(scalar(db), right, mistakes={**wrong, "factor_two": right / 2}, atol=2e-5)


@points(1)
def test_other_sizes(student, variant, rng):
    """It works for any number of samples and features, and at any weights."""
    for n, d in ((1, 4), (15, 1)):
        x, y, w, b = problem(rng, n, d)
        dw, db = pair(student.call(variant.function, x, y, w, b))
        right = slopes(x, y, w, b, variant.activation)
        expect(array(dw).shape == (d,), detail=f"shape {array(dw).shape}")
        assert_close(dw, right[:-1], atol=2e-5)
        assert_close(scalar(db), right[-1], atol=2e-5)
