"""The number of a word in a coded review, where the vocabulary may be cut."""

from question_bank import Draw, Mistake, Number, Variant, question

WORDS = (
    *("plot", "actor", "scenery", "sequel", "villain", "comedy", "dialogue", "costume", "thriller", "soundtrack"),
    *("camera", "audience", "director", "ending", "script", "drama"),
)
LIMITS = (1000, 2000, 5000, 10000)


@question(facts=["F44"], points=1, minutes=1, book="both")
def encode_word(draw: Draw) -> Variant:
    limit = draw.choice(LIMITS)
    kept = draw.choice((True, False))
    # well inside or well outside: nobody needs to know on which side the limit itself falls
    rank = draw.integer(30, limit - 60) if kept else draw.integer(limit + 60, 4 * limit)
    if kept:
        mistakes = {
            rank: Mistake("not_shifted"),
            rank - 3: Mistake("shifted_backwards"),
            rank + 2: Mistake("wrong_shift"),
            rank + 4: Mistake("wrong_shift"),
            2: Mistake("cut_too_early"),
        }
    else:
        mistakes = {
            rank + 3: Mistake("not_cut"),
            rank: Mistake("not_cut"),
            0: Mistake("padding"),
            1: Mistake("start"),
            3: Mistake("unused"),
            limit: Mistake("last_number"),
            limit - 1: Mistake("last_number"),
        }
    return Variant(
        {"word": draw.choice(WORDS), "rank": rank, "limit": limit, "kept": kept},
        Number(rank + 3 if kept else 2, mistakes=mistakes),
    )
