"""Two features by hand: the means are 4 and 30, the standard deviations 2 and 10."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points

TRAIN = np.array([[2.0, 40.0], [6.0, 20.0], [2.0, 20.0], [6.0, 40.0]])
OTHER = np.array([[4.0, 50.0], [8.0, 30.0]])


def scaled(student, variant):
    """The training data and the other data, scaled; validation and test data are the same here."""
    arrays = [TRAIN, *[OTHER] * (len(variant.arrays) - 1)]
    result = student.call(variant.function, *arrays)
    expect(type(result) in (tuple, list) and len(result) == len(arrays), "one_array")
    return [array(x) for x in result]


@points(1)
def test_example_train(student, variant):
    """The training data: 2 and 6 become -1 and 1, so do 20 and 40."""
    assert_close(scaled(student, variant)[0], [[-1, 1], [1, -1], [-1, -1], [1, 1]], atol=1e-4)


@points(1)
def test_example_test(student, variant):
    """The test data: (4 - 4) / 2, (50 - 30) / 10, (8 - 4) / 2 and (30 - 30) / 10."""
    # by their own means 6 and 40 and deviations 2 and 10
    own = {"own_statistics": [[-1, 1], [1, -1]]}
    assert_close(scaled(student, variant)[-1], [[0, 2], [2, 0]], atol=1e-4, mistakes=own)
