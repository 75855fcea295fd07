"""What `fit` does with validation data, and which samples `validation_split` takes."""

from question_bank import Choice, Draw, Mistake, Variant, question

RIGHT = {
    "validation_data": ("evaluates", "no_gradients", "records"),
    "validation_split": ("last_part", "before_shuffling", "rest_shuffled"),
}
WRONG = {
    "validation_data": ("trains_too", "stops", "restores", "once", "changes_rate", "adds_to_loss"),
    "validation_split": ("at_random", "first_part", "new_each_epoch", "shuffled_first", "each_class", "trains_all"),
}


@question(facts=["F37", "F38"], points=1, minutes=1, book="both")
def validation_data(draw: Draw) -> Variant:
    argument = draw.choice(sorted(RIGHT))
    right, wrong = draw.choice(RIGHT[argument]), draw.sample(WRONG[argument], 3)
    return Variant(
        {
            "argument": argument,
            "right": right,
            "wrong": wrong,
            "share": draw.choice((10, 20, 25, 30)),
            "epochs": draw.choice((5, 10, 20)),
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in wrong]),
    )
