"""
Every class at one single point: what a trained model makes of these points is easy to foresee.

A call trains for 1 to 2 seconds.
"""

import numpy as np

from question_bank.checks import array, assert_close, expect, points


def trained(student, variant, labels):
    """What `train` returns for 100 points in the middle of each cloud, and its outputs for the middles."""
    angles = 2 * np.pi * np.arange(variant.classes) / variant.classes
    middles = 3 * np.stack([np.cos(angles), np.sin(angles)], axis=1).astype("float32")
    y = np.tile(labels, 100)
    y = y if variant.labels == "integers" else np.eye(variant.classes)[y]
    model = student.call("train", np.tile(middles, (100, 1)), y)
    expect(model is not None, "nothing_returned")
    expect(hasattr(model, "predict"), "no_model", f"returned {type(model).__name__}")
    outputs = array(model.predict(middles))
    expect(outputs.shape == (variant.classes, variant.classes), "wrong_outputs", f"shape {outputs.shape}")
    return model, outputs


@points(1)
def test_example_middles(student, variant):
    """Each middle gets probabilities that sum to 1, the largest for its own class."""
    model, outputs = trained(student, variant, np.arange(variant.classes))
    assert_close(outputs.sum(axis=1), np.ones(variant.classes), atol=1e-3)
    found = outputs.argmax(axis=1)
    expect(bool((found == np.arange(variant.classes)).all()), "undertrained" if model.history else "untrained")


@points(1)
def test_example_every_label_is_two(student, variant):
    """Where every label is 2, the model learns to answer 2."""
    model, outputs = trained(student, variant, np.full(variant.classes, 2))
    found = outputs.argmax(axis=1)
    expect(bool((found == 2).all()), "ignores_arguments" if model.history else "untrained", f"answers {found}")
