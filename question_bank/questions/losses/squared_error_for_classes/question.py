"""Whether the mean squared error can be the loss of a classifier, and why cross-entropy is better."""

from question_bank import Choice, Draw, Mistake, Variant, question

SETTINGS = (("digits", 10), ("newswires", 46), ("clothes", 10), ("flowers", 5), ("signs", 12))
# one of each kind is shown: impossible; possible and no worse; possible and worse for a wrong reason
WRONG = (
    ("no_difference", "no_gradient", "errors_hidden", "needs_one_output"),
    ("better", "same"),
    ("ignores_rest", "costly"),
)
WORDINGS = 3


@question(facts=["F31"], points=1, minutes=2, book="closed")
def squared_error_for_classes(draw: Draw) -> Variant:
    setting, classes = draw.choice(SETTINGS)
    right = draw.choice(("steeper", "unbounded"))
    wrong = [draw.choice(group) for group in WRONG]
    return Variant(
        {
            "setting": setting,
            "classes": classes,
            "right": right,
            "wrong": wrong,
            "wording": {name: draw.integer(0, WORDINGS - 1) for name in (right, *wrong)},
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(name) for name in wrong]),
    )
