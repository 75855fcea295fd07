"""Of what the gradient of a weight is the rate of change, and with respect to what."""

from question_bank import Choice, Draw, Mistake, Variant, question

OF_ANOTHER = ("accuracy_by_weight", "output_by_weight", "rate_by_weight")
BY_ANOTHER = ("loss_by_input", "loss_by_epochs", "loss_by_rate")
WEIGHTS = ("w", "w1", "w2", "w3", "theta", "v")


@question(facts=["F03"], points=1, minutes=1, book="closed")
def rate_of_what(draw: Draw) -> Variant:
    # the weight and the loss both stand in several options, so that no word alone gives the right one away
    wrong = ("weight_by_loss", draw.choice(OF_ANOTHER), draw.choice(BY_ANOTHER))
    # far enough from 1 that the size alone tells a rate of change from its inverse
    size = draw.choice((draw.decimal(0.2, 0.5, 1), draw.decimal(2.0, 4.0, 1)))
    return Variant(
        {
            "style": draw.choice(("rate", "speed", "number")),
            "weight": draw.choice(WEIGHTS),
            "size": size,
            "grows": draw.choice((True, False)),
        },
        Choice.shuffled(draw, right="loss_by_weight", wrong=[Mistake(option) for option in wrong]),
    )
