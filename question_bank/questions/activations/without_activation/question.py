"""What a network without non-linear activations can do, and what mends it."""

from question_bank import Choice, Draw, Mistake, Variant, question

WORDINGS = 3
CURVES = ("product", "square", "absolute", "larger_of_two", "difference")
LINES = ("two_slopes", "one_input", "constant", "mean")
# what is asked: the right option, then those of which three are shown
STATEMENTS = {
    "same_as": ("one_layer", ("more_power", "constant_output", "probability", "copies_input")),
    "remedy": ("add_relu", ("more_layers", "more_neurons", "more_epochs", "more_data")),
}


@question(facts=["F18", "F41"], points=1, minutes=2, book="closed")
def without_activation(draw: Draw) -> Variant:
    aspect = draw.choice((*sorted(STATEMENTS), "beyond_reach"))
    sizes = [draw.integer(2, 4), 8 * draw.integer(1, 8), 8 * draw.integer(1, 8)]
    if aspect == "beyond_reach":
        right, wrong = draw.choice(CURVES), draw.sample(LINES, 3)
        mistakes = {option: Mistake("is_linear") for option in wrong}
    else:
        right, others = STATEMENTS[aspect]
        wrong = draw.sample(others, 3)
        mistakes = {option: Mistake(option) for option in wrong}
    slopes = draw.sample(range(2, 8), 2)
    return Variant(
        {
            "aspect": aspect,
            "sizes": sizes,
            "slopes": slopes,
            "number": draw.integer(2, 9),
            "wording": draw.integer(0, WORDINGS - 1),
        },
        Choice(right, tuple(draw.shuffled([right, *wrong])), mistakes),
    )
