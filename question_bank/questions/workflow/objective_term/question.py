"""The objective function is the loss; and the other terms of the workflow, from descriptions."""

from collections.abc import Mapping

from question_bank import Draw, Mistake, Term, Variant, question

WORDINGS = 3
EXAMPLES_OF_LOSSES = ("mean squared error", "mean absolute error", "crossentropy", "binary crossentropy")
# by what is asked for: the glossary's term, then the mistakes by what somebody writes
ASPECTS: Mapping[str, tuple[str, Mapping[str, Mistake]]] = {
    "other_name": (
        "loss function",
        {
            **dict.fromkeys(
                ("objective function", "objective", "목적 함수", "목적"),
                Mistake("repeats"),
            ),
            **dict.fromkeys(EXAMPLES_OF_LOSSES, Mistake("one_example", credit=0.25)),
            **dict.fromkeys(("metric", "accuracy"), Mistake("only_watched")),
            **dict.fromkeys(("optimizer", "gradient descent", "gradient"), Mistake("does_the_work")),
            **dict.fromkeys(("activation function", "softmax", "sigmoid"), Mistake("in_a_layer")),
        },
    ),
    "described_loss": (
        "loss function",
        {
            **dict.fromkeys(EXAMPLES_OF_LOSSES, Mistake("one_example", credit=0.25)),
            **dict.fromkeys(("metric", "accuracy"), Mistake("only_watched")),
            **dict.fromkeys(("optimizer", "gradient descent", "gradient"), Mistake("does_the_work")),
            **dict.fromkeys(("activation function", "softmax", "sigmoid"), Mistake("in_a_layer")),
        },
    ),
    "optimizer": (
        "optimizer",
        {
            **dict.fromkeys(
                ("gradient descent", "stochastic gradient descent", "RMSprop", "Adam", "아담", "momentum"),
                Mistake("one_example", credit=0.25),
            ),
            **dict.fromkeys(("loss function",), Mistake("is_made_small")),
            **dict.fromkeys(("backpropagation", "gradient", "chain rule"), Mistake("finds_gradients")),
            **dict.fromkeys(("learning rate",), Mistake("only_a_number")),
        },
    ),
    "metric": (
        "metric",
        {
            **dict.fromkeys(
                ("accuracy", "precision", "recall", "mean absolute error"), Mistake("one_example", credit=0.25)
            ),
            **dict.fromkeys(("loss function",), Mistake("is_made_small")),
            **dict.fromkeys(("optimizer",), Mistake("does_the_work")),
            **dict.fromkeys(("validation data", "test data", "label"), Mistake("is_data")),
        },
    ),
    "epoch": (
        "epoch",
        {
            **dict.fromkeys(("batch", "mini-batch"), Mistake("a_part_of_the_data")),
            **dict.fromkeys(("batch size",), Mistake("size_of_a_part")),
            **dict.fromkeys(("step", "iteration", "스텝", "반복"), Mistake("one_update")),
            **dict.fromkeys(("number of epochs", "에포크 수", "에폭 수"), Mistake("their_number", credit=0.25)),
        },
    ),
    "validation_data": (
        "validation data",
        {
            **dict.fromkeys(("training data",), Mistake("trains")),
            **dict.fromkeys(("test data",), Mistake("kept_for_the_end")),
            **dict.fromkeys(("hold-out validation", "K-fold cross-validation"), Mistake("a_method", credit=0.25)),
            **dict.fromkeys(("metric", "accuracy"), Mistake("is_measured_with_it")),
        },
    ),
}
# mostly the loss, which has two names
DRAWN = ("other_name", "other_name", "other_name", "described_loss", "optimizer", "metric", "epoch", "validation_data")


@question(facts=["F25"], points=1, minutes=1, book="closed")
def objective_term(draw: Draw) -> Variant:
    aspect = draw.choice(DRAWN)
    term, mistakes = ASPECTS[aspect]
    return Variant({"aspect": aspect, "wording": draw.integer(0, WORDINGS - 1)}, Term(term, mistakes=mistakes))
