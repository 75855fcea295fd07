"""Two features by hand: from 2 to 6, and from 20 to 40."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points

TRAIN = np.array([[2.0, 40.0], [6.0, 20.0], [3.0, 25.0]])
OTHER = np.array([[4.0, 50.0], [8.0, 30.0]])


def scaled(student, variant):
    """The training data and the other data, scaled; validation and test data are the same here."""
    arrays = [TRAIN, *[OTHER] * (len(variant.arrays) - 1)]
    result = student.call(variant.function, *arrays)
    expect(type(result) in (tuple, list) and len(result) == len(arrays), "one_array")
    return [array(x) for x in result]


@points(1)
def test_example_train(student, variant):
    """The training data: the ends become 0 and 1; 3 is a quarter of the way, and so is 25."""
    assert_close(scaled(student, variant)[0], [[0, 1], [1, 0], [0.25, 0.25]], atol=1e-4)


@points(1)
def test_example_test(student, variant):
    """The test data: (4 - 2) / 4, (50 - 20) / 20, (8 - 2) / 4 and (30 - 20) / 20."""
    own = {"own_statistics": [[0, 1], [1, 0]]}
    assert_close(scaled(student, variant)[-1], [[0.5, 1.5], [1.5, 0.5]], atol=1e-4, mistakes=own)
