"""
What a repaired `compile` call says: optimizer, learning rate, loss and metrics.

All of it is the model's own word; what it says is what was asked for. Nothing is earned while the learning
rate is the one that Keras takes by itself.
"""

import math

from question_bank.checks import expect, fail, points

DEFAULTS = {"SGD": 0.01}
USUAL = 0.001
LOSSES = {
    "mse": ("mse", "mean_squared_error", "meansquarederror"),
    "binary_crossentropy": ("binary_crossentropy", "binarycrossentropy", "bce"),
    "categorical_crossentropy": ("categorical_crossentropy", "categoricalcrossentropy"),
}
METRICS = {"mae": ("mae", "mean_absolute_error", "meanabsoluteerror"), "accuracy": ("accuracy", "acc")}


def compiled(student):
    """What the model was told; fails where the learning rate is still none of the student's choosing."""
    said = student.model("model").compiled
    if said["optimizer"] is None:
        fail("not_compiled", "no optimizer")
    rate = said["learning_rate"]
    expect(rate is not None, "other_rate", "no fixed learning rate")
    if math.isclose(rate, DEFAULTS.get(said["optimizer"], USUAL), rel_tol=1e-4):
        fail("default_rate", f"{said['optimizer']} with {rate}")
    return said


def name_of(text):
    """`MeanSquaredError()` and `mse` without brackets and capitals."""
    return str(text).split("(")[0].casefold()


@points(2)
def test_learning_rate(student, variant):
    """The learning rate is the one that was asked for."""
    rate = compiled(student)["learning_rate"]
    expect(math.isclose(rate, float(variant.rate), rel_tol=1e-4), "other_rate", f"learning rate {rate}")


@points(1)
def test_optimizer(student, variant):
    """The optimizer is the one that was asked for, with a learning rate of its own."""
    said = compiled(student)["optimizer"]
    expect(said == variant.optimizer, "other_optimizer", f"optimizer {said}")


@points(1)
def test_rest(student, variant):
    """Layers, loss and metric are as they were."""
    said = compiled(student)
    metrics = [name_of(metric) for metric in said["metrics"]]
    loss_kept = name_of(said["loss"]) in LOSSES[variant.loss]
    metric_kept = len(metrics) == 1 and metrics[0] in METRICS[variant.metric]
    expect(loss_kept and metric_kept, "rest_changed", f"loss {said['loss']}, metrics {said['metrics']}")
    last = {"houses": (1, "linear"), "reviews": (1, "sigmoid"), "news": (46, "softmax")}[variant.task]
    layers = [
        (layer.kind, layer.config.get("units"), layer.config.get("activation"))
        for layer in student.model("model").layers
    ]
    want = [("Dense", variant.units, "relu"), ("Dense", *last)]
    expect(layers == want, "rest_changed", f"layers {layers}")
