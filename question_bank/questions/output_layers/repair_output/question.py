"""Repair the output layer of a given model so that it computes what is stated."""

import tomllib
from pathlib import Path

from question_bank import Code, Draw, Variant, question

GOALS = tomllib.loads(Path(__file__).with_name("goals.toml").read_text(encoding="utf-8"))["goal"]
INTEGERS, BINARY = "sparse_categorical_crossentropy", "binary_crossentropy"
# by case: numbers of outputs, the given and the right activation, the loss of the given code
CASES = {
    "softmax_on_one": ((1,), "softmax", "sigmoid", BINARY),
    "sigmoid_on_two": ((2,), "sigmoid", "softmax", INTEGERS),
    "sigmoid_on_many": ((5, 6, 8), "sigmoid", "softmax", INTEGERS),
    "relu_on_values": ((1,), "relu", "linear", "mse"),
    "sigmoid_on_values": ((4, 5, 7), "sigmoid", "linear", "mse"),
    "softmax_on_values": ((3,), "softmax", "linear", "mse"),
    "one_for_many": ((6, 9, 12), "softmax", "softmax", INTEGERS),
    "softmax_on_independent": ((4, 6, 10), "softmax", "sigmoid", BINARY),
}


@question(facts=["F47", "F45"], points=4, minutes=5, book="both")
def repair_output(draw: Draw) -> Variant:
    case = draw.choice(list(CASES))
    counts, broken, right, loss = CASES[case]
    units = draw.choice(counts)
    goal = draw.choice([g for g in GOALS if g["case"] == case])
    return Variant(
        {
            "case": case,
            "goal": {language: goal[language].format(n=units) for language in ("ko", "en")},
            "inputs": draw.choice((12, 20, 28, 36)),
            "hidden": draw.choice(([32], [64], [64, 32], [48, 16])),
            "broken": {"units": 1 if case == "one_for_many" else units, "activation": broken},
            "units": units,
            "activation": right,
            "loss": loss,
        },
        Code(
            "model",
            defines=("model",),
            mistakes=(
                *("softmax_on_one_unit", "sigmoid_for_exclusive", "softmax_for_independent"),
                *("values_limited", "no_probability", "wrong_activation", "activation_twice"),
                *("units_wrong", "rest_changed", "loss_changed"),
            ),
        ),
    )
