"""How many samples are training, validation and test data after a split."""

import math
from itertools import combinations

from question_bank import Draw, Fields, Mistake, Variant, question

FIELDS = {"train": "number", "validation": "number", "test": "number"}
NAMES = (("x", "y"), ("images", "labels"), ("reviews", "labels"))


def _case(n: int, test: int, second: int, wrong_second: int) -> dict[str, int] | None:
    """
    A split, if no mistake leads to a right number.

    Args:
        n: all samples.
        test: size of the part that is told.
        second: right size of the part that has to be worked out.
        wrong_second: its size by the usual mistake.
    """
    sizes = (test, second, n - test - second)
    apart = all(abs(a - b) >= n // 50 for a, b in combinations((*sizes, wrong_second), 2))
    return {"n": n, "test": test, "second": second, "wrong": wrong_second} if min(sizes) > 0 and apart else None


def _share_cases() -> list[dict[str, int]]:
    """A share of all for testing, then a share of the rest for validation; the mistake takes it of all."""
    cases = []
    for n in (2000, 4000, 5000, 8000, 10000, 12000, 20000):
        for first in (10, 15, 20, 25, 30, 40):
            for share in (10, 20, 25, 30, 40):
                test, rest = n * first // 100, n * (100 - first) // 100
                if rest * share % 100 == 0 and (case := _case(n, test, rest * share // 100, n * share // 100)):
                    cases.append({**case, "first_share": first, "share": share})
    return cases


def _keras_cases() -> list[dict[str, int]]:
    """The same for `validation_split`, where Keras, which computes in binary fractions, comes to the exact number."""
    return [case for case in _share_cases() if _trained(case) == case["n"] - case["test"] - case["second"]]


def _trained(case: dict[str, int]) -> int:
    """How many samples `fit` trains with."""
    return math.floor((case["n"] - case["test"]) * (1 - case["share"] / 100))


def _slice_cases() -> list[dict[str, int]]:
    """`x[:a]`, `x[a:b]` and `x[b:]`; the mistake takes b for the size of the middle part."""
    cases = []
    for n in (2000, 4000, 5000, 8000, 10000, 12000, 20000):
        for a in range(n // 20, n // 3, n // 20):
            for b in range(a + n // 20, n * 2 // 3, n // 20):
                if case := _case(n, a, b - a, b):
                    cases.append({**case, "a": a, "b": b})
    return cases


CASES = {"shares": _share_cases(), "validation_split": _keras_cases(), "slices": _slice_cases()}


@question(facts=["F37"], points=2, minutes=3, book="both")
def split_sizes(draw: Draw) -> Variant:
    form = draw.choice(sorted(CASES))
    case = draw.choice(CASES[form])
    # in the form of slices, either part may come first
    first = draw.choice(("test", "validation")) if form == "slices" else "test"
    second = "validation" if first == "test" else "test"
    sizes = {first: case["test"], second: case["second"], "train": case["n"] - case["test"] - case["second"]}
    right = {name: (sizes[name],) for name in FIELDS}
    x, y = draw.choice(NAMES)
    wrong = "end_as_size" if form == "slices" else "share_of_all"
    not_reduced = (case["n"], case["n"] - case["test"], case["n"] - case["second"])
    return Variant(
        {
            "form": form,
            "x": x,
            "y": y,
            "first": first,
            "second": second,
            "from_end": draw.choice((True, False)),
            "case": case,
            "sizes": sizes,
        },
        Fields(
            FIELDS,
            accepts=(right,),
            mistakes=(
                (
                    {**right, "validation": right["test"], "test": right["validation"]},
                    Mistake("swapped", credit=0.3333333),
                ),
                ({first: right[first], second: (case["wrong"],)}, Mistake(wrong, credit=0.3333333)),
                ({**right, "train": not_reduced}, Mistake("not_taken_away", credit=0.5)),
                *(
                    ({name: right[name] for name in pair}, Mistake("one_wrong", credit=0.5))
                    for pair in combinations(FIELDS, 2)
                ),
            ),
        ),
    )
