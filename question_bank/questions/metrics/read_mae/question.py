"""What a mean absolute error, or a mean squared one, says in words."""

from question_bank import Choice, Draw, Mistake, Variant, question

SETTINGS = ("delivery", "temperature", "tree", "toy", "journey", "parcel")
# by the metric: its values, the right reading, the wrong ones that are always shown, and those that fill up
READINGS = {
    "mae": (
        (3, 4, 5, 6, 7, 8),
        "mean_size",
        ("mean_square",),
        ("always_above", "at_most", "percent", "counted", "half"),
    ),
    "mse": ((16, 25, 36, 49, 64), "mean_square", ("mean_size", "wrong_units"), ("always_above", "at_most", "percent")),
}
WORDINGS = 2


@question(facts=["F36"], points=1, minutes=1, book="closed")
def read_mae(draw: Draw) -> Variant:
    metric = draw.choice(sorted(READINGS))
    values, right, always, pool = READINGS[metric]
    wrong = [*always, *draw.sample(pool, 3 - len(always))]
    return Variant(
        {
            "metric": metric,
            "setting": draw.choice(SETTINGS),
            "value": draw.choice(values),
            "wording": draw.integer(0, WORDINGS - 1),
            "right": right,
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(name) for name in wrong]),
    )
