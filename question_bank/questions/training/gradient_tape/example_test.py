"""Two steps on two samples, worked out by hand."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points

X, Y = np.array([[1.0], [3.0]], dtype="float32"), np.array([[2.0], [4.0]], dtype="float32")
RATE = 0.1

# z = [0, 0]. Without activation and for tanh: p = [0, 0], p - y = [-2, -4], slope 1
# sigmoid: p = [0.5, 0.5], p - y = [-1.5, -3.5], slope 0.25
# dL/dw = mean(2 * (p - y) * slope * x), dL/db = mean(2 * (p - y) * slope)
ONE_STEP = {"sigmoid": (0.3, 0.125, 7.25), "none": (1.4, 0.6, 10.0), "tanh": (1.4, 0.6, 10.0)}
# at (w, b) of one step: z = [2, 4.8] or, for the sigmoid, [0.425, 1.025]
SECOND = {
    "none": np.array([2.0, 4.8]),
    "tanh": np.tanh([2.0, 4.8]),
    "sigmoid": 1 / (1 + np.exp([-0.425, -1.025])),
}
SLOPE = {"none": lambda p: 1.0, "tanh": lambda p: 1 - p**2, "sigmoid": lambda p: p * (1 - p)}


def second(activation):
    """Weight and bias after the second step, and the loss before it."""
    p, error = SECOND[activation], SECOND[activation] - [2, 4]
    step = RATE * 2 * error * SLOPE[activation](p)
    w, b, _ = ONE_STEP[activation]
    return w - (step * [1, 3]).mean(), b - step.mean(), (error**2).mean()


def returned(student, variant, steps):
    """Weights, bias and losses, each a flat array."""
    result = student.call(variant.function, X, Y, RATE, steps)
    expect(type(result) in (list, tuple) and len(result) == 3, "not_three", "expected weights, bias and losses")
    return (array(part).reshape(-1) for part in result)


@points(1)
def test_example_one_step(student, variant):
    """One step on two samples gives the weight, the bias and the loss found by hand."""
    w, b, losses = returned(student, variant, 1)
    want = ONE_STEP[variant.activation]
    assert_close(w, [want[0]], atol=1e-5, mistakes={"untouched": [0.0], "ascent": [-want[0]]})
    assert_close(b, [want[1]], atol=1e-5, mistakes={"bias_untouched": [0.0]})
    assert_close(losses, [want[2]], atol=1e-5, mistakes={"loss_after_update": [second(variant.activation)[2]]})


@points(1)
def test_example_two_steps(student, variant):
    """Two steps on the same samples give the weight, the bias and the two losses found by hand."""
    w, b, losses = returned(student, variant, 2)
    first, last = ONE_STEP[variant.activation], second(variant.activation)
    assert_close(w, [last[0]], atol=1e-4, mistakes={"one_step_only": [first[0]], "gradient_once": [2 * first[0]]})
    assert_close(b, [last[1]], atol=1e-4)
    expect(losses.size == 2, "number_of_losses", f"{losses.size} losses for 2 steps")
    assert_close(losses, [first[2], last[2]], atol=1e-4)
