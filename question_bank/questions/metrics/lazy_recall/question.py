"""Recall and precision of a classifier with one answer, and why accuracy misleads where positives are rare."""

from question_bank import Choice, Draw, Mistake, Variant, question

SETTINGS = ("digit", "fraud", "defect", "illness", "spam", "leak")
PERCENT = (2, 4, 5, 8, 10, 12, 15, 20)
WHY_NOT = ("not_computable", "only_positives", "only_training", "for_regression", "like_a_loss")
WORDINGS = 3


def _pairs(asked: str, rare: float) -> dict[str, tuple[float, float]]:
    """The right pair of values first; each value stands in two options."""
    common = round(1 - rare, 2)
    if asked == "always_no":
        # accuracy, recall
        return {
            "found_nothing": (common, 0),
            "recall_like_accuracy": (common, common),
            "accuracy_of_the_rare": (rare, 0),
            "all_of_the_rare": (rare, common),
        }
    # recall, precision
    return {
        "found_everything": (1, rare),
        "never_wrong": (1, 1),
        "swapped": (rare, 1),
        "share_of_the_rare": (rare, rare),
    }


@question(facts=["F43", "F27"], points=1, minutes=2, book="closed")
def lazy_recall(draw: Draw) -> Variant:
    asked = draw.choice(("always_no", "always_yes", "why"))
    percent = draw.choice(PERCENT)
    pairs = {} if asked == "why" else _pairs(asked, percent / 100)
    right, *wrong = list(pairs) or ["same_without_input", *draw.sample(WHY_NOT, 3)]
    return Variant(
        {
            "asked": asked,
            "setting": draw.choice(SETTINGS),
            "percent": percent,
            "pairs": {id: list(pair) for id, pair in pairs.items()},
            "wording": {id: draw.integer(0, WORDINGS - 1) for id in (right, *wrong)},
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(id) for id in wrong]),
    )
