"""Which model is exactly linear regression, and how many weights it has."""

from question_bank import Choice, Draw, Mistake, Variant, question

# the one dense layer of linear regression, in every spelling that does not name it
LINEAR = ("Dense(1)", "Dense(units=1)", "Dense(1, activation=None)")
OUTPUT_ACTIVATIONS = {
    "sigmoid": ('Dense(1, activation="sigmoid")',),
    "relu": ('Dense(1, activation="relu")',),
    "softmax": ('Dense(1, activation="softmax")',),
}
OTHER_SIZES = {
    "hidden_layer": ('Dense({hidden}, activation="relu")', "Dense(1)"),
    "no_bias": ("Dense(1, use_bias=False)",),
    "one_for_each_feature": ("Dense({features})",),
}
SETTINGS = ("house", "bike", "crop", "exam", "power", "delivery")


@question(facts=["F41", "F20"], points=2, minutes=2, book="both")
def recognise(draw: Draw) -> Variant:
    features, hidden = draw.integer(3, 9), draw.choice((8, 16, 32, 64))
    first, second = draw.choice(sorted(OUTPUT_ACTIVATIONS)), draw.choice(sorted(OTHER_SIZES))
    models = {
        "linear": (draw.choice(LINEAR),),
        "first": OUTPUT_ACTIVATIONS[first],
        "second": OTHER_SIZES[second],
    }
    # every model stands there with both numbers, so that nothing but the two facts tells the right pair
    mistakes = {
        "linear_short": Mistake("bias_not_counted", credit=0.5),
        **{f"first_{number}": Mistake(first) for number in ("all", "short")},
        **{f"second_{number}": Mistake(second) for number in ("all", "short")},
    }
    return Variant(
        {
            "features": features,
            "setting": draw.choice(SETTINGS),
            "codes": {
                name: f"Sequential([{', '.join(layers)}])".format(hidden=hidden, features=features)
                for name, layers in models.items()
            },
        },
        Choice("linear_all", tuple(draw.shuffled(["linear_all", *mistakes])), mistakes),
    )
