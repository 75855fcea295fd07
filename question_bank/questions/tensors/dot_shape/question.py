"""The shape of a dense layer's product for a batch, the input first."""

from question_bank import Draw, Fields, Mistake, Variant, question

BATCHES = (16, 32, 64, 128, 256)
FEATURES = (12, 13, 30, 100, 784)
NEURONS = (3, 4, 10, 20, 46)
NAMES = (("x", "W", "b"), ("X", "W", "b"), ("inputs", "kernel", "bias"), ("batch", "weights", "bias"))
LINES = (
    "np.dot({x}, {w})",
    "{x} @ {w}",
    "np.dot({x}, {w}) + {b}",
    "np.maximum(np.dot({x}, {w}) + {b}, 0)",
)


def _shape(*sizes: int) -> str:
    return str(sizes)


@question(facts=["F01"], points=1, minutes=1, book="closed")
def dot_shape(draw: Draw) -> Variant:
    samples, features, neurons = draw.choice(BATCHES), draw.choice(FEATURES), draw.choice(NEURONS)
    x, w, b = draw.choice(NAMES)
    line = draw.choice(LINES)
    inner = [_shape(samples, features), _shape(features, neurons), _shape(samples, features, neurons)]
    return Variant(
        {
            "samples": samples,
            "features": features,
            "neurons": neurons,
            "x": x,
            "w": w,
            # only what the line uses is told
            "b": b if "{b}" in line else "",
            "line": line.format(x=x, w=w, b=b),
        },
        Fields(
            {"shape": "shape"},
            ({"shape": (_shape(samples, neurons),)},),
            (
                ({"shape": (_shape(neurons, samples),)}, Mistake("order_swapped", credit=0.25)),
                ({"shape": (f"(None, {neurons})",)}, Mistake("batch_unknown", credit=0.5)),
                ({"shape": tuple(inner)}, Mistake("inner_size_kept")),
                ({"shape": (_shape(neurons), _shape(1, neurons), _shape(neurons, 1))}, Mistake("batch_lost")),
                ({"shape": (_shape(samples),)}, Mistake("neurons_lost")),
            ),
        ),
    )
