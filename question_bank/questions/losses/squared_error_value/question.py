"""The mean squared error of one prediction on a one-hot target."""

from collections.abc import Iterator
from itertools import combinations, permutations
from math import log, sqrt

from question_bank import Draw, Mistake, Number, Variant, question

SETTINGS = ("animals", "fruits", "weather", "waste", "signs")
TOLERANCE = 0.0005
# predicted probabilities in tenths
TENTHS = (
    *((6, 2, 1, 1), (5, 3, 1, 1), (4, 3, 2, 1), (5, 2, 2, 1), (7, 1, 1, 1), (8, 1, 1, 0), (7, 2, 1, 0)),
    *((4, 2, 2, 1, 1), (5, 2, 1, 1, 1), (3, 3, 2, 1, 1), (6, 1, 1, 1, 1), (5, 3, 1, 1, 0), (4, 3, 1, 1, 1)),
)


def _mean_squared_error(tenths: tuple[int, ...]) -> float:
    """Of a prediction whose first class is the true one."""
    hit, *rest = tenths
    return ((10 - hit) ** 2 + sum(p**2 for p in rest)) / 100 / len(tenths)


def _mistakes(tenths: tuple[int, ...]) -> Iterator[tuple[float, Mistake]]:
    hit, *rest = tenths
    right, count = _mean_squared_error(tenths), len(tenths)
    yield right * count, Mistake("not_averaged", credit=0.5)
    yield from _rounded(sqrt(right), Mistake("root", credit=0.5))
    yield (10 - hit + sum(rest)) / 10 / count, Mistake("absolute", credit=0.25)
    yield (1 - hit / 10) ** 2, Mistake("true_class_only", credit=0.25)
    yield (1 - hit / 10) ** 2 / count, Mistake("true_class_only", credit=0.25)
    yield sum(p**2 for p in tenths) / 100 / count, Mistake("target_forgotten", credit=0.25)
    yield from _rounded(-log(hit / 10), Mistake("crossentropy"))


def _rounded(value: float, mistake: Mistake) -> Iterator[tuple[float, Mistake]]:
    """*value* exactly and as people round it."""
    yield value, mistake
    yield from ((round(value, places), mistake) for places in (2, 3))


def _is_nice(tenths: tuple[int, ...]) -> bool:
    """Whether the result has three decimals at most, and no mistake leads near it or near another mistake."""
    if not tenths[0]:
        return False
    right = _mean_squared_error(tenths)
    named = [(right, "right"), *((value, mistake.id) for value, mistake in _mistakes(tenths))]
    apart = all(abs(a - b) > 0.002 for (a, name), (b, other) in combinations(named, 2) if name != other)
    return apart and abs(right - round(right, 3)) < 1e-9


# the true class first
CASES = sorted({case for tenths in TENTHS for case in permutations(tenths) if _is_nice(case)})


@question(facts=["F31", "F36"], points=2, minutes=2, book="closed")
def squared_error_value(draw: Draw) -> Variant:
    hit, *rest = tenths = draw.choice(CASES)
    place = draw.integer(0, len(rest))
    shown = [*rest[:place], hit, *rest[place:]]
    return Variant(
        {
            "setting": draw.choice(SETTINGS),
            "target": [int(i == place) for i in range(len(tenths))],
            "prediction": [f"{p / 10:.1f}" for p in shown],
            "squares": [f"{(10 * (i == place) - p) ** 2 / 100:.2f}" for i, p in enumerate(shown)],
        },
        Number(round(_mean_squared_error(tenths), 3), mistakes=dict(_mistakes(tenths)), tolerance=TOLERANCE),
    )
