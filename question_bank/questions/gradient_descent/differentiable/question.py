"""At which marked points a drawn function has no derivative."""

from itertools import pairwise, product

from question_bank import Chart, Choices, Draw, Line, Mark, Mistake, Variant, question

LETTERS = "ABCDE"


def _shapes() -> list[tuple[int, ...]]:
    """Heights at 0, 1, …, 6: up and down, with peaks, valleys and slopes among the five in the middle."""
    shapes = []
    for steps in product((-2, -1, 1, 2), repeat=6):
        heights = [0]
        for step in steps:
            heights.append(heights[-1] + step)
        turns = sum(a * b < 0 for a, b in pairwise(steps))
        if turns in (2, 3) and max(heights) - min(heights) <= 4:
            shapes.append(tuple(heights))
    return shapes


SHAPES = _shapes()
# of the mean slope; a piece stays monotonic up to 3 times
_STEEP = {1: 2.7, 2: 1.9}


def _slopes(before: int, after: int, smooth: bool, steep_first: bool) -> tuple[float, float]:
    """The slopes left and right of a point, from the steps that lead to it and on: equal where it is smooth."""
    turn = before * after < 0
    if smooth:
        slope = 0.0 if turn else 2 * before * after / (before + after)
        return slope, slope
    if turn:
        return before * 1.3, after * 1.3
    # the angle has to be seen behind the dot: almost flat on one side, steep on the other
    return (before * _STEEP[abs(before)], after * 0.05) if steep_first else (before * 0.05, after * _STEEP[abs(after)])


def _curve(heights: tuple[int, ...], slopes: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Cubic pieces through the heights, with the slopes given to the left and the right of each."""
    points = []
    for i, (a, b) in enumerate(pairwise(heights)):
        leaving, arriving = slopes[i][1], slopes[i + 1][0]
        for k in range(40):
            t = k / 40
            y = a * (1 + 2 * t) * (1 - t) ** 2 + b * t**2 * (3 - 2 * t)
            points.append((i + t, y + leaving * t * (1 - t) ** 2 - arriving * t**2 * (1 - t)))
    return (*points, (len(heights) - 1.0, float(heights[-1])))


@question(facts=["F03"], points=2, minutes=2, book="closed")
def differentiable(draw: Draw) -> Variant:
    heights = draw.choice(SHAPES)
    steps = [b - a for a, b in pairwise(heights)]
    turns = [i for i in range(5) if steps[i] * steps[i + 1] < 0]
    # a peak or valley that is smooth and one that is not: neither is the sign of the other
    smooth_turn, sharp_turn = draw.sample(turns, 2)
    others = draw.shuffled([i for i in range(5) if i not in (smooth_turn, sharp_turn)])
    sharp = {sharp_turn, *others[: draw.choice((1, 2))]}
    slopes = [_slopes(steps[i], steps[i + 1], i not in sharp, draw.choice((True, False))) for i in range(5)]
    curve = _curve(heights, [(steps[0], steps[0]), *slopes, (steps[-1], steps[-1])])
    missing = draw.choice((True, False))
    right = [LETTERS[i] for i in range(5) if (i in sharp) is missing]
    # on the outer side of a bend, where no line passes; where it is smooth, anywhere
    bends = [right_slope - left_slope or draw.choice((-1, 1)) for left_slope, right_slope in slopes]
    places = ["below" if (steps[i] < 0 if i in turns else bends[i] > 0) else "above" for i in range(5)]
    marks = tuple(Mark(i + 1.0, float(heights[i + 1]), LETTERS[i], places[i]) for i in range(5))
    kinds = ["kink" if i in sharp else "smooth_turn" if i in turns else "smooth_slope" for i in range(5)]
    reach = (min(heights) - 0.9, max(heights) + 0.9)
    return Variant(
        {"missing": missing, "sharp": [LETTERS[i] for i in sorted(sharp)], "heights": list(heights)},
        # the letters of the options are those of the points, so they stay in their order
        Choices(tuple(right), tuple(LETTERS), {LETTERS[i]: Mistake(kinds[i]) for i in range(5)}),
        figures={"curve": Chart((Line(curve),), "x", "f(x)", marks, y_range=reach, ticks=False)},
    )
