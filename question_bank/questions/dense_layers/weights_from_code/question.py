"""How many weights a small model given as code holds; its hidden layer has no bias, its output has one."""

from question_bank import Draw, Mistake, Number, Variant, question

LIST = """\
model = keras.Sequential([
    keras.Input(shape=({inputs},)),
    layers.Dense({hidden}, activation="{activation}", use_bias=False),
    layers.Dense(1),
])"""
ADD = """\
model = keras.Sequential()
model.add(keras.Input(shape=({inputs},)))
model.add(layers.Dense({hidden}, use_bias=False, activation="{activation}"))
model.add(layers.Dense(1))"""


@question(facts=["F20", "F49"], points=2, minutes=3, book="both")
def weights_from_code(draw: Draw) -> Variant:
    inputs, hidden = draw.choice((4, 5, 6, 7, 8, 9, 10, 12)), draw.choice((16, 20, 32, 40, 50, 64))
    code = draw.choice((LIST, ADD)).format(inputs=inputs, hidden=hidden, activation=draw.choice(("relu", "tanh")))
    connections = inputs * hidden + hidden
    weights = connections + 1
    return Variant(
        {"inputs": inputs, "hidden": hidden, "code": code, "weights": weights},
        Number(
            weights,
            mistakes={
                connections + hidden + 1: Mistake("bias_everywhere", credit=0.5),
                connections: Mistake("bias_nowhere", credit=0.5),
                connections + hidden: Mistake("bias_of_the_other_layer", credit=0.25),
                weights + inputs: Mistake("input_as_layer", credit=0.25),
                inputs * hidden: Mistake("last_layer_forgotten", credit=0.25),
                hidden + 1: Mistake("first_layer_forgotten", credit=0.25),
                inputs + hidden + 1: Mistake("counted_neurons"),
            },
        ),
    )
