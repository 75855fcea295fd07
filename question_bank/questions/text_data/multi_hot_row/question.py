"""What a sequence of word numbers looks like as a multi-hot vector."""

from question_bank import Draw, Mistake, Number, Variant, question

DIMENSIONS = (50, 100, 200, 1000, 10000)


def _mistakes(asked: str, sequence: list[int], dimension: int) -> dict[float, Mistake]:
    different, once = len(set(sequence)), sum(sequence.count(number) == 1 for number in set(sequence))
    ones = {
        len(sequence): Mistake("repeats_counted", credit=0.25),
        once: Mistake("repeated_left_out"),
        len(sequence) - different: Mistake("only_repeats"),
        max(sequence): Mistake("a_place"),
        1: Mistake("one_hot"),
    }
    zeros = {
        dimension - len(sequence): Mistake("repeats_counted", credit=0.25),
        dimension - once: Mistake("repeated_left_out"),
        dimension - 1: Mistake("one_hot"),
        dimension - max(sequence): Mistake("a_place"),
    }
    if asked == "ones":
        return {**ones, dimension - different: Mistake("zeros_for_ones"), dimension: Mistake("the_length")}
    return {**zeros, different: Mistake("ones_for_zeros"), dimension: Mistake("the_length")}


@question(facts=["F44"], points=1, minutes=1, book="closed")
def multi_hot_row(draw: Draw) -> Variant:
    dimension = draw.choice(DIMENSIONS)
    # repeated numbers, so that the length, the different ones and those that occur once are not equally many
    different = draw.integer(6, 8)
    numbers = draw.sample(range(11, 50), different)
    sequence = draw.shuffled([*numbers, *numbers[:2], *numbers[: draw.integer(0, 1)]])
    asked = draw.choice(("ones", "zeros"))
    return Variant(
        {
            "asked": asked,
            "dimension": dimension,
            "sequence": sequence,
            "different": different,
            "repeated": sorted(numbers[:2]),
        },
        Number(
            different if asked == "ones" else dimension - different,
            mistakes=_mistakes(asked, sequence, dimension),
        ),
    )
