"""
Accuracy, precision and recall of 0/1 labels (n,) and predictions (n,).

The four counts are drawn first, and the arrays are made from them: what is expected comes from counts alone.
"""

from itertools import combinations

import numpy as np

from question_bank.checks import array, assert_close, expect, fail, points

# Keras computes in float32
ATOL = RTOL = 1e-4
METRICS = ("accuracy", "precision", "recall")


def ratios(tp, fp, fn, tn):
    """The three metrics by name; a quotient of nothing is 0."""
    return {
        "accuracy": (tp + tn) / (tp + fp + fn + tn),
        "precision": tp / (tp + fp) if tp + fp else 0.0,
        "recall": tp / (tp + fn) if tp + fn else 0.0,
    }


def counts(rng):
    """TP, FP, FN and TN, far enough apart that no mistake leads to another one's value."""
    while True:
        tp, fp, fn, tn = (int(n) for n in rng.integers(2, 14, size=4))
        right, other, n = ratios(tp, fp, fn, tn), ratios(tn, fn, fp, tp), tp + fp + fn + tn
        values = [*right.values(), other["precision"], other["recall"], tp / n, tn / n]
        values += [1 - value for value in right.values()]
        if min(abs(a - b) for a, b in combinations(values, 2)) > 0.01:
            return tp, fp, fn, tn


def problem(rng, tp, fp, fn, tn):
    """Labels and predictions with these counts, in random order."""
    pairs = rng.permutation([(1, 1)] * tp + [(0, 1)] * fp + [(1, 0)] * fn + [(0, 0)] * tn)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def named(got, variant):
    """What came back, by metric; here three values in order may stand in for a dict, and a dict for them."""
    if type(got) is dict:
        expect(set(got) == set(METRICS), detail=f"keys {[str(key)[:20] for key in got][:5]}")
        return got
    expect(type(got) in (tuple, list, np.ndarray), detail=f"expected three values, got {type(got).__name__}")
    values = list(got) if type(got) is not np.ndarray or got.ndim else []
    expect(len(values) == 3, detail=f"expected three values, got {len(values)}")
    return dict(zip(variant.order, values, strict=True))


def check(got, name, drawn):
    """*got* is the metric *name* of the *drawn* counts; an array that holds one number counts as the number."""
    tp, fp, fn, tn = drawn
    n, right = sum(drawn), ratios(*drawn)
    values = array(got)
    if values.size == 1:
        values = values.reshape(())
        others = [right[other] for other in right if other != name]
        if np.isclose(values, others, RTOL, ATOL).any():
            fail("another_metric", "equals another of the three")
    hits = {"accuracy": tp + tn, "precision": tp, "recall": tp}[name]
    wrong = {"not_divided": hits, "share_of_errors": 1 - right[name]}
    if name == "accuracy":
        wrong["only_the_positives"] = tp / n
    else:
        wrong |= {"other_class": ratios(tn, fn, fp, tp)[name], "divided_by_all": tp / n}
    assert_close(values, right[name], atol=ATOL, rtol=RTOL, mistakes=wrong)


def check_twice(student, variant, rng, name):
    """The metric *name* is right for two sets of samples."""
    for _ in range(2):
        drawn = counts(rng)
        got = named(student.call(variant.function, *problem(rng, *drawn)), variant)
        check(got[name], name, drawn)


@points(2)
def test_accuracy(student, variant, rng):
    """The accuracy is the share of all samples that were predicted rightly."""
    check_twice(student, variant, rng, "accuracy")


@points(2)
def test_precision(student, variant, rng):
    """The precision is the share of real positives among what was predicted positive."""
    check_twice(student, variant, rng, "precision")


@points(2)
def test_recall(student, variant, rng):
    """The recall is the share of the positives that were predicted positive."""
    check_twice(student, variant, rng, "recall")


@points(1)
def test_nothing_called(student, variant, rng):
    """Where nothing was predicted positive, precision and recall are 0, and the accuracy the share of negatives."""
    drawn = (0, 0, int(rng.integers(2, 6)), int(rng.integers(6, 14)))
    got = named(student.call(variant.function, *problem(rng, *drawn)), variant)
    precision = array(got["precision"])
    if not np.isfinite(precision).all():
        fail("nothing_called", "divided by nothing")
    for name, value in ratios(*drawn).items():
        found = array(got[name])
        assert_close(found.reshape(()) if found.size == 1 else found, value, atol=ATOL)


@points(1)
def test_container(student, variant, rng):
    """The three values, two of them at least being right, come back in the form that is asked for."""
    drawn = counts(rng)
    returned = student.call(variant.function, *problem(rng, *drawn))
    got, right = named(returned, variant), ratios(*drawn)
    values = {name: array(got[name]) for name in right}
    hits = [v.size == 1 and abs(v.item() - right[name]) <= 1e-3 for name, v in values.items()]
    expect(sum(hits) >= 2, detail=f"{sum(hits)} of the values right")
    if (type(returned) is dict) != (variant.container == "dict"):
        fail("another_container", f"returned {type(returned).__name__}")
