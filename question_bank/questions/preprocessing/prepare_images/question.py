"""A function that makes grey images ready for a dense layer."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("prepare", "prepare_images", "to_inputs")
NAMES = ("images", "pictures", "x")
# the largest value that a pixel can have
TOPS = (255, 127, 100, 15)
FORMS = ("rows", "channel")


@question(facts=["F14"], points=4, minutes=5, book="both")
def prepare_images(draw: Draw) -> Variant:
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "images": draw.choice(NAMES),
            "top": draw.choice(TOPS),
            # a row for each image, or the two axes kept and one of size 1 added
            "form": draw.choice(FORMS),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("not_scaled", "floor_division", "own_maximum", "float64"),
                *("not_reshaped", "batch_lost", "scrambled"),
            ),
        ),
    )
