"""Standardising all arrays by the statistics of the training data."""

from question_bank import Code, Draw, Variant, question

FUNCTIONS = ("standardise", "standardize_data", "scale_features")
NAMES = (
    ("train", "validation", "test"),
    ("x_train", "x_val", "x_test"),
    ("train_data", "val_data", "test_data"),
    ("training", "validating", "testing"),
)


@question(facts=["F15"], points=5, minutes=8, book="both")
def standardise(draw: Draw) -> Variant:
    function, names = draw.choice(FUNCTIONS), draw.choice(NAMES)
    validates = draw.choice((True, False))
    return Variant(
        {
            "function": function,
            # training data first; validation data only in some variants
            "arrays": list(names) if validates else [names[0], names[2]],
            "validates": validates,
        },
        Code(
            "function",
            defines=(function,),
            mistakes=(
                *("own_statistics", "pooled_statistics", "all_features_together", "per_sample"),
                *("divided_by_variance", "n_minus_one", "not_divided", "other_scaling", "one_array"),
            ),
        ),
    )
