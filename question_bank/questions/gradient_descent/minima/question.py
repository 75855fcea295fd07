"""Minima, a maximum, a plateau and a slope on a drawn loss curve."""

from itertools import pairwise

from question_bank import Chart, Draw, Line, Mark, Mistake, Order, Variant, question

KINDS = ("global", "local", "maximum", "plateau", "slope")
# what comes between the two high ends, from left to right; each is used mirrored as well
LANDSCAPES = (
    ("local", "maximum", "plateau", "global"),
    ("plateau", "local", "maximum", "global"),
    ("global", "maximum", "plateau", "local"),
    ("plateau", "global", "maximum", "local"),
    ("local", "plateau", "maximum", "global"),
    ("global", "plateau", "maximum", "local"),
)
# kinds that are easily taken for each other, and the mistake; anything else is a slope for a flat point
CONFUSED = {
    frozenset(("global", "local")): "which_minimum",
    frozenset(("maximum", "local")): "up_or_down",
    frozenset(("maximum", "global")): "up_or_down",
    frozenset(("plateau", "local")): "plateau_or_turn",
    frozenset(("plateau", "global")): "plateau_or_turn",
    frozenset(("plateau", "maximum")): "plateau_or_turn",
}

Knot = tuple[float, float, float]


def _knots(draw: Draw, kinds: list[str]) -> tuple[list[Knot], dict[str, tuple[float, float]]]:
    """Points (x, height, slope) of the curve, and where each of *kinds* is."""
    heights = {
        "global": draw.decimal(0.3, 0.7, 2),
        "local": draw.decimal(1.6, 2.1, 2),
        "maximum": draw.decimal(4.2, 4.7, 2),
        # well above the local minimum and well below the maximum
        "plateau": draw.decimal(2.9, 3.3, 2),
    }
    end = draw.decimal(5.3, 5.8, 2)
    x, places = 0.0, {}
    knots: list[Knot] = [(x, end, -3.0)]
    for kind in kinds:
        x += draw.decimal(0.9, 1.4, 2)
        knots.append((x, heights[kind], 0.0))
        places[kind] = (x, heights[kind])
        if kind == "plateau":
            width = draw.decimal(1.2, 1.5, 2)
            places[kind] = (x + width / 2, heights[kind])
            x += width
            knots.append((x, heights[kind], 0.0))
    return [*knots, (x + draw.decimal(0.9, 1.4, 2), end, 3.0)], places


def _at(a: Knot, b: Knot, t: float) -> tuple[float, float]:
    """The point at *t*, from 0 to 1, of the cubic from *a* to *b*."""
    width = b[0] - a[0]
    y = a[1] * (1 + 2 * t) * (1 - t) ** 2 + b[1] * t**2 * (3 - 2 * t)
    return a[0] + width * t, y + width * (a[2] * t * (1 - t) ** 2 - b[2] * t**2 * (1 - t))


@question(facts=["F10"], points=2, minutes=2, book="closed")
def minima(draw: Draw) -> Variant:
    kinds = list(draw.choice(LANDSCAPES))
    if draw.choice((True, False)):
        kinds.reverse()
    knots, places = _knots(draw, kinds)
    steep = [(a, b) for a, b in pairwise(knots) if abs(b[1] - a[1]) >= 1.2]
    before, after = draw.choice(steep)
    places["slope"] = _at(before, after, 0.5)
    falls = after[1] < before[1]
    curve = tuple(_at(a, b, i / 40) for a, b in pairwise(knots) for i in range(40)) + (knots[-1][:2],)
    # letters from left to right
    options = sorted(KINDS, key=lambda kind: places[kind][0])
    steps = draw.shuffled(KINDS)
    while steps == options:
        steps = draw.shuffled(KINDS)
    # two neighbours the wrong way round are most likely taken for each other
    mistakes = {
        f"{second}>{first}": Mistake(CONFUSED.get(frozenset((first, second)), "slope_or_flat"))
        for first, second in pairwise(steps)
    }
    sides = {"global": "below", "local": "below", "slope": "right" if falls else "left"}
    marks = tuple(Mark(*places[kind], "ABCDE"[i], sides.get(kind, "above")) for i, kind in enumerate(options))
    return Variant(
        {
            "steps": steps,
            "letters": {kind: "ABCDE"[i] for i, kind in enumerate(options)},
            "told": draw.choice(("names", "descriptions")),
            "falls": falls,
        },
        Order(tuple(steps), tuple(options), mistakes),
        figures={"curve": Chart((Line(curve),), "weight", "loss", marks, y_range=(-0.4, 6.2), ticks=False)},
    )
