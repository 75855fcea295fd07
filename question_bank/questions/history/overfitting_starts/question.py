"""From which epoch on a model overfits: read a chart of training and validation loss."""

from itertools import pairwise

from question_bank import Chart, Draw, Line, Mistake, Number, Variant, question

# hundredths by which a loss has to change from one epoch to the next for the eye to see it
LEAST_STEP = 3


def _falling(draw: Draw, steps: int, most: int) -> list[int]:
    """By how many hundredths a loss falls at each of *steps* epochs: fast at first, then less and less."""
    return sorted((draw.integer(LEAST_STEP, most) for _ in range(steps)), reverse=True)


def _losses(draw: Draw, epochs: int, best: int) -> tuple[list[int], list[int], int]:
    """
    Training loss, validation loss (both in hundredths) and the first epoch at which training is the lower one.

    The training loss falls to the end; the validation loss falls until *best* and then rises. It starts below
    the training loss, which overtakes it well before *best*.
    """
    while True:
        training, validation = [draw.integer(85, 110)], [draw.integer(70, 95)]
        for fall in _falling(draw, epochs - 1, 160 // (epochs - 1)):
            training.append(training[-1] - fall)
        for fall in _falling(draw, best - 1, 70 // (best - 1)):
            validation.append(validation[-1] - fall)
        for rise in sorted(draw.integer(LEAST_STEP, 8) for _ in range(epochs - best)):
            validation.append(validation[-1] + rise)
        below = [t < v for t, v in zip(training, validation, strict=True)]
        crossing = below.index(True) + 1 if True in below else epochs
        crosses_once = sum(a != b for a, b in pairwise(below)) == 1
        apart = all(abs(t - v) >= 2 for t, v in zip(training, validation, strict=True))
        if not below[0] and crosses_once and apart and crossing <= best - 2 and training[-1] >= 4:
            return training, validation, crossing


@question(facts=["F50"], points=1, minutes=2, book="both")
def overfitting_starts(draw: Draw) -> Variant:
    epochs = draw.integer(9, 12)
    best = draw.integer(5, epochs - 2)
    training, validation, crossing = _losses(draw, epochs, best)
    styles = draw.shuffled(("solid", "dashed"))
    lines = tuple(
        Line(tuple((i, loss / 100) for i, loss in enumerate(losses, start=1)), name, style, dots=True)
        for name, losses, style in zip(("training", "validation"), (training, validation), styles, strict=True)
    )
    return Variant(
        {
            "epochs": epochs,
            "best": best,
            "crossing": crossing,
            "training": [f"{loss / 100:.2f}" for loss in training],
            "validation": [f"{loss / 100:.2f}" for loss in validation],
            "asked": draw.choice(("train_again", "keep_weights")),
        },
        Number(
            best,
            mistakes={
                epochs: Mistake("lowest_training_loss"),
                best + 1: Mistake("first_worse", credit=0.5),
                best - 1: Mistake("counted_from_zero", credit=0.5),
                crossing: Mistake("curves_cross"),
            },
        ),
        figures={"losses": Chart(lines, "epoch", "loss", x_range=(0.5, epochs + 0.5), y_range=(0.0, 1.2))},
    )
