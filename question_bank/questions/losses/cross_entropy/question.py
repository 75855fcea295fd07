"""Categorical cross-entropy in numpy, finite where a predicted probability is 0."""

from question_bank import Code, Draw, Variant, question

NAMES = (("y_true", "y_pred"), ("targets", "predictions"), ("p", "q"), ("labels", "probabilities"))
FUNCTIONS = ("cross_entropy", "crossentropy_loss", "mean_cross_entropy")


@question(facts=["F29"], points=4, minutes=8, book="both")
def cross_entropy(draw: Draw) -> Variant:
    true, predicted = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "y": true,
            "q": predicted,
            # probabilities below 10 ** -exponent are raised to it
            "exponent": draw.integer(6, 10),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("not_averaged", "over_elements", "base_two", "sign", "unweighted", "swapped"),
                *("not_finite", "zero_is_free", "other_epsilon"),
            ),
        ),
    )
