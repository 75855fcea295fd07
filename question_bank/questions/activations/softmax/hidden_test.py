"""
Softmax of each row of a batch (n, classes).

The expected values come from `exp(z - log(sum(exp(z))))` with the logarithm of the sum folded pair by pair
(`np.logaddexp`), which is another way to the same numbers than the one that students write.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, points

# float32 is precise enough; it keeps only 4 digits behind the point of a logit of 2000
TOLERANCE, TOLERANCE_LARGE = 1e-5, 1e-3
UNDERFLOW = 1e-30


def expected(z):
    """Rows of probabilities."""
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])


def wrong_ways(z):
    """What people compute instead, by the name of the mistake; only for logits that do not overflow."""
    powers = np.exp(z)
    return {
        "over_samples": powers / powers.sum(axis=0),
        "over_everything": powers / powers.sum(),
        "no_exponential": z / z.sum(axis=1, keepdims=True),
        "not_normalised": powers,
        "largest_only": np.eye(z.shape[1])[z.argmax(axis=1)],
    }


def finite(result, shape, mistake):
    """*result* as an array of that shape; NaN or infinity fails as *mistake*."""
    values = array(result)
    expect(values.shape == shape, detail=f"shape {values.shape}, expected {shape}")
    expect(bool(np.isfinite(values).all()), mistake, "not finite")
    return values


@points(2)
def test_each_row(student, variant, rng):
    """Each row of logits becomes its own probabilities, in a batch of another size than the number of classes."""
    z = rng.normal(scale=1.5, size=(4, 3))
    assert_close(student.call(variant.function, z), expected(z), atol=TOLERANCE, mistakes=wrong_ways(z))


@points(2)
def test_large_logits(student, variant, rng):
    """Logits of a thousand and more neither overflow nor change the differences that count."""
    z = rng.normal(size=(3, 5)) + 1000 * rng.uniform(1, 2)
    assert_close(finite(student.call(variant.function, z), z.shape, "overflow"), expected(z), atol=TOLERANCE_LARGE)


@points(1)
def test_very_different_rows(student, variant, rng):
    """A sample with small logits gets its probabilities also beside one with large logits."""
    z = rng.normal(size=(3, 4)) + np.array([[2000.0], [0.0], [-2000.0]])
    values = finite(student.call(variant.function, z), z.shape, "largest_of_all")
    # what a person who subtracts the batch's largest logit gets without NaN: rows of zeros
    expect(not bool((np.abs(values).sum(axis=1) < UNDERFLOW).any()), "largest_of_all", "a row of zeros")
    assert_close(values, expected(z), atol=TOLERANCE_LARGE)
