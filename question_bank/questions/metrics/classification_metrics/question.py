"""Accuracy, precision and recall in numpy, returned together."""

from question_bank import Code, Draw, Variant, question

NAMES = (("y_true", "y_pred"), ("labels", "predictions"), ("y", "p"), ("actual", "predicted"))
FUNCTIONS = ("classification_metrics", "scores_of", "evaluate_binary")
METRICS = ("accuracy", "precision", "recall")


@question(facts=["F27"], points=5, minutes=8, book="both")
def classification_metrics(draw: Draw) -> Variant:
    labels, predictions = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "y": labels,
            "p": predictions,
            "container": draw.choice(("tuple", "dict")),
            "order": draw.shuffled(METRICS),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("other_class", "only_the_positives", "not_divided", "share_of_errors", "another_metric"),
                *("divided_by_all", "nothing_called", "another_container"),
            ),
        ),
    )
