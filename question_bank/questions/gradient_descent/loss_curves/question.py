"""Which learning rate gave which loss curve: the curves in the order of their learning rates."""

from collections.abc import Sequence
from typing import Literal

from question_bank import Chart, Draw, Line, Mistake, Order, Variant, question

LETTERS = "ABCD"
BY_RATE = ("crawls", "slow", "good", "diverges")
STYLES: Sequence[Literal["solid", "dashed", "dotted", "dashdot"]] = ("solid", "dashed", "dotted", "dashdot")
# learning rates of the four runs, and the largest curvature that they are for: the last one is too large for it
SETS = [
    (tuple(rate / scale for rate in rates), curvature * scale)
    for scale in (1, 10, 100)
    for rates, curvature in (
        ((0.0005, 0.01, 0.1, 1), 2.12),
        ((0.001, 0.01, 0.1, 1), 2.1),
        ((0.0002, 0.005, 0.05, 0.5), 4.24),
        ((0.0005, 0.005, 0.05, 0.5), 4.2),
    )
]


def _losses(rate: float, curvature: float, start: float, floor: float, epochs: int) -> list[float]:
    """The loss after each epoch of gradient descent on a bowl that is eight times steeper along one of its weights."""
    curvatures = (curvature, curvature / 8)
    # most of the loss to lose comes from the steep direction
    weights = [(2 * share * (start - floor) / c) ** 0.5 for share, c in zip((0.8, 0.2), curvatures, strict=True)]
    losses = []
    for _ in range(epochs + 1):
        losses.append(floor + sum(c * w * w / 2 for c, w in zip(curvatures, weights, strict=True)))
        weights = [w - rate * c * w for c, w in zip(curvatures, weights, strict=True)]
    return losses


@question(facts=["F05"], points=2, minutes=2, book="closed")
def loss_curves(draw: Draw) -> Variant:
    rates, curvature = draw.choice(SETS)
    start, floor = draw.integer(12, 30) / 10, draw.integer(5, 30) / 100
    epochs = draw.choice((15, 20, 25))
    smallest_first = draw.choice((True, False))
    up = {"diverges>good": Mistake("rising_not_largest"), "diverges>slow": Mistake("rising_not_largest")}
    up |= {"diverges>crawls": Mistake("rising_not_largest"), "good>slow": Mistake("fast_not_larger")}
    up |= {"good>crawls": Mistake("fast_not_larger"), "slow>crawls": Mistake("flat_not_smallest")}
    down = {">".join(reversed(pair.split(">"))): mistake for pair, mistake in up.items()}
    steps = BY_RATE if smallest_first else BY_RATE[::-1]
    answer = Order.shuffled(draw, steps, mistakes=up if smallest_first else down)
    # the letter of a curve is the letter of its option
    letters = {name: LETTERS[answer.options.index(name)] for name in BY_RATE}
    styles = dict(zip(BY_RATE, draw.shuffled(STYLES), strict=True))
    curves = {name: _losses(rate, curvature, start, floor, epochs) for name, rate in zip(BY_RATE, rates, strict=True)}
    lines = tuple(
        Line(tuple((float(i), loss) for i, loss in enumerate(curves[name])), letters[name], styles[name])
        for name in sorted(BY_RATE, key=letters.__getitem__)
    )
    return Variant(
        {
            "rates": draw.shuffled([f"{rate:.8f}".rstrip("0").rstrip(".") for rate in rates]),
            "smallest_first": smallest_first,
            "letters": letters,
            "start": start,
            "floor": floor,
            "curvature": curvature,
            "epochs": epochs,
        },
        answer,
        figures={"curves": Chart(lines, "epoch", "training loss", y_range=(0.0, round(start * 1.7, 2)))},
    )
