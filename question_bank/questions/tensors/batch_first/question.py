"""Why the input stands first in the product of a dense layer, and which product fits a batch."""

from question_bank import Choice, Draw, Mistake, Variant, question

NAMES = (("x", "W"), ("X", "W"), ("inputs", "kernel"), ("batch", "weights"))
SIZES = ((32, 784, 10), (64, 100, 46), (128, 30, 4), (256, 13, 8), (16, 300, 20))
# by how W is stored: the product that fits, and what people write instead
LINES = {
    "in_out": {
        "fits": "np.dot({x}, {w})",
        "weights_first": "np.dot({w}, {x})",
        "inner_sizes": "np.dot({x}, {w}.T)",
        "batch_last": "np.dot({w}.T, {x}.T)",
    },
    "out_in": {
        "fits": "np.dot({x}, {w}.T)",
        "weights_first": "np.dot({w}, {x})",
        "inner_sizes": "np.dot({x}, {w})",
        "batch_last": "np.dot({w}, {x}.T)",
    },
}
MYTHS = ("commutes", "trained_argument", "one_column", "element_wise", "batch_summed", "weights_per_sample")


@question(facts=["F01"], points=1, minutes=1, book="closed")
def batch_first(draw: Draw) -> Variant:
    asked = draw.choice(("line", "reason"))
    x, w = draw.choice(NAMES)
    samples, features, neurons = draw.choice(SIZES)
    stored = draw.choice(sorted(LINES)) if asked == "line" else "in_out"
    if asked == "line":
        credits = {"weights_first": 0.0, "inner_sizes": 0.0, "batch_last": 0.25}
        options = Choice.shuffled(draw, right="fits", wrong=[Mistake(m, credit) for m, credit in credits.items()])
    else:
        options = Choice.shuffled(draw, right="batch_axis", wrong=[Mistake(m) for m in draw.sample(MYTHS, 3)])
    return Variant(
        {
            "asked": asked,
            "x": x,
            "w": w,
            "samples": samples,
            "features": features,
            "neurons": neurons,
            "stored": stored,
            "w_shape": f"({features}, {neurons})" if stored == "in_out" else f"({neurons}, {features})",
            "lines": {id: line.format(x=x, w=w) for id, line in LINES[stored].items()},
            "wording": draw.integer(0, 2),
        },
        options,
    )
