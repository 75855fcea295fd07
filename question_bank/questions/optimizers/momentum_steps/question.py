"""A weight after two steps of SGD with momentum, by numbers."""

from fractions import Fraction
from itertools import combinations, product

from question_bank import Draw, Mistake, Number, Variant, question

NAMES = (("w", "velocity"), ("w", "v"), ("weight", "velocity"), ("theta", "v"))
CREDITS = {"one_step": 0.5, "no_first_move": 0.5, "no_momentum": 0.25, "sign": 0.25, "velocity": 0.25}
TOLERANCE = 0.002


def _values(start: Fraction, rate: Fraction, momentum: Fraction, first: int, second: int) -> dict[str, Fraction]:
    """The weight after two steps with the gradients *first* and *second*, and what each mistake leads to."""
    v1 = -rate * first
    v2 = momentum * v1 - rate * second
    return {
        "right": start + v1 + v2,
        "no_momentum": start - rate * first - rate * second,
        "one_step": start + v1,
        "no_first_move": start + v2,
        "velocity": v2,
        "sign": start - v1 - v2,
        "momentum_minus": start + v1 - momentum * v1 - rate * second,
        "momentum_on_all": start + v1 + momentum * (v1 - rate * second),
        "rate_forgotten": start - first - momentum * first - second,
    }


def _cases() -> list[tuple[Fraction, Fraction, Fraction, int, int]]:
    """Values with two decimals at most, and no result that is reached in two ways."""
    cases = []
    for rate, momentum in product((Fraction(1, 10), Fraction(1, 5)), (Fraction(1, 2), Fraction(4, 5), Fraction(9, 10))):
        for start, first, second in product((1, 2, 3), range(2, 9), range(-4, 9)):
            values = _values(Fraction(start), rate, momentum, first, second)
            short = all((100 * value).denominator == 1 for value in values.values())
            apart = all(abs(a - b) >= Fraction(1, 50) for a, b in combinations(values.values(), 2))
            if second not in (0, first) and short and apart:
                cases.append((Fraction(start), rate, momentum, first, second))
    return cases


CASES = _cases()


@question(facts=["F09"], points=2, minutes=3, book="both")
def momentum_steps(draw: Draw) -> Variant:
    start, rate, momentum, first, second = draw.choice(CASES)
    values = _values(start, rate, momentum, first, second)
    weight, velocity = draw.choice(NAMES)
    v1 = -rate * first
    v2 = momentum * v1 - rate * second
    return Variant(
        {
            "weight": weight,
            "velocity": velocity,
            "start": float(start),
            "rate": float(rate),
            "momentum": float(momentum),
            "gradients": [first, second],
            "velocities": [float(v1), float(v2)],
            "weights": [float(start + v1), float(start + v1 + v2)],
        },
        Number(
            float(values["right"]),
            mistakes={float(v): Mistake(id, CREDITS.get(id, 0.0)) for id, v in values.items() if id != "right"},
            tolerance=TOLERANCE,
        ),
    )
