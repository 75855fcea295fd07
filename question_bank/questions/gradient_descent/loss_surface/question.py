"""Reading a loss surface over two weights: its axes, its colours, the next step down, and where the way ends."""

import math
from dataclasses import replace

from question_bank import Choice, Draw, Hollow, Mark, Mistake, Surface, Variant, question

LETTERS = "ABCD"
# how far from the middle of the map a mark may be, and from another mark has to be
REACH, APART = 2.5, 0.5
# what is right, then what is wrong, of the questions about the way down
WAYS = ("downhill", "uphill", "turned_left", "turned_right")
ENDS = ("own_bottom", "other_bottom", "other_side", "high")

Point = tuple[float, float]


def _descent(surface: Surface, point: Point) -> Point:
    """Minus the gradient at *point*: where the loss falls most steeply."""
    across, up = 0.0, 0.0
    for h in surface.hollows:
        x, y = (h.x - point[0]) / h.width[0], (h.y - point[1]) / h.width[1]
        bell = h.depth * math.exp(-(x * x + y * y) / 2)
        across, up = across + bell * x / h.width[0], up + bell * y / h.width[1]
    return across, up


def _end(surface: Surface, start: Point) -> Point:
    """Where gradient descent with small steps ends."""
    x, y = start
    for _ in range(300):
        across, up = _descent(surface, (x, y))
        x, y = x + 0.1 * across, y + 0.1 * up
    return x, y


def _beside(point: Point, angle: float, distance: float) -> Point:
    return round(point[0] + distance * math.cos(angle), 2), round(point[1] + distance * math.sin(angle), 2)


def _landscape(draw: Draw) -> Surface:
    """A deep and a shallower hollow on opposite sides of the map."""
    angle = draw.decimal(0, 6.28, 2)
    deep = _beside((0, 0), angle, draw.decimal(1.2, 1.5, 2))
    shallow = _beside((0, 0), angle + 3.14 + draw.decimal(-0.4, 0.4, 2), draw.decimal(1.2, 1.5, 2))
    widths = [draw.decimal(0.75, 0.95, 2) for _ in range(4)]
    hollows = (
        Hollow(*deep, draw.decimal(3.7, 4.2, 1), (widths[0], widths[1])),
        Hollow(*shallow, draw.decimal(2.2, 2.6, 1), (widths[2], widths[3])),
    )
    return Surface(hollows)


def _places(draw: Draw, surface: Surface) -> dict[str, Point]:
    """A start on the slope of one hollow, and the points that a question about the way down asks about."""
    bottoms = [_end(surface, (h.x, h.y)) for h in surface.hollows]
    while True:
        own, other = draw.shuffled(bottoms)
        around = draw.decimal(0, 6.28, 2)
        start = _beside(own, around, draw.decimal(1.0, 1.3, 2))
        down = _descent(surface, start)
        ways = math.atan2(down[1], down[0])
        places = {
            "start": start,
            "own_bottom": own,
            "other_bottom": other,
            "other_side": _beside(own, around + math.pi, 1.0),
            "high": _beside((0, 0), draw.decimal(0, 6.28, 2), 2.6),
            "downhill": _beside(start, ways + draw.decimal(-0.2, 0.2, 2), 0.7),
            "uphill": _beside(start, ways + math.pi, 0.7),
            "turned_left": _beside(start, ways + math.pi / 2, 0.7),
            "turned_right": _beside(start, ways - math.pi / 2, 0.7),
        }
        flat = surface.height(*places["high"]) > surface.top - 0.4
        far = [places[name] for name in ("start", "own_bottom", "other_bottom", "other_side", "high")]
        clear = all(math.dist(a, b) >= APART for i, a in enumerate(far) for b in far[:i])
        inside = all(abs(c) <= REACH for point in places.values() for c in point)
        # steep enough to see the way, which leads to the hollow that is clearly the nearer one
        turn = math.cos(ways - math.atan2(own[1] - start[1], own[0] - start[0]))
        plain = turn > 0.93 and math.hypot(*down) >= 1.2 and math.dist(start, other) > math.dist(start, own) + 0.9
        if flat and clear and inside and plain and math.dist(_end(surface, start), own) < 0.05:
            return places


@question(facts=["F10"], points=1, minutes=2, book="closed")
def loss_surface(draw: Draw) -> Variant:
    asked = draw.choice(("axes", "colour", "step", "end"))
    surface = _landscape(draw)
    places = _places(draw, surface)
    parameters: dict[str, object] = {
        "asked": asked,
        "hollows": [[round(h.x, 1), round(h.y, 1)] for h in surface.hollows],
    }
    if asked == "axes":
        wrong = draw.sample(("features", "epoch_and_loss", "target_and_prediction", "outputs"), 3)
        answer = Choice.shuffled(draw, right="weights", wrong=[Mistake(id) for id in wrong])
        surface = replace(surface, x_label="horizontal axis", y_label="vertical axis")
    elif asked == "colour":
        darker = draw.choice(("P", "Q"))
        low, high = draw.choice((places["own_bottom"], places["other_bottom"])), places["high"]
        at = {"P": low, "Q": high} if darker == "P" else {"P": high, "Q": low}
        right, opposite = ("smaller", "larger") if darker == "P" else ("larger", "smaller")
        wrong = [opposite, *draw.sample(("rate", "samples", "epochs"), 2)]
        answer = Choice.shuffled(draw, right=right, wrong=[Mistake(id) for id in wrong])
        parameters["darker"] = darker
        surface = replace(surface, marks=tuple(Mark(*at[name], name) for name in "PQ"))
    else:
        names = WAYS if asked == "step" else ENDS
        answer = Choice.shuffled(draw, right=names[0], wrong=[Mistake(name) for name in names[1:]])
        # the letter of a point is the letter of its option
        letters = {name: LETTERS[answer.options.index(name)] for name in names}
        other, own = (surface.height(*places[name]) for name in ("other_bottom", "own_bottom"))
        parameters |= {"letters": letters, "other_is_deeper": other < own}
        points = (Mark(*places["start"], "S"), *(Mark(*places[name], letters[name]) for name in answer.options))
        surface = replace(surface, marks=points)
    parameters["marks"] = [[mark.label, round(mark.x, 1), round(mark.y, 1)] for mark in surface.marks]
    return Variant(parameters, answer, figures={"surface": surface})
