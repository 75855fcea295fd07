"""Which measures can be the loss of gradient descent, and which only metrics."""

from question_bank import Choices, Draw, Mistake, Variant, question

CAN = ("mse", "mae", "binary", "categorical", "sparse")
CANNOT = ("accuracy", "precision", "recall", "auc", "error_rate")


@question(facts=["F28", "F29"], points=2, minutes=2, book="closed")
def can_be_a_loss(draw: Draw) -> Variant:
    right = draw.sample(CAN, draw.choice((2, 3)))
    wrong = draw.sample(CANNOT, 5 - len(right))
    options = draw.shuffled([*right, *wrong])
    # leaving one out is a mistake too, with a sentence of its own
    return Variant({}, Choices(tuple(right), tuple(options), {option: Mistake(option) for option in options}))
