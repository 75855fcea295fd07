"""Outputs as they are computed sample by sample, and the sizes of the batches that a student reports."""

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

ACTIVATIONS = {
    "relu": lambda z: np.where(z > 0, z, 0),
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2),
    "tanh": np.tanh,
}


def problem(rng, variant, samples):
    """Random samples (n, 5), weights (5, 3) and the outputs (n, 3), each found on its own."""
    x, w = rng.normal(size=(samples, 5)), rng.normal(size=(5, 3))
    return x, w, np.array([ACTIVATIONS[variant.activation](np.sum(row * w.T, axis=1)) for row in x])


def returned(student, variant, x, w, batch_size):
    """Outputs as they came, and the sizes (batches,)."""
    result = student.call(variant.function, x, w, batch_size)
    expect(type(result) in (list, tuple) and len(result) == 2, "not_two", f"returned {type(result).__name__}")
    sizes = array(result[1])
    expect(sizes.ndim == 1, "count_only", f"sizes of shape {sizes.shape}")
    return result[0], sizes


def check_sizes(sizes, samples, batch_size):
    """The sizes are those of full batches and of one with the samples left over, if there are any."""
    full, rest = divmod(samples, batch_size)
    wrong = {"single_batch": [samples], "one_by_one": [1] * samples, "last_batch_dropped": [batch_size] * full}
    wrong["last_size_wrong"] = [batch_size] * (full + 1)
    if not rest:
        wrong["empty_batch"] = [batch_size] * full + [0]
    assert_close(sizes, [batch_size] * full + [rest] * bool(rest), mistakes=wrong)


def check(student, variant, rng, samples, batch_size):
    """Outputs and sizes are right for so many samples."""
    x, w, right = problem(rng, variant, samples)
    outputs, sizes = returned(student, variant, x, w, batch_size)
    if type(outputs) in (list, tuple) and len(outputs) < samples:
        fail("not_joined", f"a list of {len(outputs)}")
    check_sizes(sizes, samples, batch_size)
    assert_close(outputs, right, atol=1e-5, rtol=1e-4)


@points(2)
def test_full_batches(student, variant, rng):
    """Where the batch size divides the number of samples, all batches are full and none is empty."""
    batch_size = int(rng.integers(4, 8))
    check(student, variant, rng, batch_size * int(rng.integers(3, 6)), batch_size)


@points(2)
def test_smaller_last_batch(student, variant, rng):
    """The samples left over make a smaller last batch, and their outputs come last."""
    batch_size = int(rng.integers(5, 9))
    check(student, variant, rng, batch_size * int(rng.integers(3, 6)) + int(rng.integers(2, batch_size)), batch_size)


@points(1)
def test_few_samples(student, variant, rng):
    """One sample more than a batch makes two batches, and fewer samples than a batch make one."""
    check(student, variant, rng, 9, 8)
    check(student, variant, rng, 3, 8)


@points(1)
def test_sizes(student, variant, rng):
    """The sizes of the batches are told in their order, whatever the outputs are."""
    x, w, _ = problem(rng, variant, 25)
    check_sizes(returned(student, variant, x, w, 7)[1], 25, 7)
