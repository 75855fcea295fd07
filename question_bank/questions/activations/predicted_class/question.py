"""The predicted class in a batch of softmax outputs, samples and classes counted from 0."""

from question_bank import Draw, Mistake, Number, Variant, question

SAMPLES, CLASSES = 3, 5


@question(facts=["F17"], points=1, minutes=1, book="both")
def predicted_class(draw: Draw) -> Variant:
    while True:
        rows = [_row(draw) for _ in range(SAMPLES)]
        sample = draw.integer(1, SAMPLES - 1)
        row = rows[sample]
        right = row.index(max(row))
        column = [line[sample] for line in rows]
        wrong = {
            right + 1: Mistake("counted_from_one", credit=0.5),
            rows[sample - 1].index(max(rows[sample - 1])): Mistake("neighbouring_sample"),
            row.index(min(row)): Mistake("least_likely"),
            column.index(max(column)): Mistake("column_for_row"),
            max(row) / 100: Mistake("gave_probability", credit=0.25),
        }
        # each mistake leads to a number of its own
        if len({right, *wrong}) == 6:
            break
    return Variant(
        {
            "rows": [", ".join(f"{part / 100:.2f}" for part in line) for line in rows],
            "sample": sample,
            "right": right,
            "largest": f"{max(row) / 100:.2f}",
            "wrong": {mistake.id: number for number, mistake in wrong.items()},
        },
        Number(right, mistakes=wrong),
    )


def _row(draw: Draw) -> list[int]:
    """Five different whole numbers that sum to 100, the largest well above the others."""
    while True:
        parts = [draw.integer(1, 70) for _ in range(CLASSES - 1)]
        parts.append(100 - sum(parts))
        first, second = sorted(parts)[-1:-3:-1]
        if min(parts) >= 1 and len(set(parts)) == CLASSES and first - second >= 5:
            return draw.shuffled(parts)
