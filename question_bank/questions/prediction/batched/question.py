"""Prediction batch by batch, as `predict` does it, in numpy."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("predict", "predict_in_batches", "batched")
NAMES = (("x", "w"), ("X", "W"), ("inputs", "weights"))
ACTIVATIONS = ("relu", "tanh", "sigmoid")


@question(facts=["F40", "F08"], points=5, minutes=8, book="both")
def batched(draw: Draw) -> Variant:
    x, w = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {"function": function, "x": x, "w": w, "activation": draw.choice(ACTIVATIONS)},
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("not_two", "not_joined", "last_batch_dropped", "last_size_wrong", "empty_batch"),
                *("single_batch", "one_by_one", "count_only"),
            ),
        ),
    )
