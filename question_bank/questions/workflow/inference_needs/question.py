"""What a trained model needs to predict, and what only training needs."""

from question_bank import Choices, Draw, Mistake, Variant, question

WORDINGS = 3
INFERENCE = ("layers", "weights", "input", "activations", "scaling")
TRAINING = ("loss", "targets", "optimizer", "gradients", "learning_rate", "backpropagation")


@question(facts=["F12"], points=2, minutes=2, book="closed")
def inference_needs(draw: Draw) -> Variant:
    asked = draw.choice(("inference", "training_only"))
    inference, training = draw.sample(INFERENCE, 3), draw.sample(TRAINING, 3)
    right = inference if asked == "inference" else training
    options = draw.shuffled([*inference, *training])
    return Variant(
        {
            "asked": asked,
            "setting": draw.choice(("digits", "reviews", "houses")),
            "wording": {option: draw.integer(0, WORDINGS - 1) for option in options},
        },
        # taken for the other kind, or left out: one sentence says where each belongs
        Choices(tuple(right), tuple(options), {option: Mistake(option) for option in options}),
    )
