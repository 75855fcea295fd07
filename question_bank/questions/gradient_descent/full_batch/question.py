"""Batch gradient descent with the plain SGD class of Keras: the batch size, the updates, and when to choose it."""

from question_bank import Choice, Draw, Mistake, Variant, question


def _batch_size(draw: Draw) -> tuple[dict[str, object], Choice]:
    """Which argument makes it batch gradient descent."""
    wrong = draw.sample(("single", "mini", "features", "per_epoch"), 3)
    values = {
        "whole": draw.choice(("len(x_train)", "x_train.shape[0]")),
        "single": "1",
        "mini": draw.choice(("32", "64", "128")),
        "features": "x_train.shape[1]",
        "per_epoch": draw.choice(("len(x_train) // epochs", "x_train.shape[0] // epochs")),
    }
    return {"values": values}, Choice.shuffled(draw, right="whole", wrong=[Mistake(id) for id in wrong])


def _updates(draw: Draw) -> tuple[dict[str, object], Choice]:
    """How often it updates the weights."""
    wrong = [Mistake(id) for id in ("each_sample", "each_32", "once")]
    return {}, Choice.shuffled(draw, right="each_epoch", wrong=wrong)


def _when(draw: Draw) -> tuple[dict[str, object], Choice]:
    """Which data it is fine for."""
    wrong = [Mistake(id) for id in ("too_big", "stream", "many")]
    story = {id: draw.integer(0, 2) for id in ("little", "too_big", "stream", "many")}
    counts = {"little": 10 * draw.integer(6, 30), "too_big": draw.integer(2, 9), "many": 10 * draw.integer(8, 40)}
    return {"story": story, "counts": counts}, Choice.shuffled(draw, right="little", wrong=wrong)


@question(facts=["F26", "F08"], points=1, minutes=1, book="both")
def full_batch(draw: Draw) -> Variant:
    asked = draw.choice(("batch_size", "updates", "when"))
    samples, features, epochs = 100 * draw.integer(20, 90), draw.integer(6, 30), 10 * draw.integer(2, 20)
    numbers = {"samples": samples, "features": features, "epochs": epochs, "of_32": -(-samples // 32)}
    parameters, answer = {"batch_size": _batch_size, "updates": _updates, "when": _when}[asked](draw)
    return Variant({"asked": asked, **({} if asked == "when" else numbers), **parameters}, answer)
