"""What the drawing itself says of the model: its layers, their activations, its inputs."""

from question_bank.checks import expect, fail, points


def dense_layers(model):
    """The dense layers in order."""
    return [layer for layer in model.layers if layer.kind == "Dense"]


def activations(model):
    """The names of the activations in order, in a `Dense` or in a layer of their own; none for linear ones."""
    own = {"ReLU": "relu", "Softmax": "softmax"}
    names = [own.get(layer.kind, layer.config.get("activation")) for layer in model.layers]
    return [name for name in names if name not in (None, "linear")]


@points(1)
def test_example_layers(student, variant):
    """There is a `Dense` for each layer but the input, in the drawn order."""
    model = student.model("model")
    kinds = [layer.kind for layer in model.layers]
    expect(set(kinds) <= {"Dense", "Activation", "ReLU", "Softmax"}, "extra_layer", f"{kinds}")
    units = [layer.config.get("units") for layer in dense_layers(model)]
    drawn = list(variant.units)
    if units == [variant.inputs, *drawn]:
        fail("input_as_dense", f"units {units}")
    if units == drawn[:-1]:
        fail("output_missing", f"units {units}")
    if units != drawn and sorted(map(str, units)) == sorted(map(str, drawn)):
        fail("wrong_order", f"units {units}")
    expect(units == drawn, "extra_layer" if len(units) > len(drawn) else None, f"units {units}")


@points(1)
def test_example_activations(student, variant):
    """Both hidden layers have the stated activation, and the output has its own or none."""
    names = activations(student.model("model"))
    hidden, output = [variant.hidden] * 2, [variant.output] if variant.output != "linear" else []
    if names == hidden and output:
        fail("output_activation_missing", f"activations {names}")
    if len(names) < len(hidden + output):
        fail("hidden_activation_missing", f"activations {names}")
    expect(names[:2] == hidden, "hidden_activation_wrong", f"activations {names}")
    expect(names[2:] == output, "output_activation_wrong", f"activations {names}")


@points(1)
def test_example_inputs(student, variant):
    """The first kernel has a row for each drawn input, and each layer a bias for each neuron."""
    layers = dense_layers(student.model("model"))
    if not layers or not all(layer.weights for layer in layers):
        fail("input_size_missing", "a layer has no weights yet")
    rows = layers[0].weights[0].shape[0]
    expect(rows == variant.inputs, "input_size_wrong", f"{rows} inputs")
    expect(all(len(layer.weights) == 2 for layer in layers), "no_bias", "a layer has one array of weights")
