"""The order of preparing, training and evaluating in which nothing leaks from validation and test data."""

from question_bank import Draw, Mistake, Order, Variant, question

STEPS = ("shuffle", "split", "statistics", "scale", "train", "evaluate")
SETTINGS = ("houses", "patients", "cars", "weather")


@question(facts=["F15", "F37", "F38"], points=2, minutes=3, book="closed")
def leak_order(draw: Draw) -> Variant:
    return Variant(
        {
            "setting": draw.choice(SETTINGS),
            "scaling": draw.choice(("standardise", "min_max")),
            "wording": draw.choice(("words", "code")),
        },
        Order.shuffled(
            draw,
            STEPS,
            # the graver one first: it names the sentence
            mistakes={
                "evaluate>train": Mistake("evaluated_before_training"),
                "statistics>split": Mistake("statistics_of_all"),
                "scale>split": Mistake("scaled_before_split"),
                "scale>statistics": Mistake("scaled_without_statistics"),
                "split>shuffle": Mistake("split_unshuffled"),
                "train>scale": Mistake("trained_unscaled"),
            },
        ),
    )
