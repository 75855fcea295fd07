"""Optimizers and how they update a weight: the name for a description, or the description for a name."""

from question_bank import Choice, Draw, Mistake, Variant, question

OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")
WORDINGS = 3


@question(facts=["F33", "F09"], points=1, minutes=1, book="closed")
def describe(draw: Draw) -> Variant:
    asked = draw.choice(OPTIMIZERS)
    direction = draw.choice(("name", "description"))
    return Variant(
        {
            "asked": asked,
            "direction": direction,
            # which wording of its description each optimizer has here
            "wording": {name: draw.integer(0, WORDINGS - 1) for name in OPTIMIZERS},
        },
        Choice.shuffled(draw, right=asked, wrong=[Mistake(name) for name in OPTIMIZERS if name != asked]),
    )
