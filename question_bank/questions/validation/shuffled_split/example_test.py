"""Twenty samples whose label can be read off the sample."""

import numpy as np

from question_bank.checks import array, expect, points

# the label of a sample is ten times its first feature
X = np.array([[float(i), i / 10] for i in range(20)])
Y = np.arange(0, 200, 10)


def parts(student, variant):
    """The four arrays; the validation data are to have 8 samples, the training data 12."""
    result = student.call(variant.function, X, Y, 8 if variant.given == "val" else 12, 1)
    expect(result is not None, "nothing_returned", "None")
    expect(type(result) in (list, tuple) and len(result) == 4, detail="not four arrays")
    return [array(one) for one in result]


@points(1)
def test_example_sizes(student, variant):
    """Twelve samples and labels to train with, eight to validate."""
    x_train, y_train, x_val, y_val = parts(student, variant)
    expect(len(x_val) != 12, "sizes_swapped", "12 validation samples")
    shapes = [one.shape for one in (x_train, y_train, x_val, y_val)]
    expect(shapes == [(12, 2), (12,), (8, 2), (8,)], detail=f"shapes {shapes}")


@points(1)
def test_example_pairs(student, variant):
    """Every sample is there once, with its own label, and no longer in the old order."""
    x_train, y_train, x_val, y_val = parts(student, variant)
    numbers = [*x_train[:, 0], *x_val[:, 0]]
    expect([10 * number for number in numbers] == [*y_train, *y_val], "apart", "labels of other samples")
    expect(
        sorted(numbers) == list(range(20)),
        "overlap" if len(set(numbers)) < len(numbers) else "lost",
        f"samples {numbers}",
    )
    expect(sorted(x_val[:, 0]) not in (list(range(8)), list(range(12, 20))), "not_shuffled", "an end of the data")
