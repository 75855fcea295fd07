"""How many times mini-batch gradient descent updates the weights in one epoch."""

from question_bank import Draw, Mistake, Number, Variant, question

BATCH_SIZES = (16, 20, 30, 32, 40, 50, 60, 64, 80, 100, 128, 150, 200, 256)


def _is_fit(samples: int, batch_size: int, epochs: int) -> bool:
    full, rest = divmod(samples, batch_size)
    # a last batch of its own, and no number that is reached in two ways
    numbers = (1, full, full + 1, full * epochs, (full + 1) * epochs, samples, samples * epochs, batch_size, rest)
    return rest > 1 and 6 <= full <= 40 and len(set(numbers)) == len(numbers)


CASES = [(n, b, e) for n in range(300, 5001, 100) for b in BATCH_SIZES for e in range(3, 10) if _is_fit(n, b, e)]


@question(facts=["F08"], points=2, minutes=2, book="closed")
def updates_per_epoch(draw: Draw) -> Variant:
    samples, batch_size, epochs = draw.choice(CASES)
    updates = -(-samples // batch_size)
    return Variant(
        {"samples": samples, "batch_size": batch_size, "epochs": epochs, "updates": updates},
        Number(
            updates,
            mistakes={
                updates - 1: Mistake("last_batch_forgotten", credit=0.5),
                samples / batch_size: Mistake("not_whole", credit=0.25),
                updates * epochs: Mistake("all_epochs", credit=0.5),
                (updates - 1) * epochs: Mistake("all_epochs", credit=0.25),
                samples: Mistake("one_per_sample"),
                samples * epochs: Mistake("one_per_sample"),
                batch_size: Mistake("the_batch_size"),
                1: Mistake("one_per_epoch"),
                samples % batch_size: Mistake("the_rest"),
            },
        ),
    )
