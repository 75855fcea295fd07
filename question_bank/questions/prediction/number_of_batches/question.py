"""How many batches `predict` makes."""

from question_bank import Draw, Mistake, Number, Variant, question

FEATURES = {"digits": 784, "reviews": 1000, "news": 2000, "sounds": 500}
BATCH_SIZES = (20, 32, 40, 50, 60, 64, 80, 100, 128, 150, 200, 256)


def _is_fit(samples: int, features: int, batch_size: int) -> bool:
    full, rest = divmod(samples, batch_size)
    # a smaller last batch, and no number that is reached in two ways
    by_features = -(-features // batch_size)
    numbers = (1, full, full + 1, samples, features, batch_size, rest, by_features)
    return rest > 1 and 8 <= full <= 60 and len(set(numbers)) == len(numbers)


CASES = [
    (setting, samples, batch_size)
    for setting, features in FEATURES.items()
    for samples in range(700, 6000, 100)
    for batch_size in BATCH_SIZES
    if _is_fit(samples, features, batch_size)
]


@question(facts=["F40"], points=1, minutes=2, book="both")
def number_of_batches(draw: Draw) -> Variant:
    setting, samples, batch_size = draw.choice(CASES)
    features, batches = FEATURES[setting], -(-samples // batch_size)
    return Variant(
        {
            "setting": setting,
            "samples": samples,
            "features": features,
            "batch_size": batch_size,
            "batches": batches,
            "asked": draw.choice(("batches", "calls")),
        },
        Number(
            batches,
            mistakes={
                batches - 1: Mistake("last_batch_forgotten", credit=0.5),
                samples / batch_size: Mistake("not_whole", credit=0.25),
                samples: Mistake("one_per_sample"),
                1: Mistake("all_at_once"),
                batch_size: Mistake("the_batch_size"),
                samples % batch_size: Mistake("the_rest"),
                -(-features // batch_size): Mistake("features_divided"),
                features: Mistake("features_divided"),
            },
        ),
    )
