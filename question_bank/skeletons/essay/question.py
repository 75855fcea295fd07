"""TODO: what it asks, in one line."""

from question_bank import Draw, Essay, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F38"], points=4, minutes=6, book="open")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw the setting, where several are equally hard
    return Variant(
        {"samples": draw.choice((1000, 2000, 4000))},
        # TODO: the lines of the rubric with their shares, which sum to 1
        Essay({"why": 0.5, "how": 0.5}),
    )
