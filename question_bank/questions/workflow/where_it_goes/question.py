"""Which argument goes into `compile` and which into `fit`."""

from question_bank import Choice, Draw, Mistake, Variant, question

COMPILE = ("loss", "optimizer", "metrics")
FIT = ("epochs", "batch_size", "validation_data")


def _values(draw: Draw) -> dict[str, str]:
    loss, metric = draw.choice(
        (("mse", "mae"), ("binary_crossentropy", "accuracy"), ("sparse_categorical_crossentropy", "accuracy"))
    )
    return {
        "loss": f'loss="{loss}"',
        "optimizer": f'optimizer="{draw.choice(("rmsprop", "adam", "sgd"))}"',
        "metrics": f'metrics=["{metric}"]',
        "epochs": f"epochs={draw.choice((5, 10, 20, 30))}",
        "batch_size": f"batch_size={draw.choice((32, 64, 128))}",
        "validation_data": "validation_data=(x_val, y_val)",
    }


@question(facts=["F25", "F32"], points=1, minutes=1, book="closed")
def where_it_goes(draw: Draw) -> Variant:
    form, values = draw.choice(("belongs", "misplaced")), _values(draw)
    if form == "belongs":
        call, own, other = draw.choice((("compile", COMPILE, FIT), ("fit", FIT, COMPILE)))
        right, wrong = draw.choice(own), list(other)
        code = ["model.compile(…)", "model.fit(x_train, y_train, …)"]
    else:
        # loss and epochs always: without a loss nothing would train, whatever stands where
        told = ["loss", draw.choice(COMPILE[1:])], ["epochs", draw.choice(FIT[1:])]
        right = draw.choice([*told[0], *told[1]])
        call = "fit" if right in COMPILE else "compile"
        wrong = [name for names in told for name in names if name != right]
        lines = {}
        for name, names in zip(("compile", "fit"), told, strict=True):
            kept = [argument for argument in names if argument != right] + ([right] if name == call else [])
            lines[name] = ", ".join(values[argument] for argument in draw.shuffled(kept))
        code = [f"model.compile({lines['compile']})", f"model.fit(x_train, y_train, {lines['fit']})"]
    return Variant(
        # call: where it belongs, or where it stands and does not belong
        {"form": form, "call": call, "values": values, "right": right, "code": code},
        Choice.shuffled(draw, right=right, wrong=[Mistake(name) for name in wrong]),
    )
