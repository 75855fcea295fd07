"""Which call in a short program changes the weights, by its line or by the weights before and after it."""

from itertools import permutations

from question_bank import Choice, Draw, Mistake, Variant, question

CALLS = ("compile", "fit", "evaluate", "predict")
# fit and evaluate need what compile settles; predict does not
ORDERS = [order for order in permutations(CALLS) if order.index("compile") < min(map(order.index, ("fit", "evaluate")))]
LOSSES = ("mse", "binary_crossentropy", "sparse_categorical_crossentropy")


@question(facts=["F25"], points=1, minutes=1, book="closed")
def which_call_changes(draw: Draw) -> Variant:
    form = draw.choice(("lines", "snapshots"))
    # where fit stands tells nothing: each place that it can have is as likely
    place = draw.choice((1, 2, 3))
    order = draw.choice([order for order in ORDERS if order[place] == "fit"])
    measured = draw.choice(("x_train, y_train", "x_test, y_test"))
    optimizer, loss = draw.choice(("rmsprop", "adam", "sgd")), draw.choice(LOSSES)
    lines = {
        "compile": f'model.compile(optimizer="{optimizer}", loss="{loss}")',
        "fit": f"model.fit(x_train, y_train, epochs={draw.choice((3, 5, 10, 20))})",
        "evaluate": f"scores = model.evaluate({measured})",
        "predict": f"outputs = model.predict({draw.choice(('x_train', 'x_test', 'x_new'))})",
    }
    code = [lines[call] for call in order]
    if form == "lines":
        code = [f"{number}  {line}" for number, line in enumerate(code, start=1)]
    else:
        weights = [f"w{number} = model.get_weights()" for number in range(1, 6)]
        code = [weights[0], *(part for line, after in zip(code, weights[1:], strict=True) for part in (line, after))]
    return Variant(
        {"form": form, "code": code, "place": {call: order.index(call) + 1 for call in CALLS}},
        Choice.shuffled(draw, right="fit", wrong=[Mistake(call) for call in CALLS if call != "fit"]),
    )
