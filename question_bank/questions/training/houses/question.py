"""Regression: features scaled by the training data's statistics, a linear output, an error in the target's unit."""

from question_bank import Code, Draw, Variant, question


@question(facts=["F48", "F15", "F36"], points=8, minutes=20, book="open", data=["houses"])
def houses(draw: Draw) -> Variant:
    return Variant(
        {
            "scaling": draw.choice(("standard", "min-max")),
            # what the prompt suggests for each of two hidden layers
            "units": draw.choice((32, 40, 48, 56, 64, 72, 80, 96)),
        },
        Code(
            "training",
            defines=("scale", "train"),
            mistakes=(
                *("not_two", "other_scaling", "one_for_all", "own_statistics", "all_together"),
                *("nothing_returned", "no_model", "wrong_outputs", "squashed", "diverged"),
                *("untrained", "undertrained", "ignores_arguments"),
            ),
        ),
    )
