"""Weights are on the connections; the bias is the weight of a constant input of 1."""

from question_bank import Choice, Draw, Mistake, Variant, question

RIGHT = ("on_connections", "bias_x0")
WRONG = ("in_neurons", "shared", "bias_zero", "bias_fixed", "bias_per_input")
WORDINGS = 3


@question(facts=["F20"], points=1, minutes=1, book="closed")
def where_weights_live(draw: Draw) -> Variant:
    right = draw.choice(RIGHT)
    wrong = draw.sample(WRONG, 3)
    inputs, units = draw.sample(range(3, 10), 2)
    return Variant(
        {
            "inputs": inputs,
            "units": units,
            "wording": {option: draw.integer(0, WORDINGS - 1) for option in (right, *wrong)},
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in wrong]),
    )
