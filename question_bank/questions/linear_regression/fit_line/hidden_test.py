"""
A line through random points, fitted by the student's own training.

The expected numbers are those of the least-squares line, in closed form. Distance from them over 20 seeds and 160
samples (TOLERANCE is 0.1; the larger of slope and intercept for right ones, the smaller for wrong ones):

| | mean | sd | extreme |
|---|---|---|---|
| SGD 0.1, 20 epochs (the solution) | 0.004 | 0.004 | 0.014 |
| Adam 0.1, 50 epochs | 0.005 | 0.004 | 0.013 |
| RMSprop 0.03, 50 epochs | 0.021 | 0.013 | 0.045 |
| full batches, SGD 0.2, 60 epochs | 0.000 | 0.000 | 0.000 |
| not trained (intercept) | 2.40 | 0.30 | 2.03 |
| Adam with its default 0.001, 10 epochs (intercept) | 2.35 | 0.30 | 1.98 |
| SGD with its default 0.01, 1 epoch (intercept) | 2.17 | 0.27 | 1.84 |

A slope that is not trained starts anywhere from -1.73 to 1.73 (Glorot), so that it is always more than 0.2 off.
"""

import numpy as np
import pytest

from question_bank.checks import array, expect, points

TOLERANCE = 0.1
SMALLEST, LARGEST, APART, NOISE = 2.0, 3.0, 0.5, 0.2
FIRST_SEED, SECOND_SEED = 21, 22


def problem(rng, samples, signs):
    """Standardised x (samples, 1), targets y (samples,), and the slope and intercept of the best line."""
    while True:
        slope, intercept = rng.uniform(SMALLEST, LARGEST, size=2) * signs
        # told apart, so that a pair in the wrong order shows
        if abs(slope - intercept) >= APART:
            break
    x = rng.normal(size=samples)
    x = (x - x.mean()) / x.std()
    y = slope * x + intercept + NOISE * rng.normal(size=samples)
    # x has mean 0 and standard deviation 1: the best slope is the mean of x y, the best intercept the mean of y
    return x[:, None].astype("float32"), y.astype("float32"), {"slope": (x * y).mean(), "intercept": y.mean()}


def pair(result):
    """The two returned numbers, in the order in which they came."""
    expect(result is not None, "nothing_returned")
    parts = list(result) if type(result) in (list, tuple) else [*array(result).ravel()]
    expect(len(parts) == 2, "not_two_numbers", f"{len(parts)} values")
    numbers = [array(part) for part in parts]
    expect(all(part.size == 1 for part in numbers), "not_two_numbers", f"sizes {[part.size for part in numbers]}")
    expect(all(bool(np.isfinite(part).all()) for part in numbers), "not_finite", "NaN or infinite")
    return [float(part.item()) for part in numbers]


def close(a, b):
    """Within the tolerance that the prompt states."""
    return abs(a - b) <= TOLERANCE


def fitted(student, variant, x, y, best, seed):
    """What came back, by name, and whether the two stood in the right order."""
    first, second = pair(student.call(variant.function, x, y, seed=seed))
    asked = dict(zip(variant.order, (first, second), strict=True))
    swapped = dict(zip(variant.order, (second, first), strict=True))
    if all(close(swapped[name], best[name]) for name in best):
        return swapped, False
    return asked, True


def reason(got, best):
    """What most likely went wrong."""
    if close(got["slope"], best["slope"]) and abs(got["intercept"]) < 1e-6:
        return "no_intercept"
    if close(got["intercept"], best["intercept"]) and abs(got["slope"]) <= TOLERANCE:
        return "no_slope"
    return "undertrained"


@pytest.fixture(scope="module")
def first_run(student, variant, rng):
    """The line fitted to the first data, the best line, and whether the order was right."""
    x, y, best = problem(rng, variant.samples, rng.permutation([1, -1]))
    return *fitted(student, variant, x, y, best, FIRST_SEED), best


@points(2)
def test_slope(first_run):
    """The slope is that of the best line."""
    got, _, best = first_run
    expect(close(got["slope"], best["slope"]), reason(got, best), f"slope {got['slope']:.3f}, not {best['slope']:.3f}")


@points(2)
def test_intercept(first_run):
    """The intercept is that of the best line."""
    got, _, best = first_run
    expect(
        close(got["intercept"], best["intercept"]),
        reason(got, best),
        f"intercept {got['intercept']:.3f}, not {best['intercept']:.3f}",
    )


@points(1)
def test_order(first_run):
    """Both numbers are right and stand in the order that was asked for."""
    got, in_order, best = first_run
    expect(in_order, "wrong_order", "swapped")
    expect(all(close(got[name], best[name]) for name in best), reason(got, best))


@points(1)
def test_other_data(student, variant, rng):
    """Other data give the other line: the function fits what it is given."""
    x, y, best = problem(rng, variant.samples, rng.choice([-1, 1], size=2))
    got, _ = fitted(student, variant, x, y, best, SECOND_SEED)
    expect(all(close(got[name], best[name]) for name in best), reason(got, best), f"{got}, not {best}")
