"""Which of some names are optimizers, among losses, metrics, activations, layers and methods."""

from question_bank import Choices, Draw, Mistake, Variant, question

OPTIMIZERS = ("SGD", "RMSprop", "Adam", "Adagrad", "SGD_momentum")
OTHERS = {
    "loss": ("mse", "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"),
    "metric": ("rmse", "accuracy", "precision", "recall", "auc"),
    "activation": ("relu", "sigmoid", "softmax", "tanh"),
    "layer": ("Dense", "Flatten", "Dropout"),
    "method": ("compile", "fit", "evaluate", "predict"),
}


@question(facts=["F33"], points=1, minutes=1, book="closed")
def which_are_optimizers(draw: Draw) -> Variant:
    right = draw.sample(OPTIMIZERS, draw.choice((2, 3)))
    kinds = draw.sample(list(OTHERS), 6 - len(right))
    wrong = {draw.choice(OTHERS[kind]): kind for kind in kinds}
    options = draw.shuffled([*right, *wrong])
    mistakes = {option: Mistake(wrong.get(option, "left_out")) for option in options}
    return Variant({"phrasing": draw.choice(("plain", "argument"))}, Choices(tuple(right), tuple(options), mistakes))
