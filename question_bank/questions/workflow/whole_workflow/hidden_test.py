"""
A classifier that the student's own code trains on 500 points, judged on 500 others.

What is measured is the mean probability that the hidden points' true classes get. Of a model that has learned
nothing it is near 1 / classes, whatever the seed, while its accuracy may be anything. One call takes 1 to 2 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_at_least, expect, fail, points

PASS = 0.7
TRUE_LABELS_SEED, MOVED_LABELS_SEED = 11, 12


def draw_points(rng, variant, n=500):
    """Points (n, 2) in a cloud for each class, and their classes (n,)."""
    labels = rng.integers(0, variant.classes, n)
    angles = 2 * np.pi * labels / variant.classes + np.deg2rad(variant.turn)
    centres = 3 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return (centres + 0.5 * rng.normal(size=(n, 2))).astype("float32"), labels


@pytest.fixture(scope="module")
def data(rng, variant):
    """Points and classes to train on, and others to judge by."""
    return *draw_points(rng, variant), *draw_points(rng, variant)


def trained(student, variant, data, move, seed):
    """The model trained where every label is *move* larger, and its hidden outputs (500, classes)."""
    x, labels, hidden, _ = data
    labels = (labels + move) % variant.classes
    model = student.call(
        "train", x, labels if variant.labels == "integers" else np.eye(variant.classes)[labels], seed=seed
    )
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(hidden))
    expect(outputs.shape == (len(hidden), variant.classes), "wrong_outputs", f"shape {outputs.shape}")
    expect(bool(np.isfinite(outputs).all()), "undertrained", "not finite")
    return model, outputs


@pytest.fixture(scope="module")
def run(student, variant, data):
    """The model trained on the true labels, and its hidden outputs."""
    return trained(student, variant, data, 0, TRUE_LABELS_SEED)


def as_probabilities(outputs):
    """Rows that sum to 1, also of outputs that are none yet: those are looked at by a test of their own."""
    if (outputs < 0).any() or (outputs > 1).any():
        outputs = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    return outputs / np.maximum(outputs.sum(axis=1, keepdims=True), 1e-9)


def probability(outputs, labels):
    """What the true classes get on average."""
    return as_probabilities(outputs)[np.arange(len(labels)), labels].mean()


def assert_learned(model, outputs, labels):
    """The true classes get a large probability; the history is only a claim, good enough for a hint."""
    mistake = "undertrained" if model.history else "untrained"
    assert_at_least(probability(outputs, labels), PASS, name="probability of the true class", mistake=mistake)


@points(3)
def test_separates(run, data):
    """The trained model gives the true classes of points that it has never seen a large probability."""
    model, outputs = run
    assert_learned(model, outputs, data[3])


@points(2)
def test_learns_what_it_is_given(student, variant, data, rng):
    """Given labels that are all moved by one number, it learns those: it trains on its arguments."""
    move = int(rng.integers(1, variant.classes))
    model, outputs = trained(student, variant, data, move, MOVED_LABELS_SEED)
    if probability(outputs, data[3]) >= PASS:
        fail("ignores_arguments", "predicts the usual labels")
    assert_learned(model, outputs, (data[3] + move) % variant.classes)


@points(1)
def test_probabilities(run, data):
    """What the trained model puts out for a point are probabilities: they sum to 1."""
    model, outputs = run
    assert_learned(model, outputs, data[3])
    sums = outputs.sum(axis=1)
    expect(
        bool((np.abs(sums - 1) <= 1e-3).all() and (outputs >= 0).all()),
        "no_probabilities",
        f"sums from {sums.min():.3f} to {sums.max():.3f}",
    )
