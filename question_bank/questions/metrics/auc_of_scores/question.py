"""The area under the ROC curve of nine scores."""

from fractions import Fraction
from itertools import combinations

from question_bank import Draw, Mistake, Number, Variant, question

SETTINGS = ("spam", "fraud", "defect", "illness", "storm")
SAMPLES = 9
TOLERANCE = 0.005


def _values(labels: tuple[int, ...], above: int) -> dict[str, Fraction]:
    """
    The area, and what mistakes lead to.

    Args:
        labels: from the lowest score to the highest.
        above: how many scores are above 0.5.
    """
    positives = sum(labels)
    pairs = positives * (SAMPLES - positives)
    in_order = sum(labels[i] > labels[j] for i in range(SAMPLES) for j in range(i))
    found = sum(labels[-above:])
    right = found + SAMPLES - positives - (above - found)
    return {
        "area": Fraction(in_order, pairs),
        "reversed": 1 - Fraction(in_order, pairs),
        "accuracy": Fraction(right, SAMPLES),
        "recall": Fraction(found, positives),
        "precision": Fraction(found, above),
        "not_divided": Fraction(in_order),
        "all_pairs": Fraction(in_order, SAMPLES * (SAMPLES - 1) // 2),
    }


def _cases() -> dict[Fraction, list[tuple[tuple[int, ...], int]]]:
    """By area: labels in the order of their scores, and how many scores are above 0.5; no mistake comes near."""
    cases: dict[Fraction, list[tuple[tuple[int, ...], int]]] = {}
    for positives in (4, 5):
        for places in combinations(range(SAMPLES), positives):
            labels = tuple(int(i in places) for i in range(SAMPLES))
            for above in (4, 5):
                area, wrong, *others = _values(labels, above).values()
                apart = all(abs(a - b) > Fraction(1, 50) for a in (area, wrong) for b in others)
                if apart and Fraction(3, 5) <= area <= Fraction(9, 10):
                    cases.setdefault(area, []).append((labels, above))
    return cases


CASES = _cases()


@question(facts=["F35"], points=2, minutes=4, book="both")
def auc_of_scores(draw: Draw) -> Variant:
    labels, above = draw.choice(CASES[draw.choice(sorted(CASES))])
    # in hundredths; no two are equal
    low = sorted(draw.sample(range(4, 48), SAMPLES - above))
    high = sorted(draw.sample(range(53, 97), above))
    samples = draw.shuffled(list(zip(labels, [hundredths / 100 for hundredths in low + high], strict=True)))
    values = _values(labels, above)
    return Variant(
        {
            "setting": draw.choice(SETTINGS),
            "labels": [label for label, _ in samples],
            "scores": [f"{score:.2f}" for _, score in samples],
            "positives": sum(labels),
            "pairs": sum(labels) * (SAMPLES - sum(labels)),
            "in_order": int(values["not_divided"]),
        },
        Number(
            float(values["area"]),
            mistakes={
                float(value): Mistake(name, credit={"not_divided": 0.5, "reversed": 0.25}.get(name, 0.0))
                for name, value in values.items()
                if name != "area"
            },
            tolerance=TOLERANCE,
        ),
    )
