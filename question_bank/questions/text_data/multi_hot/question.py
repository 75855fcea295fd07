"""Multi-hot encode sequences of word numbers."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("multi_hot", "vectorize_sequences", "encode", "to_multi_hot")
SEQUENCES = ("sequences", "reviews", "texts")
DIMENSIONS = ("dimension", "size", "num_words")


@question(facts=["F44"], points=5, minutes=8, book="both")
def multi_hot(draw: Draw) -> Variant:
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "sequences": draw.choice(SEQUENCES),
            "dimension": draw.choice(DIMENSIONS),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("counts", "off_by_one", "only_first", "only_last", "one_row", "transposed", "swapped"),
                *("numbers_kept", "clipped", "width_from_data", "rows_lost"),
            ),
        ),
    )
