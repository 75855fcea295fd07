"""What training, validation and test data are for."""

from question_bank import Choice, Draw, Mistake, Variant, question

USES = {
    "training": ("gradients", "mini_batches", "relation", "statistics"),
    "validation": ("stop", "units", "rate", "compare", "watch"),
    "test": ("report", "once", "unseen", "after_all"),
}


@question(facts=["F37"], points=1, minutes=1, book="closed")
def which_data(draw: Draw) -> Variant:
    asked = draw.choice(sorted(USES))
    others = draw.shuffled([data for data in sorted(USES) if data != asked])
    right = draw.choice(USES[asked])
    # two uses of one of the other data, one of the other
    wrong = [*draw.sample(USES[others[0]], 2), draw.choice(USES[others[1]])]
    return Variant(
        {"asked": asked, "right": right, "wrong": wrong},
        Choice.shuffled(draw, right=right, wrong=[Mistake(use) for use in wrong]),
    )
