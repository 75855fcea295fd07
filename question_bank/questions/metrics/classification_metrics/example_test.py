"""
Ten samples, counted by hand: 4 positives, of which 3 are found; 5 called positive.

So TP = 3, FP = 2, FN = 1 and TN = 4: accuracy 7/10, precision 3/5, recall 3/4.
"""

import numpy as np

from question_bank.checks import assert_close, expect, points

LABELS = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
PREDICTIONS = np.array([1, 1, 1, 0, 1, 1, 0, 0, 0, 0])


def check(got, variant, right):
    """*got* holds the three metrics *right*, in the form that is asked for."""
    if variant.container == "dict":
        expect(isinstance(got, dict), "another_container", f"returned {type(got).__name__}")
        expect(set(got) == set(right), detail=f"keys {list(got)}")
        values = [got[name] for name in variant.order]
    else:
        expect(not isinstance(got, dict), "another_container", "returned a dict")
        values = got
    assert_close(values, [right[name] for name in variant.order], atol=1e-3)


@points(1)
def test_example(student, variant):
    """Four positives among ten samples, three of them found, and two false alarms."""
    got = student.call(variant.function, LABELS, PREDICTIONS)
    check(got, variant, {"accuracy": 0.7, "precision": 0.6, "recall": 0.75})


@points(1)
def test_example_nothing_called(student, variant):
    """Nothing is predicted positive: of ten samples, the six negatives are right."""
    got = student.call(variant.function, LABELS, np.zeros(10, dtype=int))
    check(got, variant, {"accuracy": 0.6, "precision": 0.0, "recall": 0.0})
