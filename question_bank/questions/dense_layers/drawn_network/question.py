"""The Keras code of a drawn network."""

from question_bank import Code, Draw, Network, Variant, question

HIDDEN = {"relu": "ReLU", "tanh": "tanh"}


@question(facts=["F16", "F18"], points=4, minutes=6, book="both")
def drawn_network(draw: Draw) -> Variant:
    output = draw.choice(("sigmoid", "softmax", "linear"))
    # all sizes differ, so a swapped or forgotten layer shows
    inputs, first, second, outputs = draw.sample(range(2, 7), 4)
    if output == "sigmoid":
        outputs = 1
    hidden = draw.choice(list(HIDDEN))
    return Variant(
        {"inputs": inputs, "units": [first, second, outputs], "hidden": hidden, "output": output},
        Code(
            "model",
            defines=("model",),
            mistakes=(
                *("output_missing", "input_as_dense", "wrong_order", "extra_layer"),
                *("input_size_missing", "input_size_wrong", "no_bias"),
                *("hidden_activation_missing", "hidden_activation_wrong"),
                *("output_activation_missing", "output_activation_wrong"),
            ),
        ),
        figures={"network": Network((inputs, first, second, outputs), ("input", "hidden 1", "hidden 2", "output"))},
    )
