"""Two records short enough to read off."""

from question_bank.checks import array, assert_close, expect, fail, number, points


def answer(student, variant, asked, other):
    """The pair that comes back for the list *asked*; all other lists hold *other*."""
    names = ("loss", variant.metric, "val_loss", f"val_{variant.metric}")
    lists = {name: asked if name == variant.key else other for name in names}
    result = student.call(variant.function, lists)
    expect(result is not None, "nothing_returned", "None")
    if array(result).size == 1:
        fail("value_missing" if number(result).is_integer() else "epoch_missing", "one number")
    return array(result)


@points(1)
def test_example_third_epoch(student, variant):
    """Four epochs, of which the third is best: the answer is 3 and the value there."""
    asked = [0.7, 0.5, 0.4, 0.6] if variant.best == "lowest" else [0.7, 0.8, 0.9, 0.6]
    pair = answer(student, variant, asked, [0.9, 0.8, 0.7, 0.65])
    assert_close(
        pair,
        [3, asked[2]],
        mistakes={"from_zero": [2, asked[2]], "last_epoch": [4, asked[3]], "swapped_pair": [asked[2], 3]},
    )


@points(1)
def test_example_equal_values(student, variant):
    """The best value occurs at epochs 2 and 4: the answer is 2."""
    asked = [0.6, 0.25, 0.5, 0.25, 0.3] if variant.best == "lowest" else [0.6, 0.75, 0.5, 0.75, 0.7]
    pair = answer(student, variant, asked, [0.9, 0.8, 0.7, 0.65, 0.95])
    assert_close(pair, [2, asked[1]], mistakes={"last_of_equals": [4, asked[1]], "from_zero": [1, asked[1]]})
