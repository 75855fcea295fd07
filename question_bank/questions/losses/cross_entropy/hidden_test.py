"""
Mean categorical cross-entropy by the natural logarithm; what is expected is worked out from true classes.

Probabilities that are not 0 are 0.02 or more, so that to raise small ones to epsilon, to add epsilon to all
of them, and to cut at 1 - epsilon as well give the same within the tolerance.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

ATOL = 1e-4


def problem(rng, samples):
    """True classes (samples,), their one-hot rows, and predicted distributions without a 0, of 3 to 6 classes."""
    count = int(rng.integers(3, 7))
    predicted = rng.uniform(0.1, 1, size=(samples, count))
    predicted /= predicted.sum(axis=1, keepdims=True)
    classes = rng.integers(0, count, size=samples)
    return classes, np.eye(count)[classes], predicted


def emptied(predicted, rows, places):
    """*predicted* with a 0 at each of the *places* in *rows*; the rows sum to 1 again."""
    predicted = predicted.copy()
    predicted[rows, places] = 0
    return predicted / predicted.sum(axis=1, keepdims=True)


def losses(classes, predicted, epsilon):
    """-log of each true class's probability."""
    hits = predicted[np.arange(len(classes)), classes]
    return -np.log(np.where(hits < epsilon, epsilon, hits))


def wrong_values(classes, predicted, epsilon):
    """What the usual mistakes lead to, by name."""
    each = losses(classes, predicted, epsilon)
    right, count = each.mean(), predicted.shape[1]
    safe = np.where(predicted < epsilon, epsilon, predicted)
    near_one_hot = np.where(np.eye(count)[classes] == 1, 1, epsilon)
    return {
        "over_elements": right / count,
        "base_two": right / np.log(2),
        "sign": -right,
        "unweighted": -np.log(safe).sum(axis=1).mean(),
        "swapped": -(safe * np.log(near_one_hot)).sum(axis=1).mean(),
    }


def check(got, classes, predicted, epsilon, mistakes=None):
    """*got* is the mean of the samples' losses."""
    each = losses(classes, predicted, epsilon)
    values = array(got)
    if len(classes) > 1 and (values.shape == each.shape or values.size == each.size):
        fail("not_averaged", "one value for each sample")
    expect(values.size == 1, detail=f"shape {values.shape}")
    expect(bool(np.isfinite(values).all()), "not_finite", f"returned {values.item()}")
    known = {**wrong_values(classes, predicted, epsilon), **(mistakes or {})}
    if len(classes) > 1:
        known = {"not_averaged": each.sum(), **known}
    assert_close(values.item(), each.mean(), atol=ATOL, mistakes=known)


@points(2)
def test_one_sample(student, variant, rng):
    """For one sample it is minus the natural logarithm of the true class's probability."""
    for _ in range(3):
        classes, targets, predicted = problem(rng, 1)
        got = student.call(variant.function, targets, predicted)
        check(got, classes, predicted, 10.0**-variant.exponent)


@points(2)
def test_mean(student, variant, rng):
    """For several samples it is the mean over the samples."""
    classes, targets, predicted = problem(rng, int(rng.integers(5, 9)))
    got = student.call(variant.function, targets, predicted)
    check(got, classes, predicted, 10.0**-variant.exponent)


@points(1)
def test_zero_for_another_class(student, variant, rng):
    """A probability of 0 for a class that is not the true one does no harm."""
    classes, targets, predicted = problem(rng, 6)
    # in every second row the class after the true one
    rows = np.arange(0, 6, 2)
    predicted = emptied(predicted, rows, (classes[rows] + 1) % predicted.shape[1])
    got = student.call(variant.function, targets, predicted)
    check(got, classes, predicted, 10.0**-variant.exponent)


@points(2)
def test_zero_for_the_true_class(student, variant, rng):
    """A probability of 0 for the true class costs as much as the smallest probability that is stated."""
    classes, targets, predicted = problem(rng, 5)
    predicted = emptied(predicted, [1, 3], classes[[1, 3]])
    got = student.call(variant.function, targets, predicted)
    known = predicted[np.arange(5), classes] > 0
    free = losses(classes[known], predicted[known], 1e-9)
    if array(got).size == 1 and np.isclose(array(got).item(), [free.sum() / 5, free.mean()], atol=ATOL).any():
        fail("zero_is_free", "equals the mean without the zeros")
    for exponent in set(range(1, 17)) - {variant.exponent}:
        other = losses(classes, predicted, 10.0**-exponent).mean()
        if array(got).size == 1 and np.isclose(array(got).item(), other, atol=ATOL):
            fail("other_epsilon", f"equals the result with 1e-{exponent}")
    check(got, classes, predicted, 10.0**-variant.exponent)
