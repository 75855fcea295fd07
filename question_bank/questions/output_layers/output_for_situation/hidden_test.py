"""
The output layer of a compiled model and its loss, in all forms that mean the same.

A sigmoid or softmax may stand in the layer, in a layer of its own, or in the loss (`from_logits=True`).
"""

import re

import numpy as np

from question_bank.checks import expect, fail, points

CROSSENTROPIES = {
    "binary": "binary_crossentropy",
    "one_hot": "categorical_crossentropy",
    "integers": "sparse_categorical_crossentropy",
}
ERRORS = ("mse", "mae", "huber", "log_cosh")
NAMES = {
    **{name.replace("_", ""): name for name in (*CROSSENTROPIES.values(), *ERRORS)},
    "bce": "binary_crossentropy",
    "meansquarederror": "mse",
    "meanabsoluteerror": "mae",
    "accuracy": "accuracy",
    "acc": "accuracy",
}
ACTIVATION_LAYERS = {"Softmax": "softmax", "ReLU": "relu"}


def loss_of(model):
    """The loss of `compile` by its name in Keras, and whether it takes logits."""
    told = model.compiled.get("loss")
    expect(isinstance(told, str), "not_compiled", "no loss")
    # `bce`, `BinaryCrossentropy(from_logits=True)`, `functools.partial(<function binary_crossentropy at …>, …)`
    words = [word.replace("_", "") for word in re.findall(r"[a-z_]+", told.lower())]
    found = [NAMES[word] for word in words if word in NAMES]
    expect(bool(found), "unknown_loss", told)
    return found[0], bool(re.search(r"from_logits['\"]?\s*[=:]\s*True", told))


def output_units(model):
    """The units of the last dense layer."""
    dense = [layer for layer in model.layers if layer.kind == "Dense"]
    expect(bool(dense), detail="no Dense layer")
    expect(all(w.ndim == 2 for layer in dense for w in layer.weights[:1]), detail="a kernel is no matrix")
    return dense[-1].weights[0].shape[-1] if dense[-1].weights else dense[-1].config.get("units")


def output_activation(model):
    """The activation of the last dense layer, in it or in a layer that follows it."""
    activations = []
    for layer in reversed(model.layers):
        if layer.kind == "Dense":
            activations.append(layer.config.get("activation"))
            break
        known = layer.kind == "Activation" or layer.kind in ACTIVATION_LAYERS
        expect(known, detail=f"ends with {layer.kind}")
        activations.append(ACTIVATION_LAYERS.get(layer.kind, layer.config.get("activation")))
    applied = [str(name) for name in activations if name != "linear"]
    expect(len(applied) <= 1, "activation_twice", f"activations {applied}")
    return (applied or ["linear"])[0]


def check_output_layer(model, variant):
    """Fails unless units and activation fit the situation."""
    units, activation = output_units(model), output_activation(model)
    loss, from_logits = loss_of(model) if model.compiled.get("loss") else (None, False)
    if units == 1 and activation == "softmax":
        fail("softmax_on_one_unit")
    if units != variant.n:
        fail("two_units" if variant.kind == "binary" and units == 2 else "units_off", f"{units} units")
    usual = {"binary": "sigmoid", "regression": "linear"}.get(variant.kind, "softmax")
    right = "linear" if from_logits and loss in CROSSENTROPIES.values() else usual
    if activation == right:
        return
    if variant.kind == "regression":
        fail("activation_on_regression", activation)
    if right == "linear" and activation == usual:
        fail("logits_with_activation")
    if activation == "linear":
        fail("logits_unannounced" if loss in CROSSENTROPIES.values() else "wrong_activation")
    sigmoid = activation == "sigmoid" and usual == "softmax"
    fail("sigmoid_for_multi_class" if sigmoid else "wrong_activation", activation)


def check_loss(model, variant):
    """Fails unless the loss fits the labels (and, where the labels are 0 and 1, the number of outputs)."""
    loss, _ = loss_of(model)
    expect(loss != "accuracy", "accuracy_as_loss")
    if variant.kind == "regression":
        expect(loss in ERRORS, "crossentropy_for_regression", loss)
        return
    expect(loss not in ERRORS, "error_for_classification", loss)
    right = CROSSENTROPIES[variant.kind]
    if variant.kind == "binary" and output_units(model) == 2:
        # not what was asked for, but this loss does fit such a layer and labels of 0 and 1
        expect(loss == CROSSENTROPIES["integers"], "two_units", loss)
        return
    if variant.kind == "binary":
        expect(loss == right, "multi_class_loss", loss)
    expect(loss == right, "binary_loss" if loss == CROSSENTROPIES["binary"] else "label_form", loss)


@points(1)
def test_output_layer(student, variant):
    """The last layer has the units and the activation that the situation asks for."""
    check_output_layer(student.model("model"), variant)


@points(1)
def test_loss(student, variant):
    """The model is compiled with a loss that fits the labels."""
    check_loss(student.model("model"), variant)


@points(2)
def test_whole_model(student, variant, rng):
    """The model takes inputs of the given size, and its output layer and its loss are both right."""
    model = student.model("model")
    check_output_layer(model, variant)
    check_loss(model, variant)
    dense = [layer for layer in model.layers if layer.kind == "Dense"]
    expect(all(layer.weights for layer in dense), "input_size_missing", "a layer has no weights yet")
    first = next((layer for layer in model.layers if layer.weights), None)
    if first is not None and first.kind == "Dense":
        size = first.weights[0].shape[0]
        expect(size == variant.inputs, "input_size_wrong", f"{size} inputs")
    outputs = np.asarray(model.predict(rng.normal(size=(5, variant.inputs)).astype("float32")))
    expect(outputs.shape == (5, variant.n), "units_off", f"shape {outputs.shape}")
