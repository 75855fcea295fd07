"""Batch, mini-batch or true stochastic gradient descent: which one is it."""

from question_bank import Choice, Draw, Mistake, Variant, question

SAMPLES = (480, 600, 720, 800, 960, 1200, 1440, 1600, 2000, 2400)
BATCH_SIZES = (8, 10, 16, 20, 32, 40)


@question(facts=["F08", "F26"], points=1, minutes=1, book="closed")
def which_descent(draw: Draw) -> Variant:
    samples, right = draw.choice(SAMPLES), draw.choice(("full", "mini", "single"))
    size = {"full": samples, "mini": draw.choice(BATCH_SIZES), "single": 1}[right]
    epochs = draw.integer(3, 9)
    wrong = [Mistake(option) for option in ("full", "mini", "single", "momentum") if option != right]
    return Variant(
        {
            # as code, as samples in an update, or as updates in an epoch
            "told": draw.choice(("code", "words", "updates")),
            "samples": samples,
            "size": size,
            "updates": -(-samples // size),
            "epochs": epochs,
            "right": right,
        },
        Choice.shuffled(draw, right=right, wrong=wrong),
    )
