"""Two tiny images by hand."""

import numpy as np

from question_bank.checks import assert_close, expect, points

IMAGES = np.array([[[0, 3], [6, 9]], [[12, 0], [15, 1]]], dtype=np.uint8)
FLAT = [[0, 3, 6, 9], [12, 0, 15, 1]]


@points(1)
def test_example_two_images(student, variant):
    """Two images of 2×2 pixels: shape, values and data type."""
    got = student.call(variant.function, IMAGES)
    want = np.array(FLAT) / variant.top
    if variant.form == "channel":
        want = want.reshape((2, 2, 2, 1))
    assert_close(got, want, mistakes={"not_scaled": want * variant.top})
    expect(type(got) is np.ndarray and got.dtype == np.float32, detail="not float32")
