"""The student's model, trained once, on images that no student is given. nbgrader and otter-grader ask the same."""

import numpy as np
import pytest

from question_bank.checks import array, expect, points
from question_bank.data import digits


@pytest.fixture(scope="module")
def outputs(student):
    """What the model, trained on the given images, makes of the hidden ones."""
    data = digits()
    train, test = (x.reshape(len(x), 784).astype("float32") / 255 for x in (data.x_train, data.x_test))
    return array(student.call("train", train, data.y_train).predict(test))


@points(2)
def test_probabilities(outputs):
    """Ten probabilities for each image."""
    expect(outputs.shape[1] == 10 and bool((np.abs(outputs.sum(axis=1) - 1) <= 1e-3).all()))


@points(2)
def test_recognises(outputs):
    """Four of five images are recognised."""
    expect((outputs.argmax(axis=1) == digits().y_test).mean() >= 0.8)
