"""A word index of four words, and two short reviews read by hand."""

from question_bank.checks import expect, points

INDEX = {"film": 2, "good": 4, "the": 1, "was": 3}


def check(got, variant, right, mistakes):
    """*got* are the words *right*, in the form that is asked for."""
    if variant.container == "text":
        expect(type(got) is str, "another_container", f"returned {type(got).__name__}")
        got = got.split()
    expect(type(got) in (list, tuple), "another_container", f"returned {type(got).__name__}")
    got = list(got)
    for mistake, wrong in mistakes.items():
        expect(got != wrong, mistake)
    expect(got == right, detail=f"returned {str(got)[:80]}")


@points(1)
def test_example_words(student, variant):
    """4, 5, 6, 7 are the words of rank 1, 2, 3, 4."""
    got = student.call(variant.function, [4, 5, 6, 7], INDEX)
    check(got, variant, ["the", "film", "was", "good"], {"not_shifted": ["good", "?", "?", "?"]})


@points(1)
def test_example_reserved(student, variant):
    """1 is the start and 2 a word out of vocabulary; 90 has no word in this index."""
    got = student.call(variant.function, [1, 4, 2, 6, 90], INDEX)
    right = ["?", "the", "?", "was", "?"]
    check(got, variant, right, {"left_out": ["the", "was"], "reserved_as_words": ["the", "the", "film", "was", "?"]})
