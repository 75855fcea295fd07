"""Whether a drawn layer is dense, or how many connections it lacks."""

from question_bank import Choice, Draw, Mistake, Network, Variant, question

SPARSE = ("sparse_few", "sparse_some", "sparse_many")


@question(facts=["F21"], points=1, minutes=2, book="closed")
def dense_or_sparse(draw: Draw) -> Variant:
    inputs, neurons = draw.choice(((4, 4), (5, 3), (5, 4), (4, 5), (3, 5)))
    # the three numbers are neighbours, and each of the four options is right equally often
    first = draw.integer(2, 4)
    numbers = {option: first + i for i, option in enumerate(SPARSE)}
    right = draw.choice(("dense", *SPARSE))
    absent = _left_out(draw, inputs, neurons, numbers.get(right, 0))
    joined = [[a + 1 for a in range(inputs) if (a, b) not in absent] for b in range(neurons)]
    mistakes = {option: Mistake("seen_as_sparse" if right == "dense" else "miscounted") for option in SPARSE}
    mistakes["dense"] = Mistake("seen_as_dense")
    mistakes.pop(right)
    return Variant(
        {"inputs": inputs, "neurons": neurons, "numbers": numbers, "missing": len(absent), "joined": joined},
        Choice(right, tuple(draw.shuffled(["dense", *SPARSE])), mistakes),
        figures={"layer": Network((inputs, neurons), ("input", "layer"), tuple((0, a, b) for a, b in absent))},
    )


def _left_out(draw: Draw, inputs: int, neurons: int, count: int) -> list[tuple[int, int]]:
    """*count* connections (from, to) whose loss leaves nobody without any."""
    possible = [(a, b) for a in range(inputs) for b in range(neurons)]
    while True:
        absent = sorted(draw.sample(possible, count))
        kept = [pair for pair in possible if pair not in absent]
        if len({a for a, _ in kept}) == inputs and len({b for _, b in kept}) == neurons:
            return absent
