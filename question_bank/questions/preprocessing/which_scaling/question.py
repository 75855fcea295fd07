"""Min-max scaling and standardisation side by side: which is it, what have they in common, what not."""

from question_bank import Choice, Draw, Mistake, Variant, question

ASKED = ("look", "both", "min_max", "standard")
OTHERS = ("by_maximum", "by_deviation", "centred", "centred_by_range")
# statements by whom they are true of
STATEMENTS = {
    "both": ("from_training", "by_feature", "keep_order", "shift_and_divide", "undone"),
    "min_max": ("ends", "inside", "uses_ends", "never_negative"),
    "standard": ("mean_zero", "deviation_one", "uses_mean", "distance"),
    "neither": ("becomes_normal", "test_inside", "sum_one", "fewer_features", "by_sample"),
}


def _table(draw: Draw, right: str) -> dict[str, list[str]]:
    """Minimum, maximum, mean and standard deviation of a feature, before and after scaling."""
    low, width = draw.integer(11, 39), draw.choice((20, 40, 50, 80))
    mean, deviation = low + width * draw.decimal(0.35, 0.65, 2), width * draw.decimal(0.2, 0.3, 2)
    before = [low, low + width, mean, deviation]
    start, unit = (low, width) if right == "min_max" else (mean, deviation)
    # the deviation is a distance: only the unit changes it
    after = [*((value - start) / unit for value in before[:3]), deviation / unit]
    return {"before": [f"{v:.2f}" for v in before], "after": [f"{v:.2f}" for v in after]}


@question(facts=["F15"], points=1, minutes=1.5, book="closed")
def which_scaling(draw: Draw) -> Variant:
    asked = draw.choice(ASKED)
    if asked == "look":
        right, other = draw.shuffled(["min_max", "standard"])
        wrong = [f"formula_{other}", *(f"formula_{name}" for name in draw.sample(OTHERS, 2))]
        return Variant(
            {"asked": asked, "method": right, **_table(draw, right), "shown": draw.choice(("code", "words"))},
            Choice.shuffled(draw, right=f"formula_{right}", wrong=[Mistake(id) for id in wrong]),
        )
    # one statement of each group, whichever group is asked for
    chosen = {group: draw.choice(ids) for group, ids in STATEMENTS.items()}
    return Variant(
        {"asked": asked, "first": draw.choice(("min_max", "standard"))},
        Choice.shuffled(
            draw, right=chosen[asked], wrong=[Mistake(id) for group, id in chosen.items() if group != asked]
        ),
    )
