"""Which of four equally accurate predictions has the smallest, or the largest, cross-entropy."""

from itertools import product

from question_bank import Choice, Draw, Mistake, Variant, question

CLASSES = 4
SETTINGS = ("letters", "news", "birds", "music", "leaves")
# probabilities of the true class in hundredths: four of a row make a variant
HITS = {True: (35, 45, 55, 65, 75, 85), False: (5, 10, 15, 20, 25, 30, 35, 40)}
RANKS = ("first", "second", "third", "fourth")


def _rests(hit: int, correct: bool) -> list[tuple[int, ...]]:
    """How the other classes can share what *hit* leaves, in steps of 5, so that the largest class is clear."""
    steps = range(5, 100, 5)
    rests = [rest for rest in product(steps, repeat=CLASSES - 1) if sum(rest) == 100 - hit]
    if correct:
        return [rest for rest in rests if max(rest) < hit]
    return [rest for rest in rests if max(rest) > hit and rest.count(max(rest)) == 1]


@question(facts=["F29"], points=1, minutes=2, book="closed")
def closer_prediction(draw: Draw) -> Variant:
    correct, asked = draw.choice((True, False)), draw.choice(("smallest", "largest"))
    true = draw.integer(0, CLASSES - 1)
    predictions = {}
    for rank, hit in zip(RANKS, sorted(draw.sample(HITS[correct], CLASSES), reverse=True), strict=True):
        row = list(draw.choice(_rests(hit, correct)))
        row.insert(true, hit)
        predictions[rank] = [f"{p / 100:.2f}" for p in row]
    right = RANKS[0] if asked == "smallest" else RANKS[-1]
    return Variant(
        {
            "correct": correct,
            "asked": asked,
            "setting": draw.choice(SETTINGS),
            "place": true,
            "target": [int(i == true) for i in range(CLASSES)],
            "predictions": predictions,
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(rank) for rank in RANKS if rank != right]),
    )
