"""Binary classification of texts: multi-hot encoding, and a model with one sigmoid output."""

from question_bank import Code, Draw, Variant, question


@question(facts=["F45", "F25", "F44"], points=8, minutes=20, book="open", data=["reviews"])
def reviews(draw: Draw) -> Variant:
    return Variant(
        {
            "words": draw.choice((1000, 1200, 1400, 1600, 1800, 2000)),
            # what the prompt suggests for each of two hidden layers
            "units": draw.choice((16, 24, 32)),
        },
        Code(
            "training",
            defines=("multi_hot", "train"),
            mistakes=(
                *("counted", "shifted", "wrong_width"),
                *("nothing_returned", "no_model", "wrong_outputs", "no_sigmoid", "always_one"),
                *("untrained", "undertrained", "ignores_arguments"),
            ),
        ),
    )
