"""
Three short texts by hand, and a model trained on the reviews that every student is given.

A call trains for 1 to 3 seconds.
"""

import numpy as np
import pytest

from question_bank.checks import array, assert_accuracy, assert_close, expect, points
from question_bank.data import multi_hot, reviews


@points(1)
def test_example_multi_hot(student, variant):
    """[1, 5, 9] marks columns 1, 5 and 9; a word that comes twice marks its column once."""
    got = student.call("multi_hot", [[1, 5, 9], [1, 2, 7, 7], [1]])
    if isinstance(got, np.ndarray) and got.dtype == bool:
        got = got.astype(float)
    want, twice = np.zeros((3, variant.words)), np.zeros((3, variant.words))
    want[0, 1] = want[0, 5] = want[0, 9] = 1
    want[1, 1] = want[1, 2] = want[1, 7] = 1
    want[2, 1] = 1
    twice[:] = want
    twice[1, 7] = 2
    got = array(got)
    expect(got.ndim == 2 and got.shape[1] == variant.words, "wrong_width", f"shape {got.shape}")
    assert_close(got, want, mistakes={"counted": twice})


@pytest.fixture(scope="module")
def run(student, variant):
    """The model trained on the given reviews, and its outputs for the same reviews."""
    data = reviews()
    x = multi_hot(data.x_train, variant.words)
    model = student.call("train", x, data.y_train)
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(x))
    expect(outputs.shape == (len(x), 1), "wrong_outputs", f"shape {outputs.shape}")
    return model, outputs[:, 0]


@points(1)
def test_example_probability(run):
    """Each review gets one number from 0 to 1, and not the same one."""
    _, outputs = run
    expect(bool(((outputs >= 0) & (outputs <= 1)).all()), "no_sigmoid")
    expect(bool((outputs < 1).any()), "always_one")


@points(1)
def test_example_remembers(run):
    """Most of the reviews that it was trained with are recognised."""
    model, outputs = run
    mistake = "undertrained" if model.history else "untrained"
    assert_accuracy((outputs > 0.5).astype(int), reviews().y_train, at_least=0.78, mistake=mistake)
