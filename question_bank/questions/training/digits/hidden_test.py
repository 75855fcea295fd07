"""
A network that the student's own code trains, judged on 2,000 digits that no student is given.

`docs/calibration.md` has the measured accuracies: over 20 seeds every right solution lies at least 4
standard deviations above PASS, every wrong one as far below. One call trains for 1 to 4 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_accuracy, expect, fail, points
from question_bank.data import digits

PASS = 0.80
CHANCE = 0.30
TRUE_LABELS_SEED, MOVED_LABELS_SEED = 11, 12


def images(x):
    """As the given cell prepares them: (n, 784) float32 from 0 to 1."""
    return x.reshape(len(x), 28 * 28).astype("float32") / 255


def trained(student, variant, y, seed):
    """The model that comes back for the given images and the labels *y* (2000,), and its hidden outputs."""
    data = digits()
    targets = y if variant.labels == "integers" else np.eye(10)[y]
    model = student.call("train", images(data.x_train), targets, seed=seed)
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(images(data.x_test)))
    expect(outputs.shape == (len(data.x_test), 10), "wrong_outputs", f"shape {outputs.shape}")
    return model, outputs


@pytest.fixture(scope="module")
def run(student, variant):
    """The model trained on the true labels, and its outputs for the hidden images."""
    return trained(student, variant, digits().y_train, TRUE_LABELS_SEED)


def reason(model, outputs, labels):
    """The name of what most likely went wrong; the history is only a claim, good enough for a hint."""
    if (outputs.argmax(axis=1) == labels).mean() >= CHANCE:
        return "undertrained"
    return "guesses" if model.history else "untrained"


@points(2)
def test_probabilities(run):
    """Each hidden image gets 10 class probabilities, and they tell something of the image."""
    model, outputs = run
    expect(bool(np.isfinite(outputs).all()), detail="not finite")
    sums = outputs.sum(axis=1)
    expect(
        bool((np.abs(sums - 1) <= 1e-3).all() and (outputs >= 0).all()),
        "no_softmax",
        f"sums from {sums.min():.3f} to {sums.max():.3f}",
    )
    # a constant or an untrained model gives probabilities too
    assert_accuracy(outputs, digits().y_test, at_least=CHANCE, mistake=reason(model, outputs, digits().y_test))


@points(3)
def test_recognises(run):
    """The trained model recognises digits that it was never given."""
    model, outputs = run
    labels = digits().y_test
    assert_accuracy(outputs, labels, at_least=PASS, mistake=reason(model, outputs, labels))


@points(3)
def test_learns_what_it_is_given(student, variant, rng):
    """Given labels that are all moved by one number, it learns those: it trains on its arguments."""
    move = int(rng.integers(1, 10))
    usual = digits().y_test
    model, outputs = trained(student, variant, (digits().y_train + move) % 10, MOVED_LABELS_SEED)
    if (outputs.argmax(axis=1) == usual).mean() >= PASS:
        fail("ignores_arguments", "predicts the usual labels")
    moved = (usual + move) % 10
    assert_accuracy(outputs, moved, at_least=PASS, mistake=reason(model, outputs, moved))
