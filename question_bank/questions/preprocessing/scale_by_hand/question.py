"""One test value scaled in both ways, by the statistics of a few training values."""

from fractions import Fraction
from math import sqrt

from question_bank import Draw, Fields, Mistake, Variant, question

SETTINGS = ("area", "age", "score", "weight")
# distances from the mean; the standard deviation is whole, and min-max values are short decimals
PATTERNS = (
    *((-7, -2, 3, 3, 3), (-3, -3, -3, 2, 7)),
    *((-7, -4, 2, 3, 3, 3), (-6, -5, 1, 3, 3, 4), (-5, -5, -1, 2, 4, 5)),
    *((-5, -4, -2, 1, 5, 5), (-4, -3, -3, -1, 5, 6), (-3, -3, -3, -2, 4, 7)),
    *((-7, -4, 0, 0, 2, 9), (-8, -4, 1, 1, 2, 8), (-8, -2, -1, -1, 4, 8), (-9, -2, 0, 0, 4, 7)),
)
MEANS = (20, 25, 30, 40)


def _deviation(distances: tuple[int, ...]) -> int:
    """The standard deviation: the root of the mean of squares, whole for each of the patterns."""
    return round(sqrt(sum(d * d for d in distances) / len(distances)))


def _values(distances: tuple[int, ...], mean: int, x: int) -> dict[str, dict[str, Fraction]]:
    """The two results under `right`, and what mistakes lead to, by field."""
    low, high, sd = mean + distances[0], mean + distances[-1], _deviation(distances)
    sample_sd = Fraction(sqrt(sum(d * d for d in distances) / (len(distances) - 1)))
    return {
        "min_max": {
            "right": Fraction(x - low, high - low),
            "minimum_kept": Fraction(x, high - low),
            "divided_by_maximum": Fraction(x, high),
            "range_forgotten": Fraction(x - low, high),
            "kept_inside": Fraction(int(x > low)),
        },
        "standardised": {
            "right": Fraction(x - mean, sd),
            "sign_lost": Fraction(mean - x, sd),
            "mean_kept": Fraction(x, sd),
            "divided_by_variance": Fraction(x - mean, sd * sd),
            "not_divided": Fraction(x - mean),
            "divided_by_n_minus_one": (x - mean) / sample_sd,
        },
    }


def _is_clean(distances: tuple[int, ...], mean: int, x: int) -> bool:
    """Short decimals, no trivial value, and no two ways to one number."""
    values = _values(distances, mean, x)
    short = all((100 * results["right"]).denominator == 1 for results in values.values())
    apart = all(len({round(float(v), 2) for v in results.values()}) == len(results) for results in values.values())
    return short and apart and values["min_max"]["right"] != values["standardised"]["right"]


def _cases(inside: bool) -> list[tuple[tuple[int, ...], int, int]]:
    return [
        (distances, mean, mean + away)
        for distances in PATTERNS
        for mean in MEANS
        for away in range(distances[0] - 6, distances[-1] + 7)
        if inside == (distances[0] < away < distances[-1])
        and away not in (0, *distances)
        and _is_clean(distances, mean, mean + away)
    ]


CASES = {inside: _cases(inside) for inside in (True, False)}


def _as_written(value: Fraction) -> tuple[float, ...]:
    """*value* in full and as it is rounded."""
    return tuple(dict.fromkeys([float(value), *(round(float(value), places) for places in (4, 3, 2))]))


@question(facts=["F15"], points=3, minutes=4, book="both")
def scale_by_hand(draw: Draw) -> Variant:
    # as often inside the range of the training data as outside
    distances, mean, x = draw.choice(CASES[draw.choice((True, False))])
    values = _values(distances, mean, x)
    right = {name: (float(results["right"]),) for name, results in values.items()}
    swapped = {"min_max": right["standardised"], "standardised": right["min_max"]}
    mistakes = [(swapped, Mistake("swapped", credit=0.25))]
    # half the points for each; what is wrong beside a right one is named where it is known
    for credit in (0.5, 0.0):
        for name, results in values.items():
            (other,) = (field for field in right if field != name)
            known = {other: right[other]} if credit else {}
            wrong = [(id, _as_written(v)) for id, v in results.items() if id != "right"]
            mistakes += [({**known, name: spelled}, Mistake(id, credit)) for id, spelled in wrong]
            if credit:
                mistakes.append((known, Mistake(f"{name}_off", credit)))
    return Variant(
        {
            "setting": draw.choice(SETTINGS),
            "train": draw.shuffled([mean + d for d in distances]),
            "x": x,
            "mean": mean,
            "deviation": _deviation(distances),
            "squares": sum(d * d for d in distances),
            "min_max": right["min_max"][0],
            "standardised": right["standardised"][0],
        },
        Fields({"min_max": "number", "standardised": "number"}, (right,), tuple(mistakes)),
    )
