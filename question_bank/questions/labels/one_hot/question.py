"""One-hot encode labels, and read them back."""

from question_bank import Code, Draw, Variant, question

ENCODERS = ("one_hot", "to_one_hot", "encode")
DECODERS = ("to_labels", "decode", "back")
LABELS = ("labels", "y", "codes")
ROWS = ("rows", "vectors", "encoded")


@question(facts=["F22"], points=5, minutes=8, book="both")
def one_hot(draw: Draw) -> Variant:
    encoder, decoder = draw.choice(ENCODERS), draw.choice(DECODERS)
    return Variant(
        {
            "encoder": encoder,
            "decoder": decoder,
            "labels": draw.choice(LABELS),
            "rows": draw.choice(ROWS),
            "classes": draw.choice(("classes", "k")),
        },
        Code(
            "function",
            defines=(encoder, decoder),
            mistakes=(
                *("off_by_one", "from_the_end", "transposed", "label_in_row", "up_to_label", "zeros_and_ones_swapped"),
                *("classes_from_data", "only_first"),
                *("decoded_from_one", "column_maxima", "one_number", "kept_rows", "sum_of_row"),
            ),
        ),
    )
