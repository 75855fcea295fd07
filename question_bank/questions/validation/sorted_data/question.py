"""What goes wrong when sorted data is split without shuffling (an essay)."""

from question_bank import Draw, Essay, Variant, question

SETTINGS = ("cats", "reviews", "seasons")


@question(facts=["F38", "F37", "F43"], points=4, minutes=7, book="open")
def sorted_data(draw: Draw) -> Variant:
    samples = draw.choice((4000, 5000, 8000, 10000))
    kept = samples * draw.choice((20, 25)) // 100
    return Variant(
        {"setting": draw.choice(SETTINGS), "samples": samples, "kept": kept},
        Essay({"what_is_seen": 0.25, "why": 0.5, "mend": 0.25}),
    )
