"""What softmax on a single unit puts out, and what follows."""

import math

from question_bank import Choice, Draw, Mistake, Variant, question

SUMS = (-3.0, -2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0, 3.0)
SHARES = (15, 20, 30, 35, 40, 60, 65, 70, 80, 85)
WORDINGS = 3
SETTINGS = ("spam", "cat", "churn", "leak")


def _row(values: list[float]) -> str:
    return "[" + ", ".join(f"{value:.2f}" for value in values) + "]"


def _outputs(draw: Draw) -> Variant:
    sums = draw.sample(SUMS, 3)
    total = sum(math.exp(z) for z in sums)
    shown = {
        "ones": _row([1.0] * 3),
        "like_sigmoid": _row([1 / (1 + math.exp(-z)) for z in sums]),
        "shared_by_batch": _row([math.exp(z) / total for z in sums]),
        "unchanged": _row(sums),
        "halves": _row([0.5] * 3),
    }
    wrong = ["like_sigmoid", "shared_by_batch", draw.choice(("unchanged", "halves"))]
    return Variant(
        {"asked": "outputs", "sums": sums, "shown": shown, "setting": draw.choice(SETTINGS)},
        Choice.shuffled(draw, right="ones", wrong=[Mistake(id) for id in wrong]),
    )


def _accuracy(draw: Draw) -> Variant:
    ones = draw.choice(SHARES)
    # with 0 or 100 among the options, the right one is as often the smallest as the largest
    extreme = draw.choice(("all_wrong", "all_right"))
    shown = {"ones": ones, "zeros": 100 - ones, "coin": 50, "all_right": 100, "all_wrong": 0}
    samples = 100 * draw.integer(2, 9)
    return Variant(
        {
            "asked": "accuracy",
            "samples": samples,
            "positives": samples * ones // 100,
            "shown": {id: f"{value} %" for id, value in shown.items()},
            "setting": draw.choice(SETTINGS),
        },
        Choice.shuffled(draw, right="ones", wrong=[Mistake(id) for id in ("zeros", "coin", extreme)]),
    )


def _training(draw: Draw) -> Variant:
    wrong = draw.sample(("like_sigmoid", "shared_by_batch", "slow_only", "halves"), 3)
    return Variant(
        {
            "asked": "training",
            "wording": {id: draw.integer(0, WORDINGS - 1) for id in ("ones", *wrong)},
            "setting": draw.choice(SETTINGS),
        },
        Choice.shuffled(draw, right="ones", wrong=[Mistake(id) for id in wrong]),
    )


@question(facts=["F47"], points=1, minutes=1, book="closed")
def single_unit_softmax(draw: Draw) -> Variant:
    return draw.choice((_outputs, _accuracy, _training))(draw)
