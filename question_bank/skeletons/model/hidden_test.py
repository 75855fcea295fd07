"""TODO: what is hidden: count and compute; what a layer says of itself is only a claim."""

import numpy as np

from question_bank.checks import array, assert_close, expect, points


def shapes(model):
    """Of all kernels, in order."""
    return [layer.weights[0].shape for layer in model.layers if layer.weights]


@points(1)
def test_weights(student, variant):
    """The kernels have the shapes of the layers that were asked for."""
    found = shapes(student.model("model"))
    expect(found == [(variant.inputs, variant.units), (variant.units, 1)], detail=f"kernels {found}")


@points(1)
def test_probability(student, variant, rng):
    """Outputs equal what the model's own weights give with ReLU and sigmoid."""
    model = student.model("model")
    expect(shapes(model) == [(variant.inputs, variant.units), (variant.units, 1)], detail="other layers")
    (w1, b1), (w2, b2) = (layer.weights for layer in model.layers if layer.weights)
    x = 5 * rng.normal(size=(20, variant.inputs))
    logits = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    outputs = array(model.predict(x))
    expect(bool(((outputs >= 0) & (outputs <= 1)).all()), "no_sigmoid", "outputs below 0 or above 1")
    assert_close(outputs, 1 / (1 + np.exp(-logits)), atol=1e-4)
