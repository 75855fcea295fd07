"""What everybody may see: the model takes the inputs of the situation, and what it says of its output fits."""

import re

import numpy as np

from question_bank.checks import array, expect, fail, points

USUAL = {"binary": "sigmoid", "integers": "softmax", "one_hot": "softmax", "regression": "linear"}
FITTING = {
    "binary": ("binarycrossentropy", "bce"),
    "integers": ("sparsecategoricalcrossentropy",),
    "one_hot": ("categoricalcrossentropy",),
    "regression": ("mse", "meansquarederror", "mae", "meanabsoluteerror", "huber", "logcosh"),
}


def output_of(model):
    """The units of the last dense layer, and the activations in it and after it."""
    kinds = [layer.kind for layer in model.layers]
    expect("Dense" in kinds, detail="no Dense layer")
    last = len(kinds) - 1 - kinds[::-1].index("Dense")
    own = {"Softmax": "softmax", "ReLU": "relu"}
    names = [own.get(layer.kind, layer.config.get("activation")) for layer in model.layers[last:]]
    return model.layers[last].config.get("units"), [name for name in names if name not in (None, "linear")]


@points(1)
def test_example_takes_inputs(student, variant):
    """Three samples give three rows of finite numbers."""
    outputs = array(student.model("model").predict(np.zeros((3, variant.inputs), dtype="float32")))
    expect(outputs.ndim == 2 and len(outputs) == 3, detail=f"shape {outputs.shape}")
    expect(bool(np.isfinite(outputs).all()), detail="not finite")


@points(1)
def test_example_output_layer(student, variant):
    """Units and activation are those of the situation; with a loss that takes logits there is no activation."""
    model = student.model("model")
    (units, activations), usual = output_of(model), USUAL[variant.kind]
    if units == 1 and "softmax" in activations:
        fail("softmax_on_one_unit")
    expect(
        units == variant.n, "two_units" if variant.kind == "binary" and units == 2 else "units_off", f"{units} units"
    )
    expect(len(activations) <= 1, "activation_twice", f"activations {activations}")
    if usual == "linear":
        expect(not activations, "activation_on_regression", f"activation {activations}")
        return
    if re.search(r"from_logits['\"]?\s*[=:]\s*True", str(model.compiled["loss"])):
        expect(not activations, "logits_with_activation")
        return
    expect(bool(activations), "logits_unannounced")
    if activations == ["sigmoid"] and usual == "softmax":
        fail("sigmoid_for_multi_class")
    expect(activations == [usual], "wrong_activation", f"activation {activations[0]}")


@points(1)
def test_example_loss(student, variant):
    """`compile` was told a loss for such labels."""
    told = student.model("model").compiled["loss"]
    expect(bool(told), "not_compiled")
    words = re.findall(r"[a-z]+", str(told).casefold().replace("_", ""))
    if {"accuracy", "acc"} & set(words):
        fail("accuracy_as_loss", str(told))
    kinds = [kind for kind, names in FITTING.items() if set(names) & set(words)]
    expect(bool(kinds), "unknown_loss", str(told))
    if variant.kind in kinds:
        return
    if variant.kind == "regression":
        fail("crossentropy_for_regression", str(told))
    if kinds == ["regression"]:
        fail("error_for_classification", str(told))
    fail("multi_class_loss" if variant.kind == "binary" else "binary_loss" if kinds == ["binary"] else "label_form")
