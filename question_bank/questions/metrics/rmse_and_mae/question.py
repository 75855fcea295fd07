"""True statements about RMSE and MAE, side by side."""

from question_bank import Choices, Draw, Mistake, Variant, question

# for each topic one true and one false statement, `TOPIC_true` and `TOPIC_false`
TOPICS = ("order", "equality", "units", "outlier", "zero", "scale", "weight")


@question(facts=["F36"], points=2, minutes=2, book="closed")
def rmse_and_mae(draw: Draw) -> Variant:
    topics = draw.sample(TOPICS, 5)
    true = draw.sample(topics, draw.choice((2, 3)))
    options = [f"{topic}_{'true' if topic in true else 'false'}" for topic in topics]
    right = [option for option in options if option.endswith("_true")]
    return Variant(
        {
            "setting": draw.choice(("price", "weight", "time")),
            "big": draw.choice((6, 8, 10, 12)),
            "factor": draw.choice((2, 3)),
        },
        # leaving a true one out shows the same gap as ticking its false twin
        Choices(tuple(right), tuple(options), {option: Mistake(option.split("_")[0]) for option in options}),
    )
