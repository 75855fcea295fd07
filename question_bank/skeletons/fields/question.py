"""TODO: what it asks, in one line."""

from question_bank import Draw, Fields, Mistake, Variant, question


# TODO: the facts it asks for, what it is worth, how long it takes, and the book it is fit for
@question(facts=["F46", "F17"], points=2, minutes=2, book="both")
def skeleton(draw: Draw) -> Variant:
    # TODO: draw what may vary without making it harder: 12 different variants, better 20
    classes = draw.integer(3, 40)
    return Variant(
        {"classes": classes},
        Fields(
            # TODO: the fields and the type of each
            {"units": "units", "activation": "activation"},
            # TODO: every combination that is right, then those that have a name
            accepts=({"units": (classes,), "activation": ("softmax",)},),
            mistakes=(
                ({"units": (classes,), "activation": ("sigmoid",)}, Mistake("sigmoid", credit=0.5)),
                ({"units": (1,)}, Mistake("one_unit")),
            ),
        ),
    )
