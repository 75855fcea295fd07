"""What a drawn history of training and validation accuracy says: the diagnosis, or what to do next."""

import math

from question_bank import Chart, Choice, Draw, Line, Mistake, Variant, question

CASES = ("overfitting", "underfitting", "good", "unrepresentative")
SETTINGS = ("cats", "reviews", "digits", "defects")


def _rise(epoch: int, start: float, end: float, pace: float) -> float:
    """A value that comes from *start* and nears *end*."""
    return end - (end - start) * math.exp(-(epoch - 1) / pace)


def _curves(draw: Draw, case: str, epochs: int) -> tuple[list[float], list[float]]:
    """Training and validation accuracy after each epoch."""
    pace = epochs / draw.integer(6, 8)
    start, wobble = draw.integer(55, 60) / 100, (lambda: draw.integer(-5, 5) / 1000)
    if case == "underfitting":
        end = draw.integer(60, 64) / 100
        training = [_rise(e, 0.52, end, pace) for e in range(1, epochs + 1)]
        validation = [value - 0.01 for value in training]
    elif case == "good":
        end = draw.integer(94, 96) / 100
        training = [_rise(e, start, end, 1.4 * pace) for e in range(1, epochs + 1)]
        validation = [_rise(e, start, end - 0.02, 1.4 * pace) for e in range(1, epochs + 1)]
    elif case == "overfitting":
        peak, drop = draw.integer(81, 85) / 100, draw.integer(12, 16) / 100
        best = epochs // 3
        training = [_rise(e, start, 0.995, 1.4 * pace) for e in range(1, epochs + 1)]
        validation = [_rise(e, start, peak, 0.8 * pace) for e in range(1, epochs + 1)]
        validation = [v - max(0, e - best) / (epochs - best) * drop for e, v in enumerate(validation, start=1)]
    else:
        training = [_rise(e, 0.8, 0.985, pace) for e in range(1, epochs + 1)]
        validation = [draw.integer(1, 6) / 100 for _ in range(epochs)]
    return [round(t + wobble(), 3) for t in training], [round(max(0.0, v + wobble()), 3) for v in validation]


@question(facts=["F50", "F38"], points=2, minutes=2, book="both")
def what_the_curves_say(draw: Draw) -> Variant:
    right = draw.choice(CASES)
    epochs = draw.choice((12, 14, 16, 18, 20))
    training, validation = _curves(draw, right, epochs)
    styles = draw.shuffled(("solid", "dashed"))
    lines = tuple(
        # where the curves end close together, the labels would cover each other
        Line(tuple((i, value) for i, value in enumerate(values, start=1)), label, style, dots=True)
        for label, values, style in zip(("", ""), (training, validation), styles, strict=True)
    )
    return Variant(
        {
            "right": right,
            "asked": draw.choice(("diagnosis", "remedy")),
            "wording": draw.choice((0, 1)),
            "setting": draw.choice(SETTINGS),
            "epochs": epochs,
            "styles": dict(zip(("training", "validation"), styles, strict=True)),
            "training": training,
            "validation": validation,
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(case) for case in CASES if case != right]),
        figures={"accuracy": Chart(lines, "epoch", "accuracy", x_range=(0.5, epochs + 0.5), y_range=(0.0, 1.05))},
    )
