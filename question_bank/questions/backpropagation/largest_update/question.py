"""Which weight one step of plain SGD changes most, grows most or shrinks most."""

from question_bank import Choice, Draw, Mistake, Variant, question

ROWS = (("w1", "w2", "w3", "w4"), ("w11", "w12", "w21", "w22"), ("p", "q", "r", "s"), ("u1", "u2", "v1", "v2"))
RATES = ("0.1", "0.01", "0.001")


@question(facts=["F12", "F07"], points=1, minutes=2, book="closed")
def largest_update(draw: Draw) -> Variant:
    asked = draw.choice(("most", "grows", "shrinks"))
    # the sign of the gradient that answers the question
    sign = draw.choice((-1, 1)) if asked == "most" else -1 if asked == "grows" else 1
    steep, medium, small, flat = (
        draw.decimal(0.7, 0.9, 2),
        draw.decimal(0.4, 0.6, 2),
        draw.decimal(0.1, 0.3, 2),
        draw.decimal(0.01, 0.05, 2),
    )
    # where a direction is asked for, the gradient of the other sign may well be the larger one
    right, other = (steep, medium) if asked == "most" or draw.choice((True, False)) else (medium, steep)
    gradients = {
        "steepest": sign * right,
        "other_sign": -sign * other,
        "heaviest": draw.choice((-1, 1)) * small,
        "flattest": draw.choice((-1, 1)) * flat,
    }
    names = draw.choice(ROWS)
    roles = dict(zip(draw.shuffled(list(gradients)), names, strict=True))
    weights = {
        "steepest": draw.choice((-1, 1)) * draw.decimal(0.2, 0.8, 1),
        "other_sign": draw.choice((-1, 1)) * draw.decimal(0.2, 0.8, 1),
        "heaviest": draw.choice((-1, 1)) * draw.decimal(2.5, 4.5, 1),
        "flattest": draw.choice((-1, 1)) * draw.decimal(0.2, 0.8, 1),
    }
    return Variant(
        {
            "asked": asked,
            "rate": draw.choice(RATES),
            "rows": [[name, weights[role], gradients[role]] for role, name in roles.items()],
            "names": roles,
            "gradient": gradients["steepest"],
        },
        Choice("steepest", tuple(roles), {role: Mistake(role) for role in gradients if role != "steepest"}),
    )
