"""TODO: what it asks, in one line."""

from question_bank import Draw, Mistake, Number, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F20"], points=2, minutes=2, book="both")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    inputs, units = draw.integer(2, 9), draw.integer(2, 9)
    return Variant(
        {"inputs": inputs, "units": units},
        Number(
            # TODO: the right number; one that is not whole needs a tolerance
            units * (inputs + 1),
            # TODO: the numbers that known mistakes lead to, and what each is still worth
            mistakes={units * inputs: Mistake("bias_forgotten", credit=0.5)},
        ),
    )
