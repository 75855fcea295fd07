"""
The layers of a drawn network, their weights and what they compute.

Activations are found by computing: names are claims, and an activation may stand in a layer of its own.
"""

import itertools

import numpy as np

from question_bank.checks import expect, fail, points


def softmax(z):
    """Rows that sum to 1."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2),
    "softmax": softmax,
}
DRAWN = ("Dense", "Activation", "ReLU", "Softmax", "Flatten")


def dense_layers(model):
    """The dense layers in order."""
    return [layer for layer in model.layers if layer.kind == "Dense"]


def kernels_of(model):
    """The kernels (inputs, units) of all dense layers; fails where the model has none yet."""
    layers = dense_layers(model)
    expect(bool(layers), detail="no Dense layer")
    if not all(layer.weights for layer in layers):
        fail("input_size_missing", "a layer has no weights yet")
    kernels = [layer.weights[0].astype(float) for layer in layers]
    expect(all(k.ndim == 2 for k in kernels), detail="a kernel is no matrix")
    return kernels


@points(3)
def test_layers(student, variant):
    """There is a Dense layer for each drawn hidden layer and for the output, in order, and nothing else."""
    model = student.model("model")
    units = [
        layer.weights[0].shape[-1] if layer.weights else layer.config.get("units") for layer in dense_layers(model)
    ]
    want, inputs = list(variant.units), variant.inputs
    expect(all(layer.kind in DRAWN for layer in model.layers), "extra_layer", f"{[x.kind for x in model.layers]}")
    if units == want:
        return
    if units in ([inputs, *want], [inputs, *want[:-1]]):
        fail("input_as_dense", f"units {units}")
    if units == want[:-1]:
        fail("output_missing", f"units {units}")
    if units != want and sorted(map(str, units)) == sorted(map(str, want)):
        fail("wrong_order", f"units {units}")
    fail("extra_layer" if len(units) > len(want) else None, f"units {units}")


@points(2)
def test_activations(student, variant, rng):
    """The model computes what its own weights give with the stated activations."""
    model = student.model("model")
    kernels = kernels_of(model)
    expect(len(kernels) <= 5 and all(k.any() for k in kernels), detail="weights that show nothing")
    biases = [layer.weights[1].astype(float) if len(layer.weights) > 1 else 0.0 for layer in dense_layers(model)]
    x = 3 * rng.normal(size=(64, kernels[0].shape[0])).astype("float32")
    outputs = np.asarray(model.predict(x))

    def computed(names):
        values = x.astype(float)
        for kernel, bias, name in zip(kernels, biases, names, strict=True):
            values = ACTIVATIONS[name](values @ kernel + bias)
        return values

    def fits(names):
        values = computed(names)
        return outputs.shape == values.shape and bool((np.abs(outputs - values) <= 1e-4 + 1e-4 * np.abs(values)).all())

    expect(
        all(a.shape[1] == b.shape[0] for a, b in itertools.pairwise(kernels)),
        detail="the layers are no chain",
    )
    want = (*[variant.hidden] * (len(kernels) - 1), variant.output)
    if fits(want):
        return
    found = next((names for names in itertools.product(ACTIVATIONS, repeat=len(kernels)) if fits(names)), None)
    if found is None:
        fail(detail="an activation that nobody asked for")
    for place, name in zip(["hidden"] * (len(kernels) - 1) + ["output"], found, strict=True):
        right = variant.hidden if place == "hidden" else variant.output
        if name != right:
            fail(f"{place}_activation_{'missing' if name == 'linear' else 'wrong'}", f"activations {found}")


@points(1)
def test_weights(student, variant):
    """The first layer takes the drawn inputs, and every neuron has its bias."""
    model = student.model("model")
    kernels = kernels_of(model)
    expect(kernels[0].shape[0] == variant.inputs, "input_size_wrong", f"{kernels[0].shape[0]} inputs")
    shapes = [layer.weights[1].shape if len(layer.weights) > 1 else None for layer in dense_layers(model)]
    expect(shapes == [(k.shape[1],) for k in kernels], "no_bias", f"biases {shapes}")
