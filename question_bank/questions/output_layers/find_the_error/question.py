"""The one part of the code that does not fit the situation."""

import tomllib
from pathlib import Path

from question_bank import Choice, Draw, Mistake, Variant, question

SITUATIONS = tomllib.loads(Path(__file__).with_name("situations.toml").read_text(encoding="utf-8"))["situation"]
BINARY, ONE_HOT, INTEGERS = "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"
# by kind and place: the right piece of code, and wrong ones that only a change of that place mends
PIECES = {
    "binary": {
        "labels": ("answers", ("keras.utils.to_categorical(answers, 2)", "answers + 1", "100 * answers")),
        "units": ("1", ("2", "3")),
        "activation": ('"sigmoid"', ('"softmax"', '"relu"', '"tanh"')),
        "loss": (f'"{BINARY}"', (f'"{ONE_HOT}"', f'"{INTEGERS}"')),
        "metric": ('"accuracy"', ('"mae"', '"mse"')),
    },
    "integers": {
        "labels": ("codes", ("codes + 1", "keras.utils.to_categorical(codes, {n})", "codes / {last}")),
        "units": ("{n}", ("1", "{last}", "2")),
        "activation": ('"softmax"', ('"relu"', '"sigmoid"', '"tanh"')),
        "loss": (f'"{INTEGERS}"', (f'"{ONE_HOT}"', f'"{BINARY}"')),
        "metric": ('"accuracy"', ('"mae"', '"mse"')),
    },
    "one_hot": {
        "labels": (
            "keras.utils.to_categorical(codes, {n})",
            ("codes", 'codes.astype("float32")', "codes.reshape(-1, 1)"),
        ),
        "units": ("{n}", ("1", "{last}", "2")),
        "activation": ('"softmax"', ('"relu"', '"sigmoid"', '"tanh"')),
        "loss": (f'"{ONE_HOT}"', (f'"{INTEGERS}"', f'"{BINARY}"')),
        "metric": ('"accuracy"', ('"mae"', '"mse"')),
    },
    "regression": {
        "labels": ("values", ("values > 0", 'values.astype("uint8")', "np.abs(values)")),
        "units": ("{n}", ("{more}", "{many}")),
        "activation": ("None", ('"relu"', '"sigmoid"', '"softmax"')),
        "loss": ('"mse"', (f'"{BINARY}"', f'"{ONE_HOT}"')),
        "metric": ('"mae"', ('"accuracy"', '"precision"')),
    },
}
PLACES = ("labels", "units", "activation", "loss", "metric")


@question(facts=["F45", "F46", "F47", "F48", "F22"], points=2, minutes=2, book="closed")
def find_the_error(draw: Draw) -> Variant:
    place = draw.choice(PLACES)
    kind = draw.choice(list(PIECES))
    told = draw.choice([s for s in SITUATIONS if s["kind"] == kind])
    n = draw.choice(told["counts"])
    sizes = {"n": n, "last": n - 1, "more": n + 1, "many": 10}
    right = {name: pieces[0].format(**sizes) for name, pieces in PIECES[kind].items()}
    code = {**right, place: draw.choice(PIECES[kind][place][1]).format(**sizes)}
    return Variant(
        {
            "situation": told["id"],
            "kind": kind,
            "n": n,
            "told": {language: told[language].format(**sizes) for language in ("ko", "en")},
            "place": place,
            "code": code,
            "mended": right[place],
        },
        Choice.shuffled(draw, right=place, wrong=[Mistake(name) for name in PLACES if name != place]),
    )
