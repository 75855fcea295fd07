"""Loss and metric side by side: what they share, what differs, and why accuracy is only one of them."""

from question_bank import Choice, Draw, Mistake, Variant, question

# by what is asked: the right option, and the wrong ones of which three are shown
OPTIONS = {
    "why": ("steps", ("bounded", "larger_is_better", "held_out", "form_of_labels")),
    "differs": ("optimizer", ("swapped", "data", "direction", "problem")),
    "shared": ("compares", ("both_smooth", "both_move_weights", "both_small", "both_training")),
    "roles": ("first_both", ("second_both", "both_both", "one_role_each")),
}
WORDINGS = 3


@question(facts=["F28"], points=1, minutes=1, book="closed")
def loss_or_metric(draw: Draw) -> Variant:
    asked = draw.choice(sorted(OPTIONS))
    right, pool = OPTIONS[asked]
    wrong = draw.sample(pool, 3)
    if asked == "roles":
        # one sentence for each pair of roles; which measure comes first must not tell what it can be
        words = {
            "error": draw.choice(("mse", "mae")),
            "count": draw.choice(("accuracy", "precision", "recall")),
            "error_first": draw.choice((True, False)),
        }
    else:
        words = {"wording": {name: draw.integer(0, WORDINGS - 1) for name in (right, *wrong)}}
    return Variant(
        {"asked": asked, "right": right, **words},
        Choice.shuffled(draw, right=right, wrong=[Mistake(name) for name in wrong]),
    )
