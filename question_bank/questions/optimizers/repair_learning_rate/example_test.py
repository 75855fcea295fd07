"""The cell runs, and what the model was told is what was asked for."""

from question_bank.checks import expect, points

LOSSES = {
    "mse": ("mse", "meansquarederror"),
    "binary_crossentropy": ("binarycrossentropy", "bce"),
    "categorical_crossentropy": ("categoricalcrossentropy",),
}
METRICS = {"mae": ("mae", "meanabsoluteerror"), "accuracy": ("accuracy", "acc")}


def compiled(student):
    """What the model was told; fails where the learning rate was left to Keras."""
    said = student.model("model").compiled
    expect(said["optimizer"] is not None, "not_compiled", "no optimizer")
    # what the optimizers of this course take where nobody says otherwise
    expect(said["learning_rate"] not in (0.01, 0.001), "default_rate", f"{said['learning_rate']}")
    return said


def plain(text):
    """A name without brackets, underscores and capitals."""
    return str(text).split("(")[0].replace("_", "").casefold()


@points(1)
def test_example_compiled(student, variant):
    """The model is compiled with the learning rate and the optimizer that were asked for."""
    said = compiled(student)
    rate = said["learning_rate"]
    right = rate is not None and abs(rate - float(variant.rate)) < 1e-6
    expect(right, "other_rate", f"learning rate {rate}")
    expect(said["optimizer"] == variant.optimizer, "other_optimizer", f"optimizer {said['optimizer']}")


@points(1)
def test_example_rest(student, variant):
    """Loss and metric are those of the given code."""
    said = compiled(student)
    loss, metrics = plain(said["loss"]), [plain(metric) for metric in said["metrics"]]
    kept = loss in LOSSES[variant.loss] and len(metrics) == 1 and metrics[0] in METRICS[variant.metric]
    expect(kept, "rest_changed", f"loss {said['loss']}, metrics {said['metrics']}")
