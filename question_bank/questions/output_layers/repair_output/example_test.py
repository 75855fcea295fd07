"""What everybody may see: the output layer is another one, its numbers mean what is stated, the rest is as given."""

import re

import numpy as np

from question_bank.checks import array, expect, fail, points

LOSSES = {
    "binary_crossentropy": ("binarycrossentropy", "bce"),
    "sparse_categorical_crossentropy": ("sparsecategoricalcrossentropy",),
    "mse": ("mse", "meansquarederror"),
}


def activations_of(model):
    """Units and activations of each dense layer in order; an activation may be a layer of its own."""
    found = []
    for layer in model.layers:
        name = {"ReLU": "relu", "Softmax": "softmax"}.get(layer.kind, layer.config.get("activation"))
        if layer.kind == "Dense":
            found.append((layer.config.get("units"), []))
        if found and name not in (None, "linear"):
            found[-1][1].append(name)
    expect(bool(found), "rest_changed", "no Dense layer")
    return found


@points(1)
def test_example_last_layer(student, variant):
    """The last layer is another one, and four samples still give four rows of numbers."""
    model = student.model("model")
    last = model.layers[-1]
    given = (variant.broken["units"], variant.broken["activation"])
    expect((last.config.get("units"), last.config.get("activation")) != given, detail="the given output layer")
    outputs = array(model.predict(np.zeros((4, variant.inputs), dtype="float32")))
    expect(outputs.ndim == 2 and len(outputs) == 4, "rest_changed", f"shape {outputs.shape}")


@points(1)
def test_example_meaning(student, variant):
    """The last layer has the stated number of outputs, and the activation that gives them their meaning."""
    units, activations = activations_of(student.model("model"))[-1]
    if units == 1 and "softmax" in activations:
        fail("softmax_on_one_unit")
    expect(units == variant.units, "units_wrong", f"{units} units")
    expect(len(activations) <= 1, "activation_twice", f"activations {activations}")
    name = (activations or ["linear"])[0]
    if name == variant.activation:
        return
    if variant.activation == "linear":
        fail("values_limited", f"activation {name}")
    mistakes = {"sigmoid": "sigmoid_for_exclusive", "softmax": "softmax_for_independent", "linear": "no_probability"}
    fail(mistakes.get(name, "wrong_activation"), f"activation {name}")


@points(1)
def test_example_rest(student, variant):
    """The last layer is another one, and the hidden layers and the loss are those of the given code."""
    model = student.model("model")
    found = activations_of(model)
    given = (variant.broken["units"], [variant.broken["activation"]])
    expect(found[-1] != given, detail="the given output layer")
    expect(found[:-1] == [(size, ["relu"]) for size in variant.hidden], "rest_changed", f"layers {found[:-1]}")
    words = re.findall(r"[a-z]+", str(model.compiled["loss"]).casefold().replace("_", ""))
    kept = bool(set(words) & set(LOSSES[variant.loss])) and "fromlogits" not in words
    expect(kept, "loss_changed", str(model.compiled["loss"]))
