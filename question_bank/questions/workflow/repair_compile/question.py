"""A compile call whose loss and whose metrics are both wrong, to be repaired."""

from question_bank import Code, Draw, Variant, question

# the right loss, two faulty ones, the given layers, and metrics to ask for
TASKS = {
    "houses": {
        "loss": "mean_squared_error",
        "unknown": "mean_square_error",
        "other": "binary_crossentropy",
        "inputs": 13,
        "last": "layers.Dense(1)",
        "pairs": (("mae", "root_mean_squared_error"), ("mae", "mse")),
    },
    "reviews": {
        "loss": "binary_crossentropy",
        "unknown": "binary_cross_entropy",
        "other": "categorical_crossentropy",
        "inputs": 500,
        "last": 'layers.Dense(1, activation="sigmoid")',
        "pairs": (("accuracy", "precision"), ("accuracy", "recall"), ("precision", "recall")),
    },
    "news": {
        "loss": "categorical_crossentropy",
        "unknown": "categorical_cross_entropy",
        "other": "sparse_categorical_crossentropy",
        "inputs": 300,
        "last": 'layers.Dense(46, activation="softmax")',
        "pairs": (("accuracy", "top_k_categorical_accuracy"),),
    },
    "digits": {
        "loss": "sparse_categorical_crossentropy",
        "unknown": "sparse_crossentropy",
        "other": "categorical_crossentropy",
        "inputs": 784,
        "last": 'layers.Dense(10, activation="softmax")',
        "pairs": (("accuracy", "sparse_top_k_categorical_accuracy"),),
    },
}


@question(facts=["F32", "F34", "F25"], points=3, minutes=4, book="both")
def repair_compile(draw: Draw) -> Variant:
    task = draw.choice(sorted(TASKS))
    told = TASKS[task]
    first, second = draw.shuffled(draw.choice(told["pairs"]))
    loss = draw.choice((told["unknown"], told["other"], *(("accuracy",) if task != "houses" else ())))
    metrics = draw.choice(
        (
            f'metrics="{first}, {second}"',
            f'metrics=["{first}, {second}"]',
            f'metrics=["{first}"]',
        )
    )
    return Variant(
        {
            "task": task,
            "optimizer": draw.choice(("rmsprop", "adam", "sgd")),
            "units": draw.choice((16, 32, 64)),
            "metrics": [first, second],
            "given": {"loss": loss, "metrics": metrics},
            **{name: told[name] for name in ("loss", "unknown", "other", "inputs", "last")},
        },
        Code(
            "model",
            defines=("model",),
            mistakes=(
                *("not_compiled", "unknown_loss", "metric_as_loss", "other_loss", "logits"),
                *("one_text", "metric_missing", "other_metric", "rest_changed"),
            ),
        ),
    )
