"""TODO: what it asks, in one line."""

from question_bank import Draw, Mistake, Order, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F25"], points=2, minutes=2, book="both")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    return Variant(
        {},
        Order.shuffled(
            draw,
            # TODO: the ids of the steps in the right order
            ("define", "compile", "fit", "evaluate"),
            # TODO: what nobody may do before something else, each with its name
            {"fit>compile": Mistake("not_compiled")},
        ),
    )
