"""The line through points that lie on it exactly."""

import numpy as np

from question_bank.checks import array, expect, points


@points(1)
def test_example_line(student, variant):
    """Half of the points are (-1, 5), half are (1, 1): all lie on y = 3 - 2 x, and x has mean 0 and deviation 1."""
    half = variant.samples // 2
    x = np.array([[-1.0], [1.0]] * half, dtype="float32")
    y = np.array([5.0, 1.0] * half, dtype="float32")
    returned = student.call(variant.function, x, y)
    expect(type(returned) in (list, tuple, np.ndarray) and len(returned) == 2, "not_two_numbers")
    wanted = {"slope": -2.0, "intercept": 3.0}
    for name, value in zip(variant.order, returned, strict=True):
        number = array(value)
        expect(number.size == 1, "not_two_numbers")
        expect(bool(np.abs(number - wanted[name]).max() <= 0.1), detail=f"{name} {number}")
