"""Which loss fits the labels that are shown."""

from question_bank import Choice, Draw, Mistake, Variant, question

LOSSES = ("sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy", "mean_squared_error")


def _one_hot(label: int, classes: int) -> str:
    return "[" + ", ".join("1." if i == label else "0." for i in range(classes)) + "]"


@question(facts=["F22", "F46"], points=1, minutes=1, book="closed")
def loss_for_labels(draw: Draw) -> Variant:
    classes, samples = draw.integer(4, 8), 100 * draw.integer(20, 90)
    form = draw.choice(("integers", "one_hot"))
    # the first labels differ, so that the array looks like labels of several classes
    labels = draw.sample(range(classes), 4)
    if form == "integers":
        shape, shown = f"({samples},)", f"array([{', '.join(map(str, labels))}])"
    else:
        rows = ",\n       ".join(_one_hot(label, classes) for label in labels)
        shape, shown = f"({samples}, {classes})", f"array([{rows}])"
    right = LOSSES[0] if form == "integers" else LOSSES[1]
    return Variant(
        {"classes": classes, "form": form, "shape": shape, "shown": shown, "right": right},
        Choice.shuffled(draw, right=right, wrong=[Mistake(loss) for loss in LOSSES if loss != right]),
    )
