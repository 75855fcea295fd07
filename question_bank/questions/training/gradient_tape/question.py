"""The training loop with GradientTape, for a model of one unit that starts at zero."""

from question_bank import Code, Draw, Variant, question

NAMES = (("x", "y"), ("inputs", "targets"), ("features", "targets"))
FUNCTIONS = ("train", "run_loop", "fit_model")


@question(facts=["F12", "F07"], points=5, minutes=10, book="open")
def gradient_tape(draw: Draw) -> Variant:
    x, y = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {"function": function, "x": x, "y": y, "activation": draw.choice(("none", "sigmoid", "tanh"))},
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("not_three", "untouched", "bias_untouched", "ascent", "rate_ignored", "not_averaged"),
                *("activation_missing", "gradient_once", "one_step_only", "loss_after_update", "number_of_losses"),
            ),
        ),
    )
