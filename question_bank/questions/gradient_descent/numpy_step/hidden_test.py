"""
Gradient descent of a linear model without bias term; the loss is `mean((x @ w - y) ** 2) / divisor`.

The path that comes back is the only trace of an array changed in place: a student's code gets copies.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

RATE = 0.1


def problem(rng):
    """Random samples (7, 3) with a column of ones, targets (7,) and weights (3,)."""
    x = rng.normal(size=(7, 3))
    x[:, 0] = 1
    return x, rng.normal(size=7), rng.normal(size=3)


def gradient(x, y, w, divisor):
    """Of the loss with respect to *w*."""
    return 2 / divisor * x.T @ (x @ w - y) / len(x)


def walk(x, y, w, steps, step):
    """The last weights after *steps* updates by *step*(w)."""
    for _ in range(steps):
        w = w - step(w)
    return w


def wrong_steps(x, y, divisor):
    """What people subtract from w instead, by the name of the mistake."""
    g = lambda w: gradient(x, y, w, divisor)  # noqa: E731
    return {
        "ascent": lambda w: -RATE * g(w),
        "rate_ignored": lambda w: g(w),
        "factor_two": lambda w: RATE * g(w) * (0.5 if divisor == 1 else 2),
        "not_averaged": lambda w: RATE * g(w) * len(x),
        "input_forgotten": lambda w: RATE * 2 / divisor * np.mean(x @ w - y),
    }


def last(path):
    """The last weights of a path, or of what was returned in its place."""
    path = array(path)
    if path.ndim == 1:
        return path
    expect(path.ndim == 2 and len(path) > 0, detail=f"shape {path.shape}")
    return path[-1]


@points(3)
def test_first_step(student, variant, rng):
    """One step goes against the gradient, by learning rate times gradient of exactly the stated loss."""
    x, y, w = problem(rng)
    path = student.call(variant.function, x, y, w, RATE, 1)
    assert_close(
        last(path),
        w - RATE * gradient(x, y, w, variant.divisor),
        mistakes={name: w - step(w) for name, step in wrong_steps(x, y, variant.divisor).items()},
    )


@points(2)
def test_several_steps(student, variant, rng):
    """Each step takes its gradient at the weights that the step before left."""
    x, y, w = problem(rng)
    path = student.call(variant.function, x, y, w, RATE, 4)
    first = gradient(x, y, w, variant.divisor)
    wrong = {name: walk(x, y, w, 4, step) for name, step in wrong_steps(x, y, variant.divisor).items()}
    assert_close(
        last(path),
        walk(x, y, w, 4, lambda w: RATE * gradient(x, y, w, variant.divisor)),
        mistakes={"one_step_only": w - RATE * first, "gradient_once": w - 4 * RATE * first, **wrong},
    )


@points(1)
def test_path(student, variant, rng):
    """All weights come back, the first being W0 itself; a shorter run is the beginning of a longer one."""
    x, y, w = problem(rng)
    path = array(student.call(variant.function, x, y, w, RATE, 3))
    if path.shape == w.shape:
        fail("only_last", "one array of weights")
    if path.ndim == 2 and len(path) > 1 and (path == path[0]).all():
        fail("same_array", "all weights of the path are equal")
    if path.shape == (3, len(w)):
        fail("start_missing", "3 arrays for 3 steps")
    expect(path.shape == (4, len(w)), detail=f"shape {path.shape}")
    assert_close(path[0], w)
    assert_close(student.call(variant.function, x, y, w, RATE, 1), path[:2])
    expect(bool((path[1:] != path[:-1]).any(axis=1).all()), detail="two weights in a row are equal")
