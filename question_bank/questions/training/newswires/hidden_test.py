"""
A network that the student's own code trains, judged on 2,000 newswires that no student is given.

`docs/calibration.md` has the measured accuracies. One call trains for 1 to 4 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_accuracy, expect, fail, points
from question_bank.data import multi_hot, newswires

PASS = 0.65
ABOVE_MAJORITY = 0.38
"""The most frequent topic alone makes 31 % of the newswires."""
TOPICS = 46
TRUE_LABELS_SEED, MOVED_LABELS_SEED = 11, 12


def trained(student, variant, y, seed):
    """The model that comes back for the given newswires and the labels *y* (3000,), and its hidden outputs."""
    data = newswires()
    targets = y if variant.labels == "integers" else np.eye(TOPICS)[y]
    model = student.call("train", multi_hot(data.x_train, variant.words), targets, seed=seed)
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(multi_hot(data.x_test, variant.words)))
    expect(outputs.shape == (len(data.x_test), TOPICS), "wrong_outputs", f"shape {outputs.shape}")
    return model, outputs


@pytest.fixture(scope="module")
def run(student, variant):
    """The model trained on the true labels, and its outputs for the hidden newswires."""
    return trained(student, variant, newswires().y_train, TRUE_LABELS_SEED)


def reason(model, outputs):
    """The name of what most likely went wrong; the history is only a claim, good enough for a hint."""
    if not model.history:
        return "untrained"
    counts = np.bincount(outputs.argmax(axis=1), minlength=TOPICS)
    return "majority" if counts.max() >= 0.9 * counts.sum() else "undertrained"


@points(2)
def test_probabilities(run):
    """Each hidden newswire gets 46 class probabilities, and they tell something of the newswire."""
    model, outputs = run
    expect(bool(np.isfinite(outputs).all()), "undertrained", "not finite")
    sums = outputs.sum(axis=1)
    expect(
        bool((np.abs(sums - 1) <= 1e-3).all() and (outputs >= 0).all()),
        "no_softmax",
        f"sums from {sums.min():.3f} to {sums.max():.3f}",
    )
    # a constant or an untrained model gives probabilities too
    assert_accuracy(outputs, newswires().y_test, at_least=ABOVE_MAJORITY, mistake=reason(model, outputs))


@points(3)
def test_recognises(run):
    """The trained model names the topic of newswires that it was never given."""
    model, outputs = run
    assert_accuracy(outputs, newswires().y_test, at_least=PASS, mistake=reason(model, outputs))


@points(3)
def test_learns_what_it_is_given(student, variant, rng):
    """Given labels that are all moved by one number, it learns those: it trains on its arguments."""
    move = int(rng.integers(1, TOPICS))
    usual = newswires().y_test
    model, outputs = trained(student, variant, (newswires().y_train + move) % TOPICS, MOVED_LABELS_SEED)
    if (outputs.argmax(axis=1) == usual).mean() >= PASS:
        fail("ignores_arguments", "predicts the usual labels")
    assert_accuracy(outputs, (usual + move) % TOPICS, at_least=PASS, mistake=reason(model, outputs))
