"""TODO: what it asks, in one line."""

from question_bank import Draw, Expression, Mistake, Variant, question

WEIGHTS, GRADIENTS, RATES = ("w", "W", "weight"), ("gradient", "grad"), ("learning_rate", "lr", "step")


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F07"], points=1, minutes=1, book="closed")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    weight, gradient, rate = draw.choice(WEIGHTS), draw.choice(GRADIENTS), draw.choice(RATES)
    return Variant(
        {"weight": weight, "gradient": gradient, "rate": rate},
        Expression(
            # TODO: what belongs in the blank, the names that may stand in it with their terms, and known mistakes
            f"{rate} * {gradient}",
            given={weight: "weight", gradient: "gradient", rate: "learning rate"},
            mistakes={gradient: Mistake("rate_forgotten", credit=0.5), f"-{rate} * {gradient}": Mistake("sign_twice")},
        ),
    )
