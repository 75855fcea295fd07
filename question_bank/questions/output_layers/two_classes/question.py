"""Which last layer: sigmoid, softmax or none, on one unit or on two."""

import tomllib
from pathlib import Path

from question_bank import Choice, Draw, Mistake, Variant, question

TASKS = tomllib.loads(Path(__file__).with_name("tasks.toml").read_text(encoding="utf-8"))["task"]
LAYERS = {
    "sigmoid_1": 'Dense(1, activation="sigmoid")',
    "softmax_1": 'Dense(1, activation="softmax")',
    "sigmoid_2": 'Dense(2, activation="sigmoid")',
    "softmax_2": 'Dense(2, activation="softmax")',
    "none_2": "Dense(2, activation=None)",
}
RIGHT = {"one_number": "sigmoid_1", "sum_to_one": "softmax_2", "independent": "sigmoid_2", "values": "none_2"}


@question(facts=["F47", "F45", "F48"], points=1, minutes=1.5, book="closed")
def two_classes(draw: Draw) -> Variant:
    kind = draw.choice(list(RIGHT))
    task = draw.choice([t for t in TASKS if t["kind"] == kind])
    right = RIGHT[kind]
    return Variant(
        {"kind": kind, "told": {"ko": task["ko"], "en": task["en"]}, "layers": LAYERS, "right": right},
        Choice.shuffled(draw, right=right, wrong=[Mistake(id) for id in LAYERS if id != right]),
    )
