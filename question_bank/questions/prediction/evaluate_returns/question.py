"""What `evaluate` returns: one loss, then one value for each metric, whatever the batch size."""

from question_bank import Choice, Draw, Mistake, Variant, question

WORDINGS = 3
METRICS = ("accuracy", "precision", "recall", "auc")
STATEMENTS = {
    "what": ("loss_and_metrics", "each_sample", "each_epoch", "outputs", "each_batch"),
    "batch_size": ("same_values", "sums_up", "more_entries", "trained_between", "last_batch"),
}


def _order(draw: Draw) -> tuple[dict[str, object], Choice]:
    """Which of the numbers is the one asked for."""
    names = ["loss", *draw.sample(METRICS, 3)]
    # all from one range: no size tells which is which; and all of four decimals
    scores = [value / 10000 for value in draw.sample([value for value in range(5500, 9600) if value % 10], 4)]
    place = draw.integer(0, 3)
    near = 3 if place == 0 else place - 1
    rest = [other for other in range(4) if other not in (place, near)]
    near_id = "loss_last" if place == 0 else "one_before"
    shown = {"value": scores[place], near_id: scores[near]}
    shown |= {f"elsewhere_{i}": scores[other] for i, other in enumerate(rest, start=1)}
    parameters = {"metrics": names[1:], "scores": scores, "name": names[place], "place": place, "shown": shown}
    wrong = [Mistake(id) for id in shown if id != "value"]
    return parameters, Choice.shuffled(draw, right="value", wrong=wrong)


def _statement(draw: Draw, asked: str) -> tuple[dict[str, object], Choice]:
    right, *wrong = STATEMENTS[asked]
    chosen = draw.sample(wrong, 3)
    small, large = draw.choice(((10, 100), (20, 200), (50, 250), (25, 100)))
    parameters = {
        "metrics": draw.sample(METRICS, 2),
        "samples": large * draw.choice((4, 8, 10, 20)),
        "small": small,
        "large": large,
        "wording": {id: draw.integer(0, WORDINGS - 1) for id in (right, *chosen)},
    }
    return parameters, Choice.shuffled(draw, right=right, wrong=[Mistake(id) for id in chosen])


@question(facts=["F39"], points=1, minutes=1, book="both")
def evaluate_returns(draw: Draw) -> Variant:
    asked = draw.choice(("order", "order", "what", "batch_size"))
    parameters, answer = _order(draw) if asked == "order" else _statement(draw, asked)
    optimizer = draw.choice(("rmsprop", "adam", "sgd"))
    return Variant({"asked": asked, "optimizer": optimizer, **parameters}, answer)
