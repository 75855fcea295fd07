"""
Trained on the images that every student is given; what a model makes of images it has seen is easy to foresee.

A call trains for 1 to 4 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_accuracy, expect, fail, points
from question_bank.data import digits

SEVEN = 7


def trained(student, variant, y):
    """What `train` returns for the given images and the labels *y*, and its outputs for those images."""
    x = digits().x_train.reshape(-1, 28 * 28).astype("float32") / 255
    model = student.call("train", x, y if variant.labels == "integers" else np.eye(10)[y])
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(x))
    expect(outputs.shape == (len(x), 10), "wrong_outputs", f"shape {outputs.shape}")
    return model, outputs


@pytest.fixture(scope="module")
def run(student, variant):
    """The model trained on the given labels."""
    return trained(student, variant, digits().y_train)


@points(1)
def test_example_probabilities(run):
    """Each image gets ten numbers that sum to 1."""
    _, outputs = run
    sums = outputs.sum(axis=1)
    expect(bool((np.abs(sums - 1) <= 1e-3).all()), "no_softmax", f"sums from {sums.min():.3f} to {sums.max():.3f}")


@points(1)
def test_example_remembers(run):
    """Most of the images that it was trained with are recognised."""
    model, outputs = run
    right = (outputs.argmax(axis=1) == digits().y_train).mean()
    mistake = "undertrained" if right >= 0.25 else "guesses" if model.history else "untrained"
    assert_accuracy(outputs, digits().y_train, at_least=0.85, mistake=mistake)


@points(1)
def test_example_every_label_is_seven(student, variant):
    """Where every label is 7, the model learns to answer 7."""
    sevens = np.full(len(digits().y_train), SEVEN)
    _, outputs = trained(student, variant, sevens)
    if (outputs.argmax(axis=1) == digits().y_train).mean() >= 0.85:
        fail("ignores_arguments", "predicts the usual labels")
    assert_accuracy(outputs, sevens, at_least=0.99)
