"""The input size of one layer of a network, drawn or in code."""

from itertools import permutations

from question_bank import Draw, Mistake, Network, Number, Variant, question

# sizes for a drawing, and for code
SMALL, LARGE = (2, 3, 4, 5, 6, 7), (12, 16, 24, 32, 48, 64, 100)
ACTIVATIONS = ("relu", "tanh")
LABELS = ("input", "hidden 1", "hidden 2", "hidden 3", "output")


def _mistakes(sizes: tuple[int, ...], layer: int) -> list[tuple[int, Mistake]]:
    """What goes wrong for the *layer*-th `Dense` layer; the input is column 0."""
    before, own = sizes[layer - 1], sizes[layer]
    after = [(sizes[layer + 1], Mistake("layer_after"))] if layer + 1 < len(sizes) else []
    two_before = [(sizes[layer - 2], Mistake("one_layer_early"))] if layer > 2 else []
    return [
        (sizes[0], Mistake("raw_input")),
        (own, Mistake("own_neurons")),
        (before + 1, Mistake("bias_counted", credit=0.5)),
        (before * own, Mistake("weights_counted")),
        ((before + 1) * own, Mistake("weights_counted")),
        *after,
        *two_before,
    ]


def _cases(sizes: tuple[int, ...]) -> list[tuple[tuple[int, ...], int]]:
    """Networks of four layers, and the layer asked for, where no two mistakes lead to one number."""
    cases = []
    for drawn in permutations(sizes, 5):
        # the first layer is no case: its input is the data
        for layer in (2, 3, 4):
            numbers = [drawn[layer - 1], *(number for number, _ in _mistakes(drawn, layer))]
            if len(set(numbers)) == len(numbers):
                cases.append((drawn, layer))
    return cases


CASES = {"drawing": _cases(SMALL), "code": _cases(LARGE)}


@question(facts=["F02", "F16"], points=1, minutes=1, book="closed")
def layer_input_size(draw: Draw) -> Variant:
    form = draw.choice(sorted(CASES))
    sizes, layer = draw.choice(CASES[form])
    return Variant(
        {
            "form": form,
            "sizes": list(sizes),
            "layer": layer,
            "name": LABELS[layer],
            "activation": draw.choice(ACTIVATIONS),
        },
        Number(sizes[layer - 1], mistakes=dict(_mistakes(sizes, layer))),
        figures={"network": Network(sizes, LABELS)} if form == "drawing" else {},
    )
