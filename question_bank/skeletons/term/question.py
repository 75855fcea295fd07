"""TODO: what it asks, in one line."""

from question_bank import Draw, Mistake, Term, Variant, question

WEIGHTS, GRADIENTS = ("w", "W", "weight", "theta"), ("gradient", "grad", "g")


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F05"], points=1, minutes=1, book="closed")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    return Variant(
        {"weight": draw.choice(WEIGHTS), "gradient": draw.choice(GRADIENTS), "value": draw.choice((0.1, 0.01, 0.001))},
        # TODO: a term of glossary.tsv, and the terms that it is taken for
        Term("learning rate", mistakes={"gradient": Mistake("the_gradient")}),
    )
