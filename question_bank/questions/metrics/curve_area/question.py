"""What the area under a drawn ROC or precision–recall curve tells."""

from collections.abc import Mapping, Sequence

from question_bank import Chart, Choice, Draw, Line, Mark, Mistake, Variant, question

AXES = {"roc": ("false positive rate", "true positive rate (recall)"), "pr": ("recall", "precision")}
STYLES = ("solid", "dashed", "dotted", "dashdot")
LETTERS = ("P", "Q", "R", "S", "T")
SHARES = (0.1, 0.15, 0.2, 0.25, 0.3)
# of positives, where the area itself is asked for: below and above a half
SMALL, LARGE = (0.1, 0.2, 0.3, 0.4), (0.6, 0.7, 0.8)
# which curves are drawn, the one that is asked for first
KINDS = {
    ("roc", "best"): ("strong", "fair", "random", "reversed"),
    ("roc", "perfect"): ("perfect", "strong", "fair", "random"),
    ("roc", "random"): ("random", "strong", "fair", "reversed"),
    ("pr", "best"): ("strong", "fair", "half", "random"),
    ("pr", "perfect"): ("perfect", "strong", "fair", "random"),
    ("pr", "random"): ("random", "strong", "fair", "half"),
}
# where on its curve each letter stands, so that no two meet
PLACES = {
    "roc": {"perfect": 0.45, "strong": 0.06, "fair": 0.22, "random": 0.5, "reversed": 0.7},
    "pr": {"perfect": 0.3, "strong": 0.62, "fair": 0.5, "half": 0.22, "random": 0.4},
}
BELOW = (("roc", "reversed"), ("pr", "strong"))
POWERS = {"strong": 0.12, "fair": 0.42, "random": 1.0, "reversed": 2.6}
# precision where little is called positive, and how late it falls
FALLS = {"strong": (0.96, 7.0), "fair": (0.85, 1.8), "half": (0.5, 16.0)}


def _height(curve: str, kind: str, share: float, x: float) -> float:
    """The curve at *x*; where everything is called positive, precision is the *share* of positives."""
    if curve == "roc":
        return float(x ** POWERS[kind])
    if kind == "random":
        return share
    top, power = FALLS[kind]
    return float(top - (top - share) * x**power)


def _points(curve: str, kind: str, share: float) -> tuple[tuple[float, float], ...]:
    if kind == "perfect":
        return ((0.0, 0.0), (0.0, 1.0), (1.0, 1.0)) if curve == "roc" else ((0.0, 1.0), (1.0, 1.0), (1.0, share))
    return tuple((i / 200, _height(curve, kind, share, i / 200)) for i in range(201))


def _chart(draw: Draw, curve: str, kinds: Sequence[str], share: float, named: Mapping[str, str]) -> Chart:
    """A curve of each of *kinds*, those *named* with their letters."""
    styles = draw.sample(STYLES, len(kinds))
    lines = tuple(Line(_points(curve, kind, share), style=style) for kind, style in zip(kinds, styles, strict=True))
    marks = []
    for letter, kind in named.items():
        x = PLACES[curve][kind]
        y = 1.0 if kind == "perfect" else _height(curve, kind, share, x)
        marks.append(Mark(x, y, letter, "below" if (curve, kind) in BELOW else "above"))
    return Chart(lines, *AXES[curve], tuple(marks), x_range=(-0.02, 1.03), y_range=(-0.02, 1.08))


def _random_area(draw: Draw, curve: str) -> Variant:
    """How large the area is if scores are random; the right value is the largest as often as the smallest."""
    share = draw.choice(draw.choice((SMALL, LARGE)))
    values = {
        "zero": 0.0,
        "one": 1.0,
        "half": 0.5,
        "share": share,
        "rest": round(1 - share, 2),
        "half_of_share": round(share / 2, 2),
        "halfway": round((1 + share) / 2, 2),
    }
    right, other = ("half", "share") if curve == "roc" else ("share", "half")
    # the area under the other curve is always among the options
    below, above = (
        [id for id in values if id not in (right, other) and (values[id] < values[right]) is side]
        for side in (True, False)
    )
    count = draw.integer(0, min(2, len(below)))
    wrong = [other, *draw.sample(below, count), *draw.sample(above, 2 - count)]
    named = ("half", "share", "zero", "one")
    return Variant(
        {"curve": curve, "asked": "random_area", "share": share, "kinds": {}, "values": values},
        Choice(
            right,
            tuple(draw.shuffled([right, *wrong])),
            {id: Mistake(id if id in named else "neither") for id in wrong},
        ),
        figures={"curves": _chart(draw, curve, ["strong"], share, {})},
    )


@question(facts=["F35"], points=1, minutes=2, book="closed")
def curve_area(draw: Draw) -> Variant:
    curve = draw.choice(("roc", "pr"))
    asked = draw.choice(("best", "perfect", "random", "random_area"))
    if asked == "random_area":
        return _random_area(draw, curve)
    share = draw.choice(SHARES)
    kinds = KINDS[curve, asked]
    letters = sorted(draw.sample(LETTERS, len(kinds)))
    # the letters are shuffled among the curves, not the options
    named = dict(zip(letters, draw.shuffled(kinds), strict=True))
    return Variant(
        {"curve": curve, "asked": asked, "share": share, "kinds": named, "values": {}},
        Choice(
            next(f"curve_{letter}" for letter in named if named[letter] == kinds[0]),
            tuple(f"curve_{letter}" for letter in named),
            {f"curve_{letter}": Mistake(f"the_{kind}") for letter, kind in named.items() if kind != kinds[0]},
        ),
        figures={"curves": _chart(draw, curve, kinds, share, named)},
    )
