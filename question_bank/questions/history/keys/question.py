"""Which keys `history.history` has after this compilation and this training."""

from question_bank import Choices, Draw, Mistake, Variant, question

# loss, metrics as compile is told them, their keys, and a measure that is not asked for
RUNS = (
    ("binary_crossentropy", ('"accuracy"',), ("accuracy",), "precision"),
    ("categorical_crossentropy", ('"accuracy"',), ("accuracy",), "recall"),
    ("sparse_categorical_crossentropy", ('"accuracy"',), ("accuracy",), "mae"),
    ("mse", ('"mae"',), ("mae",), "accuracy"),
    ("mae", ('"mse"',), ("mse",), "accuracy"),
    ("huber", ('"mae"', '"mse"'), ("mae", "mse"), "accuracy"),
    ("binary_crossentropy", ('"accuracy"', 'keras.metrics.AUC(name="auc")'), ("accuracy", "auc"), "recall"),
    ("binary_crossentropy", ('"accuracy"', 'keras.metrics.Recall(name="recall")'), ("accuracy", "recall"), "auc"),
    ("binary_crossentropy", (), (), "accuracy"),
    ("mse", (), (), "mae"),
)
VALIDATION = ("validation_data=(x_val, y_val)", "validation_split=0.2", "validation_split=0.25")
SETTINGS = ("learning_rate", "optimizer", "batch_size")
MISTAKES = {
    "loss": "loss_missing",
    "metric": "metric_missing",
    "second": "metric_missing",
    "val_unlisted": "unlisted",
}


def _right(metrics: tuple[str, ...], validated: bool) -> dict[str, str]:
    """The keys that are there, by option."""
    keys = {"loss": "loss", **dict(zip(("metric", "second"), metrics, strict=False))}
    if validated:
        keys |= {f"val_{option}": f"val_{key}" for option, key in keys.items()}
    return keys


@question(facts=["F50"], points=2, minutes=2, book="open")
def keys(draw: Draw) -> Variant:
    loss, told, metrics, unlisted = draw.choice(RUNS)
    # without metrics, the loss alone would leave one key to choose
    validation = draw.choice(VALIDATION) if not metrics or draw.choice((True, False)) else ""
    there = _right(metrics, bool(validation))
    absent = {"train_loss": "train_loss", "loss_by_name": loss, "epoch": "epoch", "unlisted": unlisted}
    absent["setting"] = draw.choice(SETTINGS)
    if validation:
        absent |= {"long_prefix": "validation_loss", "val_unlisted": f"val_{unlisted}"}
    right = draw.sample(sorted(there), draw.choice((2, 3)) if len(there) > 2 else 2)
    if validation:
        wrong = draw.sample(sorted(absent), 5 - len(right))
    else:
        # the keys of a validation that never took place are the first to think of
        unvalidated = {f"val_{option}": f"val_{key}" for option, key in there.items()}
        wrong = [draw.choice(sorted(unvalidated)), *draw.sample(sorted(absent), 4 - len(right))]
        absent |= unvalidated
    mistakes = dict(MISTAKES)
    for option in ("val_loss", "val_metric", "val_second"):
        mistakes[option] = "val_missing" if validation else "no_validation"
    options = draw.shuffled([*right, *wrong])
    return Variant(
        {
            "loss": loss,
            "metrics": f", metrics=[{', '.join(told)}]" if told else "",
            "validation": f", {validation}" if validation else "",
            "epochs": draw.choice((4, 5, 8, 10, 15, 20)),
            "batch_size": draw.choice((32, 64, 128)),
            "name": draw.choice(("history", "result", "log")),
            "keys": there | absent,
        },
        Choices(tuple(right), tuple(options), {o: Mistake(mistakes.get(o, o)) for o in options}),
    )
