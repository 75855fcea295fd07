"""The whole workflow on points in a plane: build, compile, fit and return a classifier."""

from question_bank import Code, Draw, Variant, question


@question(facts=["F25", "F22"], points=6, minutes=12, book="open")
def whole_workflow(draw: Draw) -> Variant:
    return Variant(
        {
            "labels": draw.choice(("integers", "one-hot")),
            "classes": draw.choice((4, 5)),
            "story": draw.choice(("machine", "tea", "steps")),
            # what the prompt suggests for the hidden layer
            "units": draw.choice((24, 32, 48, 64)),
            # how far the clouds of points are turned, in degrees
            "turn": draw.choice((10, 20, 30, 40)),
        },
        Code(
            "training",
            defines=("train",),
            mistakes=(
                *("nothing_returned", "no_model", "wrong_outputs", "no_probabilities"),
                *("untrained", "undertrained", "ignores_arguments"),
            ),
        ),
    )
