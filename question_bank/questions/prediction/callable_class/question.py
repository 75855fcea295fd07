"""A dense layer as a class whose objects can be called."""

from question_bank import Code, Draw, Variant, question

NAMES = (("w", "b"), ("W", "b"), ("kernel", "bias"), ("weights", "biases"))
CLASSES = ("NaiveDense", "SimpleDense", "MyDense")
ACTIVATIONS = ("relu", "sigmoid", "tanh", "none")


@question(facts=["F40", "F01"], points=5, minutes=8, book="both")
def callable_class(draw: Draw) -> Variant:
    w, b = draw.choice(NAMES)
    name = draw.choice(CLASSES)
    return Variant(
        {"name": name, "w": w, "b": b, "activation": draw.choice(ACTIVATIONS)},
        Code(
            "class",
            defines=(name,),
            mistakes=(
                *("not_callable", "no_class", "nothing_returned", "bias_forgotten", "transposed"),
                *("activation_missing", "activation_wrong", "shared_weights"),
            ),
        ),
    )
