"""Turn a coded review back into words."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("decode", "decode_review", "to_words", "read_review")
SEQUENCES = ("sequence", "review", "numbers")
INDICES = ("word_index", "ranks", "index")


@question(facts=["F44"], points=5, minutes=8, book="both")
def decode(draw: Draw) -> Variant:
    function = draw.choice(FUNCTIONS)
    return Variant(
        {
            "function": function,
            "sequence": draw.choice(SEQUENCES),
            "word_index": draw.choice(INDICES),
            "container": draw.choice(("text", "list")),
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("not_shifted", "shifted_backwards", "wrong_shift", "reserved_as_words", "left_out", "kept_numbers"),
                *("backwards", "no_spaces", "another_container"),
            ),
        ),
    )
