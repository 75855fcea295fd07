"""Who does what: the parts of the training loop, or the calls of the Keras workflow."""

from question_bank import Choice, Draw, Mistake, Variant, question

WORDINGS = 3
PARTS = ("layers", "loss", "backpropagation", "optimizer")
CALLS = ("compile", "fit", "evaluate", "predict")


@question(facts=["F12", "F25"], points=1, minutes=1, book="closed")
def loop_roles(draw: Draw) -> Variant:
    options = draw.choice((PARTS, CALLS))
    right = draw.choice(options)
    return Variant(
        {
            "asked": right,
            "about": "parts" if options == PARTS else "calls",
            "phrasing": draw.integer(0, WORDINGS - 1),
            # a call is written in one way only
            "wording": {part: draw.integer(0, WORDINGS - 1) for part in options if part in PARTS},
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in options if option != right]),
    )
