"""Dense layers are inside Transformers too."""

from question_bank import Choice, Draw, Mistake, Variant, question

# what is asked: the right option, then those of which three are shown
ASPECTS = {
    "which_layer": ("dense", ("convolution", "recurrent", "pooling", "gated")),
    "which_statement": ("still_inside", ("replaced", "output_only", "recurrent_inside", "untrained")),
}
WORDINGS = 3


@question(facts=["F24"], points=1, minutes=1, book="both", final=True)
def inside_transformers(draw: Draw) -> Variant:
    aspect = draw.choice(sorted(ASPECTS))
    right, others = ASPECTS[aspect]
    wrong = draw.sample(others, 3)
    return Variant(
        {
            "aspect": aspect,
            "asked": draw.integer(0, WORDINGS - 1),
            "wording": {option: draw.integer(0, WORDINGS - 1) for option in (right, *wrong)},
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in wrong]),
    )
