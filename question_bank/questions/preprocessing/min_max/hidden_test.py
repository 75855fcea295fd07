"""
Min-max scaling by the training data's minimum and maximum, feature by feature.

The arrays differ in place and spread, so whose statistics were used shows in each of them.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

CLOSE = {"atol": 1e-4, "rtol": 1e-4}


def data(rng, count):
    """The training data and *count* - 1 other arrays, (samples, 3) each; the others leave the training range."""
    arrays = [rng.uniform(-1, 1, size=(samples, 3)) for samples in (12, 6, 7)[:count]]
    places, spreads = np.array([3.0, -40.0, 0.5]), np.array([2.0, 30.0, 0.1])
    for k, x in enumerate(arrays):
        # the ends are there in the training data, and passed on both sides in the others
        x[0], x[-1] = -1 - 0.3 * k, 1 + 0.7 * k
    return [places + spreads * x for x in arrays]


def ends(x):
    """The smallest and the largest value of each feature."""
    ordered = np.sort(x, axis=0)
    return ordered[0].astype(float), ordered[-1].astype(float)


def by(x, statistics):
    """*x* scaled by *statistics*, a minimum and a maximum: how far along the way from one to the other."""
    low, high = statistics
    return x / (high - low) - low / (high - low)


def wrong(x, arrays):
    """What *x* becomes by known mistakes."""
    train = arrays[0]
    low, high = ends(train)
    return {
        "own_statistics": by(x, ends(x)),
        "pooled_statistics": by(x, ends(np.concatenate(arrays))),
        "all_features_together": by(x, ends(train.reshape((-1, 1)))),
        "per_sample": by(x.T, ends(x.T)).T,
        "divided_by_maximum": x / high,
        "minimum_kept": x / (high - low),
        "clipped": np.minimum(np.maximum(by(x, ends(train)), 0), 1),
        "other_scaling": (x - train.mean(axis=0)) / train.std(axis=0),
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
    """Each feature of the training data goes from 0 to 1."""
    arrays = data(rng, len(variant.arrays))
    train = scaled(student, variant, arrays)[0]
    same = ("own_statistics", "clipped")
    mistakes = {name: value for name, value in wrong(arrays[0], arrays).items() if name not in same}
    assert_close(train, by(arrays[0], ends(arrays[0])), mistakes=mistakes, **CLOSE)


@points(3)
def test_others(student, variant, rng):
    """The other data are scaled by the ends of the training data, and may leave [0, 1]."""
    arrays = data(rng, len(variant.arrays))
    results = scaled(student, variant, arrays)
    for x, result in zip(arrays[1:], results[1:], strict=True):
        assert_close(result, by(x, ends(arrays[0])), mistakes=wrong(x, arrays), **CLOSE)


@points(1)
def test_integers(student, variant, rng):
    """Whole numbers are scaled like any others (here the other data stay inside the training range)."""
    arrays = [rng.permutation(np.arange(5, 5 + 3 * n).reshape((n, 3))) + 3 * k for k, n in enumerate((7, 5, 4))]
    arrays = arrays[: len(variant.arrays)]
    for x, result in zip(arrays, scaled(student, variant, arrays), strict=True):
        assert_close(result, by(x, ends(arrays[0])), mistakes=wrong(x, arrays), **CLOSE)
