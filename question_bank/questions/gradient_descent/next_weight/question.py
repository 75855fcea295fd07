"""The weight after one step of gradient descent on a given loss."""

from fractions import Fraction
from itertools import combinations, product

from question_bank import Draw, Mistake, Number, Variant, question

CREDITS = {"uphill": 0.25, "rate_forgotten": 0.25, "only_the_step": 0.25, "two_steps": 0.5}
RATES = tuple(map(Fraction, ("0.2", "0.1", "0.05", "0.04", "0.02", "0.01")))
# the closest that two of the values below come to each other
APART = Fraction(5, 1000)
TOLERANCE = 0.001

Case = tuple[int, int, int, Fraction, int]


def _values(case: Case) -> list[tuple[str, Fraction]]:
    """The next weight on the loss `a (w - m)² + d`, and what each mistake leads to."""
    a, m, d, rate, start = case
    step = rate * 2 * a * (start - m)
    after = start - step
    return [
        ("right", after),
        ("uphill", start + step),
        ("rate_forgotten", start - step / rate),
        ("only_the_step", step),
        ("only_the_step", -step),
        ("two_steps", after - rate * 2 * a * (after - m)),
        ("loss_for_gradient", start - rate * (a * (start - m) ** 2 + d)),
        ("weight_for_gradient", start - rate * start),
        ("gradient_itself", step / rate),
        ("rate_subtracted", start - rate),
        ("lowest_point", Fraction(m)),
    ]


def _is_fit(case: Case) -> bool:
    a, m, _, rate, start = case
    values = [value for _, value in _values(case)]
    apart = all(abs(x - y) >= APART for x, y in combinations(values, 2))
    # no step beyond the lowest point, and no product that needs a calculator
    return apart and start != 0 and abs(start - m) <= 6 and 2 * a * rate < 1


CASES = [
    case
    for case in product((1, 2, 3), (-4, -3, -2, -1, 1, 2, 3, 4, 5), (0, 1, 2, 5), RATES, range(-6, 9))
    if _is_fit(case)
]


def _signed(number: int) -> str:
    return f"{'−' if number < 0 else '+'} {abs(number)}"


def _texts(a: int, m: int, d: int, expanded: bool) -> tuple[str, str]:
    """The loss and its derivative as they are shown."""
    factor = "" if a == 1 else str(a)
    if expanded:
        constant = a * m * m + d
        loss = f"{factor}w² {_signed(-2 * a * m)}w {_signed(constant)}"
        return loss, f"{2 * a}w {_signed(-2 * a * m)}"
    bracket = f"(w {_signed(-m)})"
    return f"{factor}{bracket}²" + (f" + {d}" if d else ""), f"{2 * a}{bracket}"


@question(facts=["F04", "F07"], points=2, minutes=2, book="closed")
def next_weight(draw: Draw) -> Variant:
    case = draw.choice(CASES)
    a, m, d, rate, start = case
    loss, derivative = _texts(a, m, d, draw.choice((True, False)))
    (_, right), *mistaken = _values(case)
    return Variant(
        {
            "loss": loss,
            "derivative": derivative,
            "rate": float(rate),
            "start": start,
            "gradient": 2 * a * (start - m),
            "loss_at_start": a * (start - m) ** 2 + d,
            "lowest": m,
            "right": float(right),
        },
        Number(
            float(right),
            mistakes={float(value): Mistake(id, CREDITS.get(id, 0.0)) for id, value in mistaken},
            tolerance=TOLERANCE,
        ),
    )
