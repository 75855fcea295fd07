"""Which accuracy `metrics=["accuracy"]` stands for."""

from question_bank import Choice, Draw, Mistake, Variant, question

LOSSES = {
    "binary": "binary_crossentropy",
    "categorical": "categorical_crossentropy",
    "sparse_categorical": "sparse_categorical_crossentropy",
}
FORMS = (*LOSSES, "top_k_categorical")
OPTIMIZERS = ("rmsprop", "adam", "sgd")


def _array(draw: Draw, form: str, classes: int) -> str:
    """The first labels, as numpy prints them."""
    if form == "binary":
        # both labels occur
        labels = draw.shuffled([0, 1, *(draw.integer(0, 1) for _ in range(3))])
        return f"array([{', '.join(map(str, labels))}])"
    labels = draw.sample(range(classes), 3)
    if form == "sparse_categorical":
        return f"array([{', '.join(map(str, labels))}])"
    rows = [[f"{float(place == label):.0f}." for place in range(classes)] for label in labels]
    return "array([" + ",\n       ".join(f"[{', '.join(row)}]" for row in rows) + "])"


@question(facts=["F34"], points=1, minutes=1, book="both")
def which_accuracy(draw: Draw) -> Variant:
    form = draw.choice(sorted(LOSSES))
    classes = 2 if form == "binary" else draw.integer(3, 7)
    samples = 1000 * draw.integer(2, 60)
    shape = f"({samples}, {classes})" if form == "categorical" else f"({samples},)"
    return Variant(
        {
            "asked": draw.choice(("name", "rule")),
            "form": form,
            "classes": classes,
            "hidden": draw.choice((16, 32, 64, 128)),
            "output": '1, activation="sigmoid"' if form == "binary" else f'{classes}, activation="softmax"',
            "optimizer": draw.choice(OPTIMIZERS),
            "loss": LOSSES[form],
            "shape": shape,
            "first": 5 if form == "binary" else 3,
            "labels": _array(draw, form, classes),
        },
        Choice.shuffled(draw, right=form, wrong=[Mistake(other) for other in FORMS if other != form]),
    )
