"""SGD with momentum in numpy, for given gradients."""

from question_bank import Code, Draw, Variant, question

NAMES = (("w", "gradients"), ("weights", "gradients"), ("theta", "grads"), ("w", "grads"))
FUNCTIONS = ("momentum_steps", "descend", "sgd_momentum", "update")


@question(facts=["F09"], points=4, minutes=8, book="both")
def momentum(draw: Draw) -> Variant:
    weights, gradients = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "w": weights,
            "gradients": gradients,
            "coefficient": draw.choice(("momentum", "beta", "mu")),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("no_momentum", "ascent", "rate_forgotten", "one_step_only", "velocity_returned"),
                *("last_step_only", "averaged", "momentum_minus", "nesterov", "path_returned"),
            ),
        ),
    )
