"""How many weights a drawn network holds, biases included."""

from itertools import pairwise
from math import prod

from question_bank import Draw, Mistake, Network, Number, Variant, question

LABELS = ("input", "hidden 1", "hidden 2", "output")


@question(facts=["F20", "F49", "F16"], points=3, minutes=4, book="closed")
def count_network_weights(draw: Draw) -> Variant:
    sizes = draw.choice(CASES)
    return Variant(
        {"sizes": list(sizes), "weights": _weights(sizes)},
        Number(_weights(sizes), mistakes=dict(_mistakes(sizes))),
        figures={"network": Network(sizes, LABELS)},
    )


def _weights(sizes: tuple[int, ...]) -> int:
    return sum((before + 1) * after for before, after in pairwise(sizes))


def _mistakes(sizes: tuple[int, ...]) -> list[tuple[int, Mistake]]:
    layers = sizes[1:]
    connections = _weights(sizes) - sum(layers)
    return [
        (connections, Mistake("bias_forgotten", credit=0.5)),
        (connections + len(layers), Mistake("one_bias_per_layer", credit=0.25)),
        (_weights(sizes) + sizes[0], Mistake("input_as_layer", credit=0.25)),
        (connections + sum(sizes[:-1]), Mistake("bias_on_the_wrong_side", credit=0.25)),
        (_weights(sizes[:-1]), Mistake("last_layer_forgotten", credit=0.25)),
        (_weights(sizes[1:]), Mistake("first_layer_forgotten", credit=0.25)),
        (sum(layers), Mistake("counted_neurons")),
        (sum(sizes), Mistake("counted_neurons")),
        (prod(sizes), Mistake("multiplied_all")),
    ]


def _all_sizes() -> list[tuple[int, ...]]:
    return [(a, b, c, d) for a in (2, 3, 4, 5) for b in (3, 4, 5) for c in (2, 3, 4) for d in (1, 2, 3)]


def _tells_apart(sizes: tuple[int, ...]) -> bool:
    numbers = [_weights(sizes), *(number for number, _ in _mistakes(sizes))]
    return len(set(numbers)) == len(numbers)


CASES = [sizes for sizes in _all_sizes() if _tells_apart(sizes)]
