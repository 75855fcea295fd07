"""Gradient descent by hand: a linear model's weights from W0 to Wk."""

from question_bank import Code, Draw, Variant, question

NAMES = (("x", "y", "w"), ("X", "t", "W"), ("inputs", "targets", "weights"), ("features", "targets", "w"))
FUNCTIONS = ("descend", "gradient_descent", "walk")


@question(facts=["F04"], points=4, minutes=10, book="both")
def numpy_step(draw: Draw) -> Variant:
    x, y, w = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "x": x,
            "y": y,
            "w": w,
            # the loss is mean(error ** 2) / divisor
            "divisor": draw.choice((1, 2)),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("ascent", "rate_ignored", "factor_two", "not_averaged", "input_forgotten"),
                *("one_step_only", "gradient_once", "only_last", "start_missing", "same_array"),
            ),
        ),
    )
