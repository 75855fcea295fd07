"""The repaired output layer, and that the rest is as it was given; an activation may stand in a layer of its own."""

import re

import numpy as np

from question_bank.checks import array, expect, fail, points

OWN_LAYERS = {"ReLU": "relu", "Softmax": "softmax"}
LOSSES = {
    "binarycrossentropy": "binary_crossentropy",
    "bce": "binary_crossentropy",
    "sparsecategoricalcrossentropy": "sparse_categorical_crossentropy",
    "meansquarederror": "mse",
    "mse": "mse",
}


def dense_layers(model):
    """Shape of the kernel and activations of each dense layer in order; fails on any other layer."""
    found = []
    for layer in model.layers:
        activation = OWN_LAYERS.get(layer.kind, layer.config.get("activation"))
        if layer.kind == "Dense":
            expect(bool(layer.weights) and layer.weights[0].ndim == 2, "rest_changed", "no weights yet")
            found.append((layer.weights[0].shape, []))
        expect(layer.kind in ("Dense", "Activation", *OWN_LAYERS) and bool(found), "rest_changed", layer.kind)
        if activation != "linear":
            found[-1][1].append(str(activation))
    expect(bool(found), "rest_changed", "no layers")
    return found


def check_output(model, variant, rng):
    """Fails unless the model puts out as many numbers as stated, of the stated meaning."""
    layers = dense_layers(model)
    (_, units), activations = layers[-1]
    if units == 1 and "softmax" in activations:
        fail("softmax_on_one_unit")
    expect(units == variant.units, "units_wrong", f"{units} units")
    expect(len(activations) <= 1, "activation_twice", f"activations {activations}")
    activation = (activations or ["linear"])[0]
    if activation != variant.activation:
        if variant.activation == "linear":
            fail("values_limited", activation)
        if activation == "linear":
            fail("no_probability")
        named = {("sigmoid", "softmax"): "sigmoid_for_exclusive", ("softmax", "sigmoid"): "softmax_for_independent"}
        fail(named.get((activation, variant.activation), "wrong_activation"), activation)
    outputs = array(model.predict(rng.normal(size=(16, layers[0][0][0])).astype("float32")))
    expect(outputs.shape == (16, variant.units), "units_wrong", f"shape {outputs.shape}")
    if variant.activation == "softmax":
        expect(bool(np.allclose(outputs.sum(axis=1), 1, atol=1e-4)), "wrong_activation", "sums are not 1")


@points(3)
def test_output(student, variant, rng):
    """The model puts out as many numbers as stated, and they have the stated meaning."""
    check_output(student.model("model"), variant, rng)


@points(1)
def test_rest(student, variant, rng):
    """With the output repaired, the other layers and the loss are those of the given code."""
    model = student.model("model")
    check_output(model, variant, rng)
    layers = dense_layers(model)
    sizes = [layers[0][0][0], *(shape[1] for shape, _ in layers)]
    expect(sizes == [variant.inputs, *variant.hidden, variant.units], "rest_changed", f"sizes {sizes}")
    hidden = [activations for _, activations in layers[:-1]]
    expect(hidden == [["relu"]] * len(variant.hidden), "rest_changed", f"hidden activations {hidden}")
    told = model.compiled.get("loss")
    words = re.findall(r"[a-z]+", told.lower().replace("_", "")) if isinstance(told, str) else []
    losses = [LOSSES[word] for word in words if word in LOSSES]
    expect(losses == [variant.loss] and "fromlogits" not in words, "loss_changed", str(told))
