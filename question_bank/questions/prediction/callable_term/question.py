"""What makes an object callable, and what a call of a layer does."""

from question_bank import Choice, Draw, Mistake, Variant, question

# a class of one number each: its name, the number's name, and what a call computes
CLASSES = (
    ("Scale", "factor", "self.factor * x"),
    ("Shift", "amount", "x + self.amount"),
    ("Power", "exponent", "x**self.exponent"),
    ("Threshold", "limit", "x > self.limit"),
    ("Divide", "divisor", "x / self.divisor"),
)
LAYERS = ("layer", "dense", "hidden", "output_layer")


def _method(draw: Draw) -> tuple[dict[str, object], Choice]:
    """The name of the method that is missing in a class."""
    name, attribute, result = draw.choice(CLASSES)
    wrong = ["init", *draw.sample(("len", "getitem", "repr", "run"), 2)]
    parameters = {"name": name, "attribute": attribute, "result": result, "number": draw.integer(2, 9)}
    return parameters, Choice.shuffled(draw, right="call", wrong=[Mistake(id) for id in wrong])


def _line(draw: Draw) -> tuple[dict[str, object], Choice]:
    """The line that runs `__call__`."""
    name, attribute, result = draw.choice(CLASSES)
    object_name = draw.choice(("f", "g", "unit", "op"))
    number, given = draw.integer(2, 9), draw.integer(10, 30)
    line_of = {
        "make": f"{object_name} = {name}({number})",
        "use": f"y = {object_name}({given})",
        "read": f"z = {object_name}.{attribute}",
        "copy": f"h = {object_name}",
    }
    # what is used must have been made
    order = ["make", *draw.shuffled(["use", "read", "copy"])]
    if draw.choice((True, False)):
        # one more line on top, so that the first is not always the same
        order = ["class_name", *order]
        line_of["class_name"] = f"kind = {name}"
    code = [f"{place}  {line_of[id]}" for place, id in enumerate(order, start=1)]
    wrong = draw.sample([id for id in order if id not in ("use", "make")], 2)
    parameters = {
        "name": name,
        "attribute": attribute,
        "result": result,
        "code": code,
        "place": {id: place for place, id in enumerate(order, start=1)},
    }
    return parameters, Choice.shuffled(draw, right="use", wrong=[Mistake(id) for id in ("make", *wrong)])


def _means(draw: Draw) -> tuple[dict[str, object], Choice]:
    """What `layer(x)` stands for."""
    wrong = draw.sample(("by_init", "by_predict", "by_class", "by_fit"), 3)
    parameters = {
        "layer": draw.choice(LAYERS),
        "x": draw.choice(("x", "inputs", "batch")),
        "units": draw.integer(4, 64),
    }
    return parameters, Choice.shuffled(draw, right="by_call", wrong=[Mistake(id) for id in wrong])


@question(facts=["F40"], points=1, minutes=1, book="closed")
def callable_term(draw: Draw) -> Variant:
    asked = draw.choice(("method", "line", "means"))
    parameters, answer = {"method": _method, "line": _line, "means": _means}[asked](draw)
    return Variant({"asked": asked, **parameters}, answer)
