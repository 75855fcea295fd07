"""The whole workflow: build, compile and fit a classifier of handwritten digits."""

from question_bank import Code, Draw, Variant, question


@question(facts=["F17", "F22", "F25"], points=8, minutes=20, book="open", data=["digits"])
def digits(draw: Draw) -> Variant:
    return Variant(
        {
            "labels": draw.choice(("integers", "one-hot")),
            # what the prompt suggests for the hidden layer
            "units": draw.choice((64, 80, 96, 112, 128, 144, 160)),
        },
        Code(
            "training",
            defines=("train",),
            mistakes=(
                *("nothing_returned", "no_model", "wrong_outputs", "no_softmax"),
                *("untrained", "undertrained", "guesses", "ignores_arguments"),
            ),
        ),
    )
