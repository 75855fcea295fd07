"""46 classes: a softmax output, and the loss that fits the form of the labels."""

from question_bank import Code, Draw, Variant, question


@question(facts=["F46", "F22", "F25"], points=8, minutes=20, book="open", data=["newswires"])
def newswires(draw: Draw) -> Variant:
    return Variant(
        {
            "labels": draw.choice(("integers", "one-hot")),
            "words": draw.choice((2000, 2200, 2400, 2600, 2800, 3000)),
            # what the prompt suggests for the hidden layer
            "units": draw.choice((64, 80, 96)),
        },
        Code(
            "training",
            defines=("train",),
            mistakes=(
                *("nothing_returned", "no_model", "wrong_outputs", "no_softmax"),
                *("untrained", "undertrained", "majority", "ignores_arguments"),
            ),
        ),
    )
