"""Accuracy, precision or recall from the four counts of a confusion matrix."""

from fractions import Fraction
from itertools import combinations

from question_bank import Draw, Mistake, Number, Variant, question

SETTINGS = ("spam", "defect", "illness", "fraud")
CREDITS = {"wrong_class": 0.25, "complement": 0.25}
TOLERANCE = 0.005


def _measures(tp: int, fn: int, fp: int, tn: int) -> dict[str, Fraction]:
    return {
        "accuracy": Fraction(tp + tn, tp + fn + fp + tn),
        "precision": Fraction(tp, tp + fp),
        "recall": Fraction(tp, tp + fn),
    }


def _values(asked: str, tp: int, fn: int, fp: int, tn: int) -> dict[str, Fraction]:
    """The right value under *asked*, and what each mistake leads to."""
    values = _measures(tp, fn, fp, tn)
    mistakes = {name: value for name, value in values.items() if name != asked}
    if asked == "accuracy":
        mistakes["only_the_positives"] = Fraction(tp, tp + fn + fp + tn)
    else:
        mistakes["wrong_class"] = _measures(tn, fp, fn, tp)[asked]
    mistakes["complement"] = 1 - values[asked]
    return {asked: values[asked], **mistakes}


def _cases(asked: str) -> list[tuple[int, int, int, int]]:
    """Counts that need no calculator, and whose mistakes lead to numbers that nobody confuses."""
    cases = []
    for total in (100, 200):
        for positives in (20, 25, 40, 50):
            for called in (20, 25, 40, 50):
                for tp in range(max(5, positives + called - total), min(positives, called) - 1):
                    counts = (tp, positives - tp, called - tp, total - positives - called + tp)
                    values = _values(asked, *counts).values()
                    apart = all(abs(a - b) >= Fraction(3, 100) for a, b in combinations(values, 2))
                    if apart and min(counts) >= 2 and len(set(counts)) == 4:
                        cases.append(counts)
    return cases


CASES = {asked: _cases(asked) for asked in ("accuracy", "precision", "recall")}


@question(facts=["F27"], points=2, minutes=3, book="closed")
def confusion_matrix(draw: Draw) -> Variant:
    asked = draw.choice(sorted(CASES))
    tp, fn, fp, tn = draw.choice(CASES[asked])
    values = _values(asked, tp, fn, fp, tn)
    return Variant(
        {
            "asked": asked,
            "setting": draw.choice(SETTINGS),
            "positives_first": draw.choice((True, False)),
            "tp": tp,
            "fn": fn,
            "fp": fp,
            "tn": tn,
        },
        Number(
            float(values[asked]),
            mistakes={float(v): Mistake(m, CREDITS.get(m, 0.0)) for m, v in values.items() if m != asked},
            tolerance=TOLERANCE,
        ),
    )
