"""Split samples and labels at random into training and validation data, in numpy."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("split", "shuffled_split", "hold_out", "train_val_split")
ARRAYS = (("x", "y"), ("images", "labels"), ("samples", "targets"), ("features", "labels"))


@question(facts=["F38", "F37"], points=6, minutes=9, book="open")
def shuffled_split(draw: Draw) -> Variant:
    function = draw.choice(FUNCTIONS)
    x, y = draw.choice(ARRAYS)
    given = draw.choice(("val", "train"))
    return Variant(
        {"function": function, "x": x, "y": y, "given": given, "count": f"n_{given}"},
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("apart", "not_shuffled", "shuffled_after_split", "overlap", "lost", "sizes_swapped"),
                *("seed_ignored", "wrong_order", "nothing_returned"),
            ),
        ),
    )
