"""Output layer, loss and metric for several continuous values at once."""

import tomllib
from pathlib import Path

from question_bank import Draw, Fields, Mistake, Variant, question

FIELDS = {"units": "units", "activation": "activation", "loss": "loss", "metric": "metric"}
SITUATIONS = tomllib.loads(Path(__file__).with_name("situations.toml").read_text(encoding="utf-8"))["situation"]
NAMES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
CROSSENTROPIES = ("crossentropy", *NAMES, *(f"{name} from_logits" for name in NAMES))
ACCURACIES = ("accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy")
ERRORS = {"loss": ("mse", "mae", "huber", "log_cosh"), "metric": ("mae", "mse", "rmse")}
NETWORKS = ((16, "relu"), (32, "relu"), (64, "relu"), (64, "tanh"))


def _answer(n: int) -> Fields:
    layer = {"units": (n,), "activation": ("linear",)}
    squashed = ("relu", "sigmoid", "tanh", "softmax")
    mistakes = [
        ({"loss": ("accuracy",)}, Mistake("accuracy_as_loss")),
        ({"loss": CROSSENTROPIES}, Mistake("crossentropy_for_regression")),
        ({**layer, "loss": ERRORS["loss"], "metric": ACCURACIES}, Mistake("accuracy_for_regression", credit=0.5)),
        ({**layer, "loss": ERRORS["loss"]}, Mistake("wrong_metric", credit=0.5)),
        ({"units": (1,), "activation": ("linear",), "loss": ERRORS["loss"]}, Mistake("one_unit", credit=0.25)),
        ({"units": (n,), "activation": squashed, "loss": ERRORS["loss"]}, Mistake("output_limited", credit=0.25)),
        ({"activation": ("linear",), **ERRORS}, Mistake("units_off")),
    ]
    return Fields(FIELDS, ({**layer, **ERRORS},), tuple(mistakes))


@question(facts=["F48"], points=3, minutes=2.5, book="closed")
def regression_outputs(draw: Draw) -> Variant:
    told = draw.choice(SITUATIONS)
    size, activation = draw.choice(NETWORKS)
    return Variant(
        {
            "situation": told["id"],
            "told": {language: told[language] for language in ("ko", "en")},
            "n": told["n"],
            "hidden": f'layers.Dense({size}, activation="{activation}")',
        },
        _answer(told["n"]),
    )
