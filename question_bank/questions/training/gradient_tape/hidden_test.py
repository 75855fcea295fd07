"""
Gradient descent of a one-unit model from zero, followed here in numpy with the gradient written out.

Full batch and a fixed start leave nothing to chance, so weights and losses are compared step by step.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

RATE = 0.3
CLOSE = {"atol": 5e-4, "rtol": 1e-3}
# each activation with its derivative, written by its own value
ACTIVATIONS = {
    "none": (lambda z: z, lambda p: np.ones_like(p)),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda p: p * (1 - p)),
    "tanh": (np.tanh, lambda p: 1 - p**2),
}


def problem(rng, activation, n=20, d=3):
    """Random samples (n, d) and targets (n, 1), float32, from which the bias, too, learns something."""
    while True:
        x = rng.normal(size=(n, d))
        y = x @ rng.uniform(0.5, 1, size=(d, 1)) + 0.8 + 0.1 * rng.normal(size=(n, 1))
        x, y = x.astype("float32"), y.astype("float32")
        losses, without_bias = walk(x, y, 5, activation)[1], walk(x, y, 5, activation, bias=False)[1]
        if np.abs(losses - without_bias).max() > 0.02:
            return x, y


def walk(x, y, steps, activation, rate=RATE, *, scale=1.0, bias=True, frozen=False):
    """All weights (steps + 1, d + 1), the bias last, and the loss at each of them."""
    x, y = x.astype(float), y.astype(float)
    value, slope = ACTIVATIONS[activation]
    theta, path, losses, first = np.zeros((x.shape[1] + 1, 1)), [], [], None
    ones = np.hstack([x, np.ones((len(x), 1))])
    for _ in range(steps + 1):
        p = value(ones @ theta)
        path.append(theta.ravel())
        losses.append(np.mean((p - y) ** 2))
        gradient = 2 * scale * ones.T @ ((p - y) * slope(p)) / len(x)
        first = gradient if first is None or not frozen else first
        theta = theta - rate * (first if frozen else gradient) * np.append(np.ones(x.shape[1]), bias)[:, None]
    return np.array(path), np.array(losses)


def returned(student, variant, x, y, steps):
    """Weights and bias in one array (d + 1,), and the losses, as the student's function returned them."""
    result = student.call(variant.function, x, y, RATE, steps)
    if type(result) not in (list, tuple) or len(result) != 3:
        fail("not_three", f"returned {type(result).__name__}")
    w, b, losses = array(result[0]), array(result[1]), array(result[2])
    expect(w.size == x.shape[1] and b.size == 1, detail=f"shapes {w.shape} and {b.shape}")
    return np.append(w.ravel(), b.ravel()), losses


def check_weights(student, variant, rng, steps):
    """The student's weights after *steps* updates are the right ones."""
    x, y = problem(rng, variant.activation)
    theta, _ = returned(student, variant, x, y, steps)

    def end(*args, **kwargs):
        return walk(x, y, steps, *args, **kwargs)[0][-1]

    wrong = {
        "untouched": np.zeros_like(theta),
        "bias_untouched": end(variant.activation, bias=False),
        "ascent": end(variant.activation, -RATE),
        "rate_ignored": end(variant.activation, 1.0),
        "not_averaged": end(variant.activation, scale=len(x)),
    }
    if variant.activation != "none":
        wrong["activation_missing"] = end("none")
    if steps > 1:
        wrong["one_step_only"] = walk(x, y, 1, variant.activation)[0][-1]
        wrong["gradient_once"] = end(variant.activation, frozen=True)
    assert_close(theta, end(variant.activation), mistakes=wrong, **CLOSE)


@points(2)
def test_one_step(student, variant, rng):
    """One update moves weights and bias against the gradient of the stated loss."""
    check_weights(student, variant, rng, 1)


@points(2)
def test_many_steps(student, variant, rng):
    """Each update takes its gradient at the weights that the one before left."""
    check_weights(student, variant, rng, 12)


@points(1)
def test_losses(student, variant, rng):
    """There is a loss for each step, that of the prediction made before the update."""
    x, y = problem(rng, variant.activation)
    steps = 6
    _, losses = returned(student, variant, x, y, steps)
    _, right = walk(x, y, steps, variant.activation)
    expect(losses.size == steps, "number_of_losses", f"{losses.size} losses for {steps} steps")
    assert_close(losses.ravel(), right[:-1], mistakes={"loss_after_update": right[1:]}, **CLOSE)
