"""TODO: what it asks, in one line."""

from question_bank import Code, Draw, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F15"], points=4, minutes=6, book="both")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    function = draw.choice(("scale", "min_max", "rescale", "squeeze"))
    argument = draw.choice(("x", "values", "data", "feature", "column"))
    return Variant(
        {"function": function, "argument": argument},
        # TODO: what the cell must define, and the mistakes that a test may name
        Code("function", defines=(function,), mistakes=("not_subtracted",)),
    )
