"""
Multi-hot vectors against sets in plain Python, and a network judged on 2,000 reviews that no student is given.

`docs/calibration.md` has the measured accuracies. One call trains for 1 to 3 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_accuracy, assert_close, expect, fail, points
from question_bank.data import multi_hot, reviews

PASS = 0.72
TRUE_LABELS_SEED, SWAPPED_LABELS_SEED = 11, 12


def some_texts(rng, words):
    """A dozen short texts: 1 begins each, 2 stands for unknown words, and some words come twice or more."""
    texts = []
    for length in rng.integers(6, 30, size=12):
        known = rng.integers(4, words, size=length)
        text = np.concatenate([[1, 2], known, rng.choice(known, size=3), [words - 1]])
        texts.append([int(word) for word in text])
    return texts


@points(2)
def test_multi_hot(student, variant, rng):
    """A text's row holds 1 at the numbers that occur in it, however often, and 0 elsewhere."""
    texts, columns = some_texts(rng, variant.words), range(variant.words)
    got = student.call("multi_hot", texts)
    if isinstance(got, np.ndarray) and got.dtype == bool:
        got = got.astype(float)
    want = np.array([[column in text for column in columns] for text in texts], dtype=float)
    counts = np.array([[text.count(column) for column in columns] for text in texts], dtype=float)
    shifts = {f"shifted by {by}": np.roll(want, -by, axis=1) for by in (1, 3)}
    got = array(got)
    expect(got.ndim == 2 and len(got) == len(texts), detail=f"shape {got.shape}")
    if any(got.shape == want.shape and np.array_equal(got, shifted) for shifted in shifts.values()):
        fail("shifted")
    expect(got.shape == want.shape, "wrong_width", f"shape {got.shape}")
    assert_close(got, want, mistakes={"counted": counts})


def trained(student, variant, y, seed):
    """The model that comes back for the given reviews and the labels *y* (3000,), and its hidden outputs."""
    data = reviews()
    model = student.call("train", multi_hot(data.x_train, variant.words), y, seed=seed)
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(multi_hot(data.x_test, variant.words)))
    expect(outputs.shape == (len(data.x_test), 1), "wrong_outputs", f"shape {outputs.shape}")
    expect(bool(np.isfinite(outputs).all()), "undertrained", "not finite")
    return model, outputs[:, 0]


@pytest.fixture(scope="module")
def run(student, variant):
    """The model trained on the true labels, and its outputs for the hidden reviews."""
    return trained(student, variant, reviews().y_train, TRUE_LABELS_SEED)


def assert_recognises(model, outputs, labels):
    """The outputs name the right class often enough; the history is only a claim, good enough for a hint."""
    expect(bool((outputs < 1).any()), "always_one", "every output is 1")
    assert_accuracy(
        (outputs > 0.5).astype(int), labels, at_least=PASS, mistake="undertrained" if model.history else "untrained"
    )


@points(2)
def test_probability(run):
    """The one output is the probability of class 1, as a model that has learned the classes gives it."""
    model, outputs = run
    # an untrained model gives numbers from 0 to 1 too
    assert_recognises(model, outputs, reviews().y_test)
    inside = bool(((outputs >= 0) & (outputs <= 1)).all())
    expect(inside, "no_sigmoid", f"from {outputs.min():.3f} to {outputs.max():.3f}")


@points(2)
def test_recognises(run):
    """The trained model tells good reviews from bad ones that it was never given."""
    model, outputs = run
    assert_recognises(model, outputs, reviews().y_test)


@points(2)
def test_learns_what_it_is_given(student, variant):
    """Given the labels the other way round, it learns those: it trains on its arguments."""
    usual = reviews().y_test
    model, outputs = trained(student, variant, 1 - reviews().y_train, SWAPPED_LABELS_SEED)
    if ((outputs > 0.5) == usual).mean() >= PASS:
        fail("ignores_arguments", "predicts the usual labels")
    assert_recognises(model, outputs, 1 - usual)
