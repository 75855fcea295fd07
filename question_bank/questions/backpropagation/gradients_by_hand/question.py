"""The gradients of a one-unit model's loss, written by hand."""

from question_bank import Code, Draw, Variant, question

NAMES = (("x", "y", "w"), ("X", "t", "w"), ("inputs", "targets", "weights"), ("features", "y", "w"))
FUNCTIONS = ("gradients", "backward", "loss_gradients")


@question(facts=["F11", "F03"], points=5, minutes=10, book="both")
def gradients_by_hand(draw: Draw) -> Variant:
    x, y, w = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {"function": function, "x": x, "y": y, "w": w, "activation": draw.choice(("sigmoid", "tanh"))},
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("activation_forgotten", "not_averaged", "factor_two", "sign", "input_forgotten"),
                *("bias_per_sample", "bias_like_weights", "swapped", "not_two"),
            ),
        ),
    )
