"""Shapes of the same labels as integers and as one-hot vectors."""

from question_bank import Draw, Fields, Mistake, Variant, question

FIELDS = {"integers": "shape", "one_hot": "shape"}
CLASSES = (5, 6, 8, 10, 12, 15, 20, 46)
SETTINGS = ("flowers", "news", "letters", "songs", "tools", "rocks")


def _shape(*sizes: int) -> str:
    inner = ", ".join(map(str, sizes))
    return f"({inner},)" if len(sizes) == 1 else f"({inner})"


def _answer(samples: int, classes: int) -> Fields:
    integers, one_hot = _shape(samples), _shape(samples, classes)
    right = {"integers": (integers,), "one_hot": (one_hot,)}
    mistakes = [
        ({"integers": (one_hot,), "one_hot": (integers,)}, Mistake("swapped")),
        ({**right, "integers": (_shape(samples, 1),)}, Mistake("column", credit=0.5)),
        ({**right, "integers": (one_hot,)}, Mistake("integers_as_rows", credit=0.5)),
        ({**right, "one_hot": (_shape(samples, classes - 1),)}, Mistake("largest_label", credit=0.5)),
        ({**right, "one_hot": (_shape(classes, samples),)}, Mistake("transposed", credit=0.5)),
        ({**right, "one_hot": (_shape(classes),)}, Mistake("one_row", credit=0.5)),
        ({**right, "one_hot": (integers,)}, Mistake("classes_missing", credit=0.5)),
        ({"integers": (integers,)}, Mistake("one_hot_wrong", credit=0.5)),
        ({"one_hot": (one_hot,)}, Mistake("integers_wrong", credit=0.5)),
        ({"one_hot": (_shape(samples, classes - 1),)}, Mistake("largest_label")),
        ({"one_hot": (_shape(classes, samples),)}, Mistake("transposed")),
    ]
    return Fields(FIELDS, (right,), tuple(mistakes))


@question(facts=["F22"], points=2, minutes=1.5, book="closed")
def label_shapes(draw: Draw) -> Variant:
    samples, classes = 50 * draw.integer(12, 180), draw.choice(CLASSES)
    return Variant(
        {
            "setting": draw.choice(SETTINGS),
            "samples": samples,
            "classes": classes,
            # the number of classes is stated, or follows from the largest label
            "told": draw.choice(("classes", "largest")),
        },
        _answer(samples, classes),
    )
