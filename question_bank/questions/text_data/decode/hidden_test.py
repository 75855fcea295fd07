"""
Reviews coded as those of IMDB are: the words are drawn first, and the numbers come from them.

A word index is in no order, as the real one, so that only the ranks in it help.
"""

from question_bank.checks import expect, fail, points

WORDS = (
    "the and film was very good plot actor slow music never again night house river story green light paper window "
    "stone winter garden bridge market silver letter summer"
)
UNKNOWN = "?"


def problem(rng):
    """The words by rank, and a word index of them in random order."""
    words = [str(word) for word in rng.permutation(WORDS.split())[:20]]
    ranked = dict(enumerate(words, start=1))
    return ranked, {ranked[int(rank)]: int(rank) for rank in rng.permutation(list(ranked))}


def coded(rng, count):
    """Numbers of *count* words, and their ranks: whatever the shift, a rank of the index comes out."""
    ranks = [int(rank) for rank in rng.permutation(range(4, 15))[:count]]
    return [rank + 3 for rank in ranks], ranks


def words_of(got):
    """The words that came back; a list may stand in for a text, and a text for a list."""
    if type(got) is str:
        return got.split()
    expect(type(got) in (list, tuple), detail=f"expected words, got {type(got).__name__}")
    expect(all(type(word) is str for word in got), "kept_numbers" if numeric(got) else None, "not all are words")
    return list(got)


def numeric(got):
    """Whether some of what came back are numbers."""
    return any(type(item) in (int, float) for item in got)


def check(got, right, sequence, ranked):
    """The words are the *right* ones, or show what went wrong."""

    def read(shift, low=3):
        return [UNKNOWN if number < low else ranked.get(number - shift, UNKNOWN) for number in sequence]

    words = words_of(got)
    if words == right:
        return
    wrong = {
        "not_shifted": [read(0), read(0, low=0)],
        "shifted_backwards": [read(-3), read(-3, low=0)],
        "wrong_shift": [read(2), read(2, low=0), read(4), read(4, low=0)],
        "reserved_as_words": [
            [ranked[number] if number in (1, 2) else word for number, word in zip(sequence, right, strict=True)]
        ],
        "left_out": [[word for word in right if word != UNKNOWN]],
        "backwards": [right[::-1]],
        "no_spaces": [["".join(right)]],
    }
    for mistake, several in wrong.items():
        # without a number that is unknown, leaving such out is no mistake
        if words in [one for one in several if one != right]:
            fail(mistake, "equals the result of this mistake")
    fail(detail=f"{len(words)} words, expected {len(right)}" if len(words) != len(right) else "words differ")


@points(2)
def test_words(student, variant, rng):
    """Each number of a real word gives the word whose rank is the number less 3."""
    ranked, word_index = problem(rng)
    sequence, ranks = coded(rng, 6)
    got = student.call(variant.function, sequence, word_index)
    check(got, [ranked[rank] for rank in ranks], sequence, ranked)


@points(2)
def test_reserved(student, variant, rng):
    """Padding, start and out-of-vocabulary numbers give a question mark each, between words that are right."""
    ranked, word_index = problem(rng)
    numbers, ranks = coded(rng, 5)
    sequence = [0, 0, 1, *numbers[:3], 2, *numbers[3:], 2]
    right = ["?", "?", "?", *(ranked[r] for r in ranks[:3]), "?", *(ranked[r] for r in ranks[3:]), "?"]
    check(student.call(variant.function, sequence, word_index), right, sequence, ranked)


@points(2)
def test_unknown(student, variant, rng):
    """A number whose rank is not in the word index gives a question mark, between words that are right."""
    ranked, word_index = problem(rng)
    sequence, ranks = coded(rng, 5)
    right = [ranked[rank] for rank in ranks]
    for place in (1, 4):
        sequence.insert(place, int(rng.integers(40, 200)))
        right.insert(place, UNKNOWN)
    check(student.call(variant.function, sequence, word_index), right, sequence, ranked)


@points(1)
def test_container(student, variant, rng):
    """The words, being right, come back in the form that is asked for."""
    ranked, word_index = problem(rng)
    sequence, ranks = coded(rng, 4)
    got = student.call(variant.function, sequence, word_index)
    check(got, [ranked[rank] for rank in ranks], sequence, ranked)
    if (type(got) is str) != (variant.container == "text"):
        fail("another_container", f"returned {type(got).__name__}")
