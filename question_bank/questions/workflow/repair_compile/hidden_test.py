"""
What a repaired `compile` call says: loss, metrics, and the rest as it was given.

All of it is the model's own word, and what it says is what was asked for: names count in every spelling that
Keras knows, objects by their class.
"""

import re

from question_bank.checks import expect, fail, points

MSE = ("mse", "mean_squared_error", "meansquarederror")
MAE = ("mae", "mean_absolute_error", "meanabsoluteerror")
LOSSES = {
    "mean_squared_error": MSE,
    "binary_crossentropy": ("binary_crossentropy", "binarycrossentropy", "bce"),
    "categorical_crossentropy": ("categorical_crossentropy", "categoricalcrossentropy"),
    "sparse_categorical_crossentropy": ("sparse_categorical_crossentropy", "sparsecategoricalcrossentropy"),
}
OTHER_LOSSES = (*MAE, "crossentropy", "huber", "hinge", "poisson", "log_cosh", "logcosh", "mape", "msle")
METRICS = {
    "mae": MAE,
    "mse": MSE,
    "root_mean_squared_error": ("root_mean_squared_error", "rootmeansquarederror"),
    "precision": ("precision",),
    "recall": ("recall",),
    "top_k_categorical_accuracy": ("top_k_categorical_accuracy", "topkcategoricalaccuracy"),
    "sparse_top_k_categorical_accuracy": ("sparse_top_k_categorical_accuracy", "sparsetopkcategoricalaccuracy"),
}
ACCURACIES = {
    "reviews": ("binary_accuracy", "binaryaccuracy"),
    "news": ("categorical_accuracy", "categoricalaccuracy"),
    "digits": ("sparse_categorical_accuracy", "sparsecategoricalaccuracy"),
}
OUTPUTS = {"houses": (1, "linear"), "reviews": (1, "sigmoid"), "news": (46, "softmax"), "digits": (10, "softmax")}


def name_of(text):
    """`MeanSquaredError()` and `['MSE']` without brackets, quotes and capitals."""
    return re.sub(r"[\[\]'\"\s]", "", str(text).split("(")[0]).casefold()


def compiled(student):
    """What the model was told; fails where it was told nothing."""
    said = student.model("model").compiled
    expect(said["optimizer"] is not None and said["loss"] is not None, "not_compiled", str(said))
    return said


def check_loss(said, variant):
    """Fails unless the loss is the one that was asked for."""
    text, name = str(said["loss"]), name_of(said["loss"])
    if name in LOSSES[variant.loss]:
        expect("from_logits" not in text, "logits", text)
        return
    if re.search("accuracy|precision|recall|auc", name) or name == "acc":
        fail("metric_as_loss", text)
    known = {*OTHER_LOSSES, *(spelling for spellings in LOSSES.values() for spelling in spellings)}
    fail("other_loss" if name in known else "unknown_loss", text)


def metric_of(text, variant):
    """Which of the metrics asked for *text* names; None for any other."""
    name, told = name_of(text), str(text).partition("(")[2]
    if told not in ("", ")", "k=5)"):
        return None
    # an object of the class Accuracy compares numbers as they are; the text "accuracy" fits itself to the problem
    accuracies = (*ACCURACIES.get(variant.task, ()), *(() if told else ("accuracy", "acc")))
    return next((m for m in variant.metrics if name in (accuracies if m == "accuracy" else METRICS[m])), None)


def check_metrics(said, variant):
    """Fails unless both metrics, and no others, stand in the list."""
    texts = [str(text) for text in said["metrics"]]
    if any(re.search(r"\w[,;\s]+\w", text.split("(")[0]) for text in texts):
        fail("one_text", str(texts))
    found = [metric_of(text, variant) for text in texts]
    expect(None not in found and len(set(found)) == len(found), "other_metric", str(texts))
    expect(set(found) == set(variant.metrics), "metric_missing", str(texts))


@points(2)
def test_loss(student, variant):
    """The loss is the one that was asked for, under a name that Keras knows."""
    check_loss(compiled(student), variant)


@points(2)
def test_metrics(student, variant):
    """Both metrics stand in the list, each as an element of its own, and no others."""
    check_metrics(compiled(student), variant)


@points(1)
def test_rest(student, variant):
    """Loss and metrics are repaired, and layers and optimizer are as they were given."""
    said = compiled(student)
    check_loss(said, variant)
    check_metrics(said, variant)
    expect(str(said["optimizer"]).casefold() == variant.optimizer, "rest_changed", f"optimizer {said['optimizer']}")
    layers = [
        (layer.kind, layer.config.get("units"), layer.config.get("activation"))
        for layer in student.model("model").layers
    ]
    want = [("Dense", variant.units, "relu"), ("Dense", *OUTPUTS[variant.task])]
    expect(layers == want, "rest_changed", f"layers {layers}")
