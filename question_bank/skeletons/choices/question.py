"""TODO: what it asks, in one line."""

from question_bank import Choices, Draw, Mistake, Variant, question

RIGHT, WRONG = ("mse", "mae", "rmse"), ("accuracy", "precision", "recall")


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F27"], points=2, minutes=2, book="both")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    return Variant(
        {},
        # TODO: the ids of the options that are right and of those that are not
        Choices.shuffled(draw, right=draw.sample(RIGHT, 2), wrong=[Mistake(id) for id in draw.sample(WRONG, 2)]),
    )
