"""
Standardisation by the training data's statistics, feature by feature.

The arrays differ in place and spread, so whose statistics were used shows in each of them.
"""

import math

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

CLOSE = {"atol": 1e-4, "rtol": 1e-4}


def data(rng, count):
    """The training data and *count* - 1 other arrays, (samples, 3) each."""
    arrays = [rng.normal(size=(samples, 3)) for samples in (12, 6, 7)[:count]]
    places, spreads = np.array([3.0, -40.0, 0.5]), np.array([2.0, 30.0, 0.1])
    return [places + spreads * (1.4 * k + (1 + k) * x) for k, x in enumerate(arrays)]


def mean_and_deviation(x, less=0):
    """Of each feature, number by number; the sum of squares is divided by n - *less*."""
    columns = [[float(v) for v in column] for column in x.T]
    means = [math.fsum(column) / len(column) for column in columns]
    squares = [math.fsum((v - m) ** 2 for v in column) for column, m in zip(columns, means, strict=True)]
    return np.array(means), np.array([math.sqrt(s / (len(x) - less)) for s in squares])


def by(x, statistics):
    """*x* standardised by *statistics*, a mean and a deviation."""
    mean, deviation = statistics
    return (x - mean) / deviation


def wrong(x, arrays):
    """What *x* becomes by known mistakes."""
    train = arrays[0]
    mean, deviation = mean_and_deviation(train)
    span = train.max(axis=0) - train.min(axis=0)
    return {
        "own_statistics": by(x, mean_and_deviation(x)),
        "pooled_statistics": by(x, mean_and_deviation(np.concatenate(arrays))),
        "all_features_together": by(x, mean_and_deviation(train.reshape((-1, 1)))),
        "per_sample": by(x.T, mean_and_deviation(x.T)).T,
        "divided_by_variance": (x - mean) / deviation**2,
        "n_minus_one": by(x, mean_and_deviation(train, less=1)),
        "not_divided": x - mean,
        "other_scaling": (x - train.min(axis=0)) / span,
    }


def scaled(student, variant, arrays):
    """What the student's function makes of *arrays*: as many arrays, in order."""
    result = student.call(variant.function, *arrays)
    if type(result) is np.ndarray and result.shape == arrays[0].shape:
        fail("one_array", "a single array")
    expect(type(result) in (tuple, list), detail=f"a {type(result).__name__}")
    expect(len(result) == len(arrays), "one_array" if len(result) == 1 else None, f"{len(result)} arrays")
    return [array(x) for x in result]


@points(2)
def test_train(student, variant, rng):
    """Each feature of the training data gets the mean 0 and the standard deviation 1."""
    arrays = data(rng, len(variant.arrays))
    train = scaled(student, variant, arrays)[0]
    mistakes = {name: value for name, value in wrong(arrays[0], arrays).items() if name != "own_statistics"}
    assert_close(train, by(arrays[0], mean_and_deviation(arrays[0])), mistakes=mistakes, **CLOSE)


@points(3)
def test_others(student, variant, rng):
    """The other data are scaled by the statistics of the training data (divided by n or by n - 1)."""
    arrays = data(rng, len(variant.arrays))
    results = scaled(student, variant, arrays)
    for x, result in zip(arrays[1:], results[1:], strict=True):
        mistakes = wrong(x, arrays)
        sample = mistakes.pop("n_minus_one")
        if result.shape != sample.shape or not np.allclose(result, sample, **CLOSE):
            assert_close(result, by(x, mean_and_deviation(arrays[0])), mistakes=mistakes, **CLOSE)


@points(1)
def test_integers(student, variant, rng):
    """Whole numbers are scaled like any others."""
    arrays = [rng.permutation(np.arange(3 * n).reshape((n, 3))) ** (k + 1) for k, n in enumerate((6, 5, 4))]
    arrays = arrays[: len(variant.arrays)]
    statistics = mean_and_deviation(arrays[0])
    for x, result in zip(arrays, scaled(student, variant, arrays), strict=True):
        assert_close(result, by(x, statistics), mistakes=wrong(x, arrays) if x is not arrays[0] else None, **CLOSE)
