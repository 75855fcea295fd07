"""The one probability that is missing from a softmax's output."""

from question_bank import Draw, Mistake, Number, Variant, question

CLASSES = 5


@question(facts=["F17"], points=1, minutes=1, book="closed")
def missing_probability(draw: Draw) -> Variant:
    parts, place = _hundredths(draw), draw.integer(0, CLASSES - 1)
    shown = [part for i, part in enumerate(parts) if i != place]
    right = parts[place] / 100
    return Variant(
        {
            "shown": [f"{part / 100:.2f}" for part in shown],
            "row": ", ".join("p" if i == place else f"{part / 100:.2f}" for i, part in enumerate(parts)),
            "right": right,
            "total": f"{sum(shown) / 100:.2f}",
        },
        Number(
            right,
            tolerance=0.0005,
            mistakes={
                sum(shown) / 100: Mistake("sum_of_the_others"),
                1 / CLASSES: Mistake("equal_shares"),
                (100 - max(shown)) / 100: Mistake("one_other_only"),
                sum(shown) / 100 / len(shown): Mistake("mean_of_the_others"),
                parts[place]: Mistake("in_percent", credit=0.5),
            },
        ),
    )


def _hundredths(draw: Draw) -> list[int]:
    """Five different whole numbers that sum to 100, none of them what a mistake leads to."""
    while True:
        parts = [draw.integer(4, 45) for _ in range(CLASSES - 1)]
        parts.append(100 - sum(parts))
        means = {(100 - part) / (CLASSES - 1) for part in parts}
        if parts[-1] >= 4 and len(set(parts)) == CLASSES and not {20, 50} & set(parts) and not means & set(parts):
            return parts
