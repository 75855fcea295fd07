"""The validation accuracy of a model that saw a single class, for sorted data split without shuffling."""

from fractions import Fraction
from itertools import combinations

from question_bank import Draw, Mistake, Number, Variant, question

SETTINGS = ("mails", "parts", "patients", "payments")
TOLERANCE = 0.005
CREDITS = {"other_class": 0.25, "share_of_all": 0.25}


def _values(n: int, few: int, kept: int) -> dict[str, Fraction]:
    """
    The right accuracy under "right", and what each mistake leads to.

    Args:
        n: all samples.
        few: those of the class at the end that is kept for validation, fewer than *kept*.
        kept: the validation samples.
    """
    return {
        "right": Fraction(kept - few, kept),
        "other_class": Fraction(few, kept),
        "share_of_all": Fraction(kept - few, n),
        "whole_data": Fraction(n - few, n),
        "whole_data_other_class": Fraction(few, n),
        "training_accuracy": Fraction(1),
        "all_wrong": Fraction(0),
    }


def _cases() -> list[tuple[int, int, int]]:
    """Counts with an accuracy in whole hundredths, and mistakes that nobody confuses."""
    cases = []
    for n in (400, 500, 800, 1000, 2000):
        for kept in (n // 10, n // 5, n // 4, n * 3 // 10, n * 2 // 5):
            for few in range(n // 20, kept, n // 50 or 1):
                values = _values(n, few, kept)
                apart = all(abs(a - b) >= Fraction(3, 100) for a, b in combinations(values.values(), 2))
                if apart and (100 * values["right"]).denominator == 1:
                    cases.append((n, few, kept))
    return cases


CASES = _cases()


@question(facts=["F38", "F43"], points=2, minutes=3, book="both")
def baseline_of_shares(draw: Draw) -> Variant:
    n, few, kept = draw.choice(CASES)
    values = _values(n, few, kept)
    return Variant(
        {
            "setting": draw.choice(SETTINGS),
            "n": n,
            "few": few,
            "many": n - few,
            "kept": kept,
            # the class that comes first in the data, and the end that is kept, where the few are
            "end": draw.choice(("last", "first")),
            "many_label": draw.choice((0, 1)),
            "values": {name: float(value) for name, value in values.items()},
        },
        Number(
            float(values["right"]),
            mistakes={float(v): Mistake(m, CREDITS.get(m, 0.0)) for m, v in values.items() if m != "right"},
            tolerance=TOLERANCE,
        ),
    )
