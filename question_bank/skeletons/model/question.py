"""TODO: what it asks, in one line."""

from question_bank import Code, Draw, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F45"], points=3, minutes=4, book="both")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    return Variant(
        {"inputs": draw.integer(2, 9), "units": draw.choice((4, 8, 16))},
        # TODO: the variable that holds the model, and the mistakes that a test may name
        Code("model", defines=("model",), mistakes=("no_sigmoid",)),
    )
