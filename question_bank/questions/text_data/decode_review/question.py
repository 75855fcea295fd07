"""A short review, coded as those of IMDB are, read back."""

from question_bank import Choice, Draw, Mistake, Variant, question

# words of one kind each, so that no order of them makes more sense than another
NOUNS = "film plot story scene actor music camera hero ending script cast drama comedy city war love death family"
ADJECTIVES = "good bad long slow funny dark sad dull loud warm cheap great odd clever cold boring simple strange"
SIZE = 14
# what is wrongly subtracted from a number
SHIFTS = {"not_shifted": 0, "shifted_backwards": -3, "shift_of_two": 2, "shift_of_four": 4}


def _decoded(sequence: list[int], words: list[str], shift: int, *, reserved: bool = True) -> str:
    """*sequence* in words, a number less *shift* being a rank; *reserved* numbers are "?" where no rank fits."""
    ranks = [index if not reserved and index < 3 else index - shift for index in sequence]
    return " ".join(words[rank - 1] if 1 <= rank <= len(words) else "?" for rank in ranks)


@question(facts=["F44"], points=2, minutes=2, book="closed")
def decode_review(draw: Draw) -> Variant:
    words = draw.sample(draw.choice((NOUNS, ADJECTIVES)).split(), SIZE)
    # any of the shifts leads to words of the index
    known = draw.sample(range(7, SIZE - 2), 3)
    body = [*known[:2], 2, known[2]] if draw.choice((True, False)) else [known[0], 2, *known[1:]]
    sequence = [*([0] * draw.choice((0, 2))), 1, *body]
    right = _decoded(sequence, words, 3)
    others = {name: _decoded(sequence, words, shift) for name, shift in SHIFTS.items()}
    others["reserved_as_words"] = _decoded(sequence, words, 3, reserved=False)
    # as many options with the right words as with others, and as many with "?" in the right places as without
    wrong = ["reserved_as_words", draw.choice(("not_shifted", "shifted_backwards"))]
    wrong.append(draw.choice(("shift_of_two", "shift_of_four")))
    return Variant(
        {
            "words": {word: rank for rank, word in enumerate(words, start=1)},
            "sequence": sequence,
            "known": [[index, words[index - 4]] for index in sequence if index > 3],
            "texts": {"right": right, **{name: others[name] for name in wrong}},
        },
        Choice.shuffled(draw, right="right", wrong=[Mistake(name) for name in wrong]),
    )
