"""True and false positives and negatives, from a drawn confusion matrix or from labels and predictions."""

from itertools import combinations, permutations
from typing import Any

from question_bank import Draw, Fields, Matrix, Mistake, Variant, question

NAMES = ("tp", "fp", "fn", "tn")
# the figure's names of the positive and of the negative class
SETTINGS = {
    "spam": ("spam", "wanted"),
    "defect": ("faulty", "sound"),
    "illness": ("ill", "healthy"),
    "fraud": ("fraud", "honest"),
    "storm": ("storm", "calm"),
}
# four counts that differ, of twelve samples; more of them right than wrong
LISTED = [
    counts
    for sizes in ((1, 2, 3, 6), (1, 2, 4, 5))
    for counts in permutations(sizes)
    if counts[0] + counts[3] > counts[1] + counts[2]
]


def _mistakes(counts: dict[str, int]) -> list[Any]:
    """Tried in this order: everything at another one's place, then what is right without the rest."""
    right = {name: (count,) for name, count in counts.items()}
    errors = {"fp": right["fn"], "fn": right["fp"]}
    hits = {"tp": right["tn"], "tn": right["tp"]}
    return [
        ({**hits, **errors}, Mistake("other_class", credit=0.25)),
        ({**right, **errors}, Mistake("errors_swapped", credit=0.5)),
        ({**right, **hits}, Mistake("hits_swapped", credit=0.5)),
        *(
            ({name: right[name] for name in kept}, Mistake("some_wrong", credit=size / 4))
            for size in (3, 2, 1)
            for kept in combinations(NAMES, size)
        ),
    ]


def _drawn(draw: Draw, positive: str, negative: str) -> tuple[dict[str, int], dict[str, Any], Matrix]:
    """Counts, how their matrix is laid out, and the matrix."""
    fp, fn = draw.sample(range(3, 20), 2)
    tp, tn = draw.sample(range(21, 80), 2)
    by_true = draw.choice((True, False))
    positive_first = draw.choice((True, False))
    rows = ((tp, fn), (fp, tn)) if by_true else ((tp, fp), (fn, tn))
    labels = ("true class", "predicted class")
    classes = (positive, negative)
    if not positive_first:
        rows, classes = tuple(row[::-1] for row in rows[::-1]), classes[::-1]
    matrix = Matrix(rows, classes, classes, *(labels if by_true else labels[::-1]))
    return dict(zip(NAMES, (tp, fp, fn, tn), strict=True)), {"by_true": by_true}, matrix


def _listed(draw: Draw) -> tuple[dict[str, int], dict[str, Any]]:
    """Counts, and labels with predictions that have them."""
    counts = dict(zip(NAMES, draw.choice(LISTED), strict=True))
    code = draw.choice((0, 1))
    pairs = {"tp": (code, code), "fp": (1 - code, code), "fn": (code, 1 - code), "tn": (1 - code, 1 - code)}
    samples = draw.shuffled([pairs[name] for name, count in counts.items() for _ in range(count)])
    y_true, y_pred = ([sample[i] for sample in samples] for i in (0, 1))
    return counts, {"code": code, "y_true": y_true, "y_pred": y_pred}


@question(facts=["F27"], points=2, minutes=3, book="closed")
def counts_of_matrix(draw: Draw) -> Variant:
    setting = draw.choice(sorted(SETTINGS))
    form = draw.choice(("matrix", "lists"))
    figures = {}
    if form == "matrix":
        counts, shown, figures["matrix"] = _drawn(draw, *SETTINGS[setting])
    else:
        counts, shown = _listed(draw)
    return Variant(
        {"setting": setting, "form": form, "names": list(SETTINGS[setting]), **shown, **counts},
        Fields(
            dict.fromkeys(NAMES, "number"),
            ({name: (count,) for name, count in counts.items()},),
            tuple(_mistakes(counts)),
        ),
        figures=figures,
    )
