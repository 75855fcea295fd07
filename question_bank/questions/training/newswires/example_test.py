"""
Trained on the newswires that every student is given; what a model makes of texts it has seen is easy to foresee.

A call trains for 1 to 4 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_accuracy, expect, points
from question_bank.data import multi_hot, newswires


@pytest.fixture(scope="module")
def run(student, variant):
    """The model trained on the given newswires, and its outputs for the same newswires."""
    data = newswires()
    x = multi_hot(data.x_train, variant.words)
    model = student.call("train", x, data.y_train if variant.labels == "integers" else np.eye(46)[data.y_train])
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(x))
    expect(outputs.shape == (len(x), 46), "wrong_outputs", f"shape {outputs.shape}")
    return model, outputs


@points(1)
def test_example_probabilities(run):
    """Each newswire gets 46 numbers that sum to 1."""
    _, outputs = run
    sums = outputs.sum(axis=1)
    expect(bool((np.abs(sums - 1) <= 1e-3).all()), "no_softmax", f"sums from {sums.min():.3f} to {sums.max():.3f}")


@points(1)
def test_example_remembers(run):
    """Most of the newswires that it was trained with are recognised."""
    model, outputs = run
    mistake = "undertrained" if model.history else "untrained"
    assert_accuracy(outputs, newswires().y_train, at_least=0.70, mistake=mistake)
