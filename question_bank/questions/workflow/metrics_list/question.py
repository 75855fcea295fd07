"""A list of metrics: how it is written, what `fit` prints and `evaluate` returns, and which accuracy is computed."""

from question_bank import Choice, Draw, Mistake, Variant, question

LOSSES = {
    "binary": "binary_crossentropy",
    "one_hot": "categorical_crossentropy",
    "integers": "sparse_categorical_crossentropy",
    "regression": "mse",
}
# metrics that make sense together, by kind of problem
PAIRS = {
    "binary": (("accuracy", "precision"), ("accuracy", "recall"), ("precision", "recall"), ("accuracy", "auc")),
    "regression": (("mae", "mse"),),
}
TRIPLES = {
    "binary": (("accuracy", "precision", "recall"), ("precision", "recall", "auc"), ("accuracy", "recall", "auc")),
    "regression": (("mae", "mse", "RootMeanSquaredError"),),
}
ACCURACIES = {"binary": "binary", "one_hot": "categorical", "integers": "sparse"}


def _values(draw: Draw) -> tuple[dict[str, object], Choice]:
    """How many numbers `evaluate` returns."""
    kind, sets = draw.choice(sorted(PAIRS)), draw.choice((PAIRS, TRIPLES))
    metrics = draw.shuffled(draw.choice(sets[kind]))
    batch_size, batches = draw.choice((50, 100, 200)), draw.choice((10, 12, 15, 20))
    count = len(metrics)
    below = {"only_loss": 1, "only_metrics": count, **({"one_metric": 2} if count > 2 else {})}
    above = {"both_data": 2 * (count + 1), "number_of_batches": batches, "each_batch": batches * (count + 1)}
    # how many are below the right one is drawn such that its place among the numbers tells nothing
    smaller = draw.choice((0, 1, 2) if count == 2 else (0, 1, 2, 3, 3, 3))
    wrong = [*draw.sample(sorted(below), smaller), *draw.sample(sorted(above), 3 - smaller)]
    parameters = {
        "kind": kind,
        "metrics": metrics,
        "numbers": {"right": count + 1, **below, **above},
        "samples": batches * batch_size,
        "batch_size": batch_size,
    }
    return parameters, Choice.shuffled(draw, right="right", wrong=[Mistake(id) for id in wrong])


def _line(draw: Draw) -> tuple[dict[str, object], Choice]:
    """Which values `fit` prints for an epoch."""
    kind = draw.choice(sorted(PAIRS))
    metrics = sorted(draw.choice(PAIRS[kind]))
    # with validation data a third of the time: then the right one is the longest
    validation = draw.choice((True, False, False))
    own, watched = sorted(["loss", *metrics]), [f"val_{name}" for name in sorted(["loss", *metrics])]
    if validation:
        options = {
            "right_line": [*own, *watched],
            "loss_missing": [*metrics, *(f"val_{name}" for name in metrics)],
            "validation_missing": own,
            "only_validation": watched,
        }
    else:
        options = {
            "right_line": own,
            "loss_missing": metrics,
            "first_only": ["loss", metrics[0]],
            "validation_unasked": [*own, *watched],
        }
    parameters = {"kind": kind, "metrics": draw.shuffled(metrics), "validation": validation, "printed": options}
    wrong = [Mistake(id) for id in options if id != "right_line"]
    return parameters, Choice.shuffled(draw, right="right_line", wrong=wrong)


def _form(draw: Draw) -> tuple[dict[str, object], Choice]:
    """Which function `"accuracy"` stands for."""
    kind = draw.choice(sorted(ACCURACIES))
    right = ACCURACIES[kind]
    parameters = {
        "kind": kind,
        "metrics": ["accuracy"],
        "classes": 2 if kind == "binary" else draw.integer(3, 12),
        "setting": draw.choice(("mails", "photos", "sounds")),
    }
    wrong = [*(name for name in ACCURACIES.values() if name != right), "exact"]
    return parameters, Choice.shuffled(draw, right=right, wrong=[Mistake(name) for name in wrong])


def _list(draw: Draw) -> tuple[dict[str, object], Choice]:
    """How two metrics are written."""
    kind = draw.choice(sorted(PAIRS))
    parameters = {"kind": kind, "metrics": draw.shuffled(draw.choice(PAIRS[kind]))}
    wrong = draw.sample(("one_text", "bare_texts", "two_arguments", "other_argument"), 3)
    return parameters, Choice.shuffled(draw, right="a_list", wrong=[Mistake(id) for id in wrong])


@question(facts=["F32", "F34", "F39"], points=1, minutes=1, book="both")
def metrics_list(draw: Draw) -> Variant:
    asked = draw.choice(("values", "line", "form", "list"))
    parameters, answer = {"values": _values, "line": _line, "form": _form, "list": _list}[asked](draw)
    optimizer = draw.choice(("rmsprop", "adam", "sgd"))
    loss = LOSSES[str(parameters["kind"])]
    return Variant({"asked": asked, "optimizer": optimizer, "loss": loss, **parameters}, answer)
