"""How many `Dense` layers a drawn network needs, and what one of them is told and given."""

from question_bank import Draw, Fields, Mistake, Network, Variant, question

FIELDS = {"layers": "number", "units": "number", "inputs": "number"}


@question(facts=["F16", "F02"], points=3, minutes=3, book="closed")
def how_many_dense(draw: Draw) -> Variant:
    columns = draw.choice((4, 5))
    # all sizes differ, so that each number says which column it was read from
    sizes = draw.sample(range(2, 7), columns)
    k = draw.integer(2, columns - 1)
    labels = ("input", *[""] * (columns - 2), "output")
    return Variant(
        {"sizes": sizes, "k": k},
        Fields(FIELDS, (_right(sizes, k),), tuple(_mistakes(sizes, k))),
        figures={"network": Network(tuple(sizes), labels)},
    )


def _right(sizes: list[int], k: int) -> dict[str, tuple[int, ...]]:
    return {"layers": (len(sizes) - 1,), "units": (sizes[k],), "inputs": (sizes[k - 1],)}


def _mistakes(sizes: list[int], k: int) -> list:
    """Tried in this order: what is known of a whole answer first, then what is left of it."""
    right = _right(sizes, k)
    layers = len(sizes) - 1
    but = lambda **wrong: {**right, **wrong}  # noqa: E731
    # who takes the input for the first layer reads everything one column too far left
    shifted = {"units": (sizes[k - 1],), "inputs": (sizes[k - 2],)}
    return [
        (but(layers=(layers + 1,)), Mistake("input_counted", credit=0.5)),
        (but(layers=(layers - 1,)), Mistake("output_forgotten", credit=0.5)),
        ({"layers": (layers + 1,), **shifted}, Mistake("input_counted")),
        (but(**shifted), Mistake("one_column_off", credit=0.3333333)),
        (but(inputs=(sizes[0],)), Mistake("raw_input", credit=0.6666667)),
        (but(inputs=(sizes[k - 1] + 1,)), Mistake("bias_as_input", credit=0.6666667)),
        (but(units=right["inputs"], inputs=right["units"]), Mistake("swapped", credit=0.3333333)),
        ({name: right[name] for name in ("layers", "units")}, Mistake("inputs_wrong", credit=0.6666667)),
        ({name: right[name] for name in ("layers", "inputs")}, Mistake("units_wrong", credit=0.5)),
        ({"layers": (layers + 1,)}, Mistake("input_counted")),
        ({"layers": (layers - 1,)}, Mistake("output_forgotten")),
        ({"layers": right["layers"]}, Mistake("only_the_number", credit=0.3333333)),
    ]
