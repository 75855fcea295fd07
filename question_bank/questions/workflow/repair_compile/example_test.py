"""The cell runs, and what `compile` was told is what was asked for."""

import re

from question_bank.checks import expect, fail, points

LOSSES = {
    "mean_squared_error": ("mse", "meansquarederror"),
    "binary_crossentropy": ("binarycrossentropy", "bce"),
    "categorical_crossentropy": ("categoricalcrossentropy",),
    "sparse_categorical_crossentropy": ("sparsecategoricalcrossentropy",),
}


def compiled(student):
    """What the model was told; fails where it was told nothing."""
    said = student.model("model").compiled
    expect(said["optimizer"] is not None and said["loss"] is not None, "not_compiled", str(said))
    return said


def plain(text):
    """A name without brackets, quotes, underscores and capitals."""
    return re.sub(r"[^a-z]", "", str(text).split("(")[0].casefold())


@points(1)
def test_example_two_metrics(student):
    """The model is compiled, and its list of metrics has two elements."""
    metrics = [str(metric) for metric in compiled(student)["metrics"]]
    if any(re.search(r"\w[,;\s]+\w", text.split("(")[0]) for text in metrics):
        fail("one_text", f"{metrics}")
    expect(len(metrics) == 2, "metric_missing" if len(metrics) < 2 else "other_metric", f"metrics {metrics}")


@points(1)
def test_example_loss(student, variant):
    """The loss is the one that was asked for, in any spelling of Keras."""
    told = compiled(student)["loss"]
    name = plain(told)
    if name in LOSSES[variant.loss]:
        expect("from_logits" not in str(told), "logits", str(told))
        return
    if "accuracy" in name or name == "acc":
        fail("metric_as_loss", str(told))
    known = {spelling for spellings in LOSSES.values() for spelling in spellings} | {"mae", "meanabsoluteerror"}
    fail("other_loss" if name in known else "unknown_loss", str(told))


@points(1)
def test_example_rest(student, variant):
    """The faulty loss is gone, and layers and optimizer are those of the given code."""
    said = compiled(student)
    expect(plain(said["loss"]) != plain(variant.given["loss"]), detail=f"the given loss {said['loss']}")
    expect(str(said["optimizer"]).casefold() == variant.optimizer, "rest_changed", f"optimizer {said['optimizer']}")
    layers = [(layer.kind, layer.config.get("units")) for layer in student.model("model").layers]
    outputs = {"news": 46, "digits": 10}.get(variant.task, 1)
    expect(layers == [("Dense", variant.units), ("Dense", outputs)], "rest_changed", f"layers {layers}")
