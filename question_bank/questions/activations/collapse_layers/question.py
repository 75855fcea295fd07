"""Two linear layers are one: its weight and its bias."""

from question_bank import Draw, Fields, Mistake, Variant, question

FIELDS = {"weight": "number", "bias": "number"}
WEIGHTS, BIASES = (-5, -4, -3, -2, 2, 3, 4, 5), (-7, -5, -4, -3, -2, 2, 3, 4, 5, 7)


@question(facts=["F18"], points=2, minutes=2, book="closed")
def collapse_layers(draw: Draw) -> Variant:
    (w1, w2), (b1, b2) = draw.choice(CASES)
    weight, bias = w1 * w2, w2 * b1 + b2
    half = [
        ({"weight": (weight,), "bias": (value,)}, Mistake(name, credit=0.5)) for name, value in _biases(w1, w2, b1, b2)
    ]
    return Variant(
        {"w": [w1, w2], "b": [b1, b2], "weight": weight, "bias": bias},
        Fields(
            FIELDS,
            ({"weight": (weight,), "bias": (bias,)},),
            (
                *half,
                ({"weight": (w1 + w2,), "bias": (bias,)}, Mistake("weights_added", credit=0.5)),
                ({"weight": (w1 + w2,)}, Mistake("weights_added")),
                ({"weight": (weight,)}, Mistake("bias_wrong", credit=0.5)),
                ({"bias": (bias,)}, Mistake("weight_wrong", credit=0.5)),
            ),
        ),
    )


def _biases(w1: int, w2: int, b1: int, b2: int) -> list[tuple[str, int]]:
    """What becomes of the two biases by mistake."""
    return [
        ("first_bias_dropped", b2),
        ("biases_added", b1 + b2),
        ("layers_swapped", w1 * b2 + b1),
        ("second_bias_dropped", w2 * b1),
    ]


def _tells_apart(w1: int, w2: int, b1: int, b2: int) -> bool:
    biases = [w2 * b1 + b2, *(value for _, value in _biases(w1, w2, b1, b2))]
    return len(set(biases)) == len(biases) and w1 * w2 != w1 + w2


CASES = [
    ((w1, w2), (b1, b2))
    for w1 in WEIGHTS
    for w2 in WEIGHTS
    for b1 in BIASES
    for b2 in BIASES
    if abs(w1) != abs(w2) and abs(b1) != abs(b2) and _tells_apart(w1, w2, b1, b2)
]
