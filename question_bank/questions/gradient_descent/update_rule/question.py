"""The missing factor in the line of code that updates a weight."""

from question_bank import Draw, Expression, Mistake, Variant, question

WEIGHTS = ("w", "W", "weight", "theta")
GRADIENTS = ("gradient", "grad", "dw", "g")
RATES = ("learning_rate", "lr", "step", "eta")
LINES = ("{w} -= {product}", "{w} = {w} - {product}")


@question(facts=["F07", "F04", "F05"], points=2, minutes=2, book="closed")
def update_rule(draw: Draw) -> Variant:
    weight, gradient, rate = draw.choice(WEIGHTS), draw.choice(GRADIENTS), draw.choice(RATES)
    asked = draw.choice(("rate", "gradient"))
    right, shown = (rate, gradient) if asked == "rate" else (gradient, rate)
    product = " * ".join(draw.shuffled(["(      )", shown]))
    return Variant(
        {
            "asked": asked,
            "code": draw.choice(LINES).format(w=weight, product=product),
            "names": draw.shuffled([weight, gradient, rate, "loss"]),
            "weight": weight,
            "gradient": gradient,
            "rate": rate,
        },
        Expression(
            right,
            given={weight: "weight", gradient: "gradient", rate: "learning rate", "loss": "loss function"},
            mistakes={
                shown: Mistake("swapped"),
                f"-{right}": Mistake("sign_twice", credit=0.5),
                f"{rate} * {gradient}": Mistake("whole_product", credit=0.25),
                f"1 / {right}": Mistake("inverse"),
                "loss": Mistake("the_loss"),
                weight: Mistake("the_weight"),
            },
        ),
    )
