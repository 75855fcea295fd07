"""One call of `fit` for each student: what the benchmark grades, and no more."""

from question_bank import Code, Draw, Variant, question


@question(facts=["F17"], points=4, minutes=10, book="open", data=["digits"])
def once(draw: Draw) -> Variant:
    return Variant({"units": draw.choice((96, 112, 128, 144))}, Code("training", defines=("train",)))
