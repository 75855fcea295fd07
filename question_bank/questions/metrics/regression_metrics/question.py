"""MSE, RMSE and MAE in numpy, returned together."""

from question_bank import Code, Draw, Variant, question

NAMES = (("y_true", "y_pred"), ("targets", "predictions"), ("y", "p"), ("actual", "predicted"))
FUNCTIONS = ("regression_metrics", "errors_of", "evaluate_regression")
METRICS = ("mse", "rmse", "mae")


@question(facts=["F36", "F27"], points=4, minutes=6, book="both")
def regression_metrics(draw: Draw) -> Variant:
    targets, predictions = draw.choice(NAMES)
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "y": targets,
            "p": predictions,
            "container": draw.choice(("tuple", "dict")),
            "order": draw.shuffled(METRICS),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("signs_cancel", "not_averaged", "root_of_each", "no_root", "root_of_sum", "predictions_only"),
                *("another_order", "another_container"),
            ),
        ),
    )
