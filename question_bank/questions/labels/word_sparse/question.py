"""What is sparse about the sparse categorical cross-entropy."""

from question_bank import Choice, Draw, Mistake, Variant, question

# wrong answers by what is asked; each has several wordings
WRONG = {
    "why": ("weights", "connections", "few_data", "outputs", "rare_classes"),
    "change": ("one_output", "sigmoid", "sparse_layers", "images"),
    "value": ("smaller", "divided", "larger", "no_metric"),
}
WORDINGS = 3
COUNTS = (8, 10, 12, 20, 46)


@question(facts=["F22", "F21"], points=1, minutes=1, book="closed")
def word_sparse(draw: Draw) -> Variant:
    asked = draw.choice(list(WRONG))
    wrong = draw.sample(WRONG[asked], 3)
    return Variant(
        {
            "asked": asked,
            "classes": draw.choice(COUNTS),
            "wording": {id: draw.integer(0, WORDINGS - 1) for id in ("labels", *wrong)},
        },
        Choice.shuffled(draw, right="labels", wrong=[Mistake(id) for id in wrong]),
    )
