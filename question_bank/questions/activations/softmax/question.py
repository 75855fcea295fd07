"""A softmax of a batch that no logit makes overflow, in numpy."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("softmax", "stable_softmax", "to_probabilities", "class_probabilities", "normalise")
ARGUMENTS = ("logits", "scores", "z", "outputs")


@question(facts=["F17"], points=5, minutes=8, book="open")
def softmax(draw: Draw) -> Variant:
    function, argument = draw.choice(FUNCTIONS), draw.choice(ARGUMENTS)
    return Variant(
        {"function": function, "argument": argument},
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("over_samples", "over_everything", "no_exponential", "not_normalised", "largest_only"),
                *("overflow", "largest_of_all"),
            ),
        ),
    )
