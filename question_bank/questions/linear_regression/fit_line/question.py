"""Linear regression by one dense layer: fit it, and read slope and intercept."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("fit_line", "line_of", "train_line", "regression")


@question(facts=["F41", "F48"], points=6, minutes=10, book="open")
def fit_line(draw: Draw) -> Variant:
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "samples": draw.choice((160, 192, 224, 256)),
            "order": draw.choice((["slope", "intercept"], ["intercept", "slope"])),
        },
        Code(
            "training",
            defines=(function,),
            mistakes=(
                *("nothing_returned", "not_two_numbers", "not_finite", "wrong_order"),
                *("no_intercept", "no_slope", "undertrained"),
            ),
        ),
    )
