"""A compile call that cannot give the optimizer its learning rate, to be repaired."""

from question_bank import Code, Draw, Variant, question

OPTIMIZERS = ("SGD", "RMSprop", "Adam")
# none is the default of any of the three optimizers (0.01 and 0.001)
RATES = ("0.05", "0.02", "0.005", "0.002", "0.0005", "0.0001")
FAULTS = ("old_name", "only_a_name", "in_compile")
TASKS = {
    "houses": {"inputs": 13, "last": "layers.Dense(1)", "loss": "mse", "metric": "mae"},
    "reviews": {
        "inputs": 500,
        "last": 'layers.Dense(1, activation="sigmoid")',
        "loss": "binary_crossentropy",
        "metric": "accuracy",
    },
    "news": {
        "inputs": 300,
        "last": 'layers.Dense(46, activation="softmax")',
        "loss": "categorical_crossentropy",
        "metric": "accuracy",
    },
}


@question(facts=["F05", "F33"], points=3, minutes=4, book="both")
def repair_learning_rate(draw: Draw) -> Variant:
    optimizer, rate, fault = draw.choice(OPTIMIZERS), draw.choice(RATES), draw.choice(FAULTS)
    given = {
        "old_name": f"keras.optimizers.{optimizer}(lr={rate})",
        "only_a_name": f'"{optimizer.lower()}"',
        "in_compile": f'"{optimizer.lower()}"',
    }[fault]
    arguments = [f"optimizer={given}", *([f"learning_rate={rate}"] if fault == "in_compile" else [])]
    task = draw.choice(sorted(TASKS))
    return Variant(
        {
            "optimizer": optimizer,
            "rate": rate,
            "fault": fault,
            "task": task,
            "units": draw.choice((16, 32, 64)),
            "arguments": arguments,
            **TASKS[task],
        },
        Code(
            "model",
            defines=("model",),
            mistakes=("not_compiled", "default_rate", "other_rate", "other_optimizer", "rest_changed"),
        ),
    )
