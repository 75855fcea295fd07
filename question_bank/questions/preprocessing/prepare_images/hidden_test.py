"""
Preparing grey images: shape, values and data type are tested apart.

No image of the batches holds the largest value that a pixel can have, so a maximum that is looked up shows.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, points


def batch(rng, n, h, w, top):
    """Images (n, h, w) of `uint8`, from 0 to a little below *top*."""
    images = rng.integers(1, top - 2, size=(n, h, w)).astype(np.uint8)
    images[:, 0, 0] = 0
    images[0, -1, -1] = top - 2
    return images


def in_form(images, form):
    """*images* in the shape asked for, in float64."""
    n, h, w = images.shape
    return images.astype(float).reshape((n, h * w) if form == "rows" else (n, h, w, 1))


@points(1)
def test_shape(student, variant, rng):
    """Every batch gets the shape asked for, the pixels in their order, whatever their scale."""
    for n, h, w in ((6, 4, 5), (1, 3, 7)):
        images = batch(rng, n, h, w, variant.top)
        got = array(student.call(variant.function, images))
        want = in_form(images, variant.form)
        expect(got.shape != images.shape, "not_reshaped", f"shape {got.shape}")
        expect(got.size != images.size or got.ndim != 1, "batch_lost", f"shape {got.shape}")
        expect(got.shape == want.shape, detail=f"shape {got.shape}, expected {want.shape}")
        expect(bool(np.isfinite(got).all()) and got.max() > 0, detail="no pixels")
        # one factor for all pixels
        expect(bool(np.allclose(got * (want.max() / got.max()), want, atol=0.01)), "scrambled", "not in order")


@points(2)
def test_values(student, variant, rng):
    """Pixels go to [0, 1] by the largest possible value, not by the largest at hand; the shape may be any."""
    images = batch(rng, 5, 4, 3, variant.top)
    got = array(student.call(variant.function, images))
    expect(got.size == images.size, detail=f"shape {got.shape}")
    pixels = images.astype(float).ravel()
    assert_close(
        np.sort(got.ravel()),
        np.sort(pixels) / variant.top,
        mistakes={
            "not_scaled": np.sort(pixels),
            "floor_division": np.zeros(len(pixels)),
            "own_maximum": np.sort(pixels) / pixels.max(),
        },
    )


@points(1)
def test_dtype(student, variant, rng):
    """What comes back is of type float32, and the images still tell from each other."""
    result = student.call(variant.function, batch(rng, 3, 6, 2, variant.top))
    values = array(result)
    expect(type(result) is np.ndarray, detail=f"a {type(result).__name__}")
    expect(result.dtype != np.float64, "float64", "float64")
    expect(result.dtype == np.float32, detail=f"{result.dtype}")
    expect(values.size > 1 and values.min() < values.max(), detail="all values are equal")
