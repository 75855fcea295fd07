"""The order of the steps from raw data to a measured model."""

from question_bank import Draw, Mistake, Order, Variant, question

SETTINGS = ("digits", "reviews", "houses")
STEPS = ("prepare", "define", "compile", "fit", "evaluate")


@question(facts=["F25", "F37"], points=2, minutes=2, book="closed")
def steps(draw: Draw) -> Variant:
    return Variant(
        {"setting": draw.choice(SETTINGS)},
        Order.shuffled(
            draw,
            STEPS,
            mistakes={
                "fit>compile": Mistake("fit_before_compile"),
                "compile>define": Mistake("compile_before_define"),
                "define>prepare": Mistake("define_before_prepare"),
                "evaluate>fit": Mistake("evaluate_before_fit"),
            },
        ),
    )
