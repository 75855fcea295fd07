"""TODO: what it asks, in one line."""

from question_bank import Code, Draw, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F41", "F25"], points=6, minutes=12, book="open")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    return Variant(
        {"slope": draw.choice((-4, -3, -2, 2, 3, 4)), "intercept": draw.choice((-2, -1, 1, 2))},
        # TODO: what the cell must define, and the mistakes that a test may name
        Code("training", defines=("train",), mistakes=("no_model", "untrained")),
    )
