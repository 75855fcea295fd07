"""
SGD with momentum for given gradients, compared with the sum that its two lines come to.

A gradient moves the weights at its own step and, weakened by the coefficient once more each time, at every
step after it: over the steps that are left, a geometric series. No velocity is kept here.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, points

RATE = 0.1


def problem(rng, steps, d=3):
    """Random weights (d,) and gradients (steps, d), none of them near zero."""
    w = rng.uniform(0.5, 2, size=d) * rng.choice((-1, 1), size=d)
    return w, rng.uniform(0.5, 2, size=(steps, d)) * rng.choice((-1, 1), size=(steps, d))


def moved(w, gradients, momentum):
    """The weights after all steps."""
    left = len(gradients) - np.arange(len(gradients))
    series = (1 - momentum**left) / (1 - momentum)
    return w - RATE * series @ gradients


def wrong_moves(w, gradients, momentum):
    """Where people end instead, by the name of the mistake; those that need another walk have one."""
    right = moved(w, gradients, momentum)
    last = RATE * momentum ** np.arange(len(gradients))[::-1] @ gradients
    against, gentle, ahead = w.copy(), w.copy(), w.copy()
    minus, mean, speed = np.zeros_like(w), np.zeros_like(w), np.zeros_like(w)
    for g in gradients:
        minus = -momentum * minus - RATE * g
        mean = momentum * mean + (1 - momentum) * g
        speed = momentum * speed - RATE * g
        against, gentle, ahead = against + minus, gentle - RATE * mean, ahead + momentum * speed - RATE * g
    return {
        "no_momentum": w - RATE * gradients.sum(axis=0),
        "ascent": 2 * w - right,
        "rate_forgotten": w + (right - w) / RATE,
        "one_step_only": w - RATE * gradients[0],
        "velocity_returned": -last,
        "last_step_only": w - last,
        "momentum_minus": against,
        "averaged": gentle,
        "nesterov": ahead,
    }


def check_walk(student, variant, rng, steps, momentum):
    """The student's weights after *steps* random gradients are the right ones."""
    w, gradients = problem(rng, steps)
    given = student.call(variant.function, w, gradients, RATE, momentum)
    values = array(given)
    if values.ndim == 2 and len(values) in (steps, steps + 1):
        expect(False, "path_returned", f"shape {values.shape}")
    assert_close(values, moved(w, gradients, momentum), mistakes=wrong_moves(w, gradients, momentum))


@points(1)
def test_two_steps(student, variant, rng):
    """The second step carries on the velocity of the first."""
    check_walk(student, variant, rng, 2, 0.9)


@points(2)
def test_many_steps(student, variant, rng):
    """Every step carries on the velocity of the step before, for any coefficient."""
    check_walk(student, variant, rng, 5, 0.8)
    check_walk(student, variant, rng, 8, 0.5)


@points(1)
def test_same_direction(student, variant, rng):
    """Where the gradient stays the same, the steps get longer and longer."""
    w, gradients = problem(rng, 1)
    places = [w]
    for steps in range(1, 5):
        same = np.repeat(gradients, steps, axis=0)
        places.append(array(student.call(variant.function, w, same, RATE, 0.9)))
    if all(place.shape == w.shape for place in places):
        lengths = np.abs(np.diff(places, axis=0))
        expect(bool(np.isfinite(lengths).all()), detail="not finite")
        if np.allclose(lengths, lengths[0]):
            expect(False, "no_momentum", "all steps have one length")
    assert_close(places[-1], moved(w, np.repeat(gradients, 4, axis=0), 0.9))
    assert_close(places[1], moved(w, gradients, 0.9))
