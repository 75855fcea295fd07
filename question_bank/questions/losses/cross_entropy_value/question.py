"""The cross-entropy of predictions that are powers of 1/2, in bits."""

from collections.abc import Iterator
from itertools import combinations, permutations, product
from math import log, log2

from question_bank import Draw, Mistake, Number, Variant, question

Row = tuple[float, ...]
SETTINGS = ("animals", "fruits", "weather", "waste", "signs")
TOLERANCE = 0.005
# predictions by their exponents k of 2 ** -k; each row sums to 1
ONE_HOT_ROWS = ((1, 2, 3, 3), (1, 2, 3, 4, 4))
SOFT_ROWS = ((1, 2, 2), (1, 2, 3, 3))
SOFT_TARGETS = ((5, 3, 2), (6, 3, 1), (7, 2, 1), (5, 4, 1), (4, 3, 2, 1), (5, 2, 2, 1), (6, 2, 1, 1))


def _cross_entropy(p: Row, q: Row) -> float:
    return -sum(a * log2(b) for a, b in zip(p, q, strict=True) if a)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _mistakes(targets: list[Row], predictions: list[Row]) -> Iterator[tuple[float, Mistake]]:
    rows = list(zip(targets, predictions, strict=True))
    right = _mean([_cross_entropy(p, q) for p, q in rows])
    hits = _mean([sum(a * b for a, b in zip(p, q, strict=True)) for p, q in rows])
    if len(rows) > 1:
        yield right * len(rows), Mistake("not_averaged", credit=0.5)
        yield -log2(hits), Mistake("mean_before_log", credit=0.25)
    else:
        swapped = _cross_entropy(predictions[0], targets[0])
        yield swapped, Mistake("swapped", credit=0.25)
    yield -right, Mistake("sign", credit=0.5)
    yield right * log(2), Mistake("base", credit=0.5)
    yield _mean([_cross_entropy((1,) * len(q), q) for _, q in rows]), Mistake("unweighted")
    yield right / len(targets[0]), Mistake("over_classes", credit=0.25)
    yield _mean([-log2(q[p.index(max(p))]) for p, q in rows]), Mistake("one_class", credit=0.25)
    yield _mean([-log2(max(q)) for _, q in rows]), Mistake("predicted_class")
    yield hits, Mistake("no_logarithm")


def _tells_apart(targets: list[Row], predictions: list[Row]) -> bool:
    """Whether the right value and those of all mistakes differ by more than people round."""
    right = _mean([_cross_entropy(p, q) for p, q in zip(targets, predictions, strict=True)])
    values = [right, *(value for value, mistake in _mistakes(targets, predictions))]
    if len(targets) > 1:
        # of a one-hot target, the one class is all there is
        values.remove(next(value for value, mistake in _mistakes(targets, predictions) if mistake.id == "one_class"))
    return all(abs(a - b) > 0.02 for a, b in combinations(values, 2))


def _rows_of(exponents: tuple[int, ...]) -> list[Row]:
    return [tuple(2.0**-k for k in row) for row in sorted(set(permutations(exponents)))]


def _soft_cases() -> list[tuple[list[Row], list[Row]]]:
    targets = [
        tuple(tenths / 10 for tenths in row) for given in SOFT_TARGETS for row in sorted(set(permutations(given)))
    ]
    predictions = [row for exponents in SOFT_ROWS for row in _rows_of(exponents)]
    return [([p], [q]) for p, q in product(targets, predictions) if len(p) == len(q) and _tells_apart([p], [q])]


def _one_hot_cases(draw: Draw) -> tuple[list[Row], list[Row]]:
    """Two samples whose true classes differ, and so do the probabilities predicted for them."""
    rows = _rows_of(draw.choice(ONE_HOT_ROWS))
    while True:
        predictions = draw.sample(rows, 2)
        hits = draw.sample(range(len(rows[0])), 2)
        targets = [tuple(float(i == hit) for i in range(len(rows[0]))) for hit in hits]
        if predictions[0][hits[0]] != predictions[1][hits[1]] and _tells_apart(targets, predictions):
            return targets, predictions


SOFT_CASES = _soft_cases()


@question(facts=["F29"], points=2, minutes=3, book="closed")
def cross_entropy_value(draw: Draw) -> Variant:
    form = draw.choice(("one_hot", "soft"))
    targets, predictions = draw.choice(SOFT_CASES) if form == "soft" else _one_hot_cases(draw)
    right = round(_mean([_cross_entropy(p, q) for p, q in zip(targets, predictions, strict=True)]), 6)
    return Variant(
        {
            "form": form,
            "setting": draw.choice(SETTINGS),
            "targets": [[f"{p:g}" for p in row] for row in targets],
            "inverses": [[round(1 / q) for q in row] for row in predictions],
            "exponents": [[round(-log2(q)) for q in row] for row in predictions],
        },
        Number(right, mistakes=dict(_mistakes(targets, predictions)), tolerance=TOLERANCE),
    )
