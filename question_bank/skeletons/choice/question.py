"""TODO: what it asks, in one line."""

from question_bank import Choice, Draw, Mistake, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F18"], points=1, minutes=1, book="both")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    return Variant(
        {"units": draw.choice((16, 32, 64, 128))},
        # TODO: the id of the right option and of the wrong ones; the texts below say what they mean
        Choice.shuffled(draw, right="linear", wrong=[Mistake("still_deep"), Mistake("no_training"), "more_weights"]),
    )
