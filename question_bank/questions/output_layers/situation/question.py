"""Output layer, loss and metric for a situation told in words."""

import tomllib
from pathlib import Path

from question_bank import Draw, Fields, Mistake, Variant, question

FIELDS = {"units": "units", "activation": "activation", "loss": "loss", "metric": "metric"}
SITUATIONS = tomllib.loads(Path(__file__).with_name("situations.toml").read_text(encoding="utf-8"))["situation"]
BINARY, ONE_HOT, INTEGERS = "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"
CROSSENTROPIES = tuple(f"{loss}{logits}" for loss in (BINARY, ONE_HOT, INTEGERS) for logits in ("", " from_logits"))
SCORES = ("precision", "recall", "auc")
ACCURACIES = ("accuracy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy")


def _crossentropy(units: int, activation: str, loss: str, metrics: tuple[str, ...], scores: tuple[str, ...]) -> list:
    """The two right forms of one cross-entropy; *scores* are metrics that need probabilities."""
    probabilities = {"units": (units,), "activation": (activation,), "loss": (loss,), "metric": (*metrics, *scores)}
    logits = {"units": (units,), "activation": ("linear",), "loss": (f"{loss} from_logits",), "metric": metrics}
    return [probabilities, logits]


def _accepted(kind: str, units: int) -> list:
    if kind == "regression":
        # no situation says how much a large error weighs, so either loss fits
        errors = {"loss": ("mse", "mae", "huber", "log_cosh"), "metric": ("mae", "mse", "rmse")}
        return [{"units": (units,), "activation": ("linear",), **errors}]
    if kind == "binary":
        return _crossentropy(units, "sigmoid", BINARY, ("accuracy", "binary_accuracy"), SCORES)
    if kind == "one_hot":
        return _crossentropy(units, "softmax", ONE_HOT, ("accuracy", "categorical_accuracy"), SCORES)
    return _crossentropy(units, "softmax", INTEGERS, ("accuracy", "sparse_categorical_accuracy"), ())


def _mistakes(kind: str, units: int) -> list:
    """Tried in this order; what cannot train, or learns nothing, keeps no credit."""
    without_metric = [{name: v for name, v in form.items() if name != "metric"} for form in _accepted(kind, units)]
    without_units = [{name: v for name, v in form.items() if name != "units"} for form in without_metric]
    metric_left = [
        *(({**form, "metric": ACCURACIES}, Mistake("accuracy_for_regression", credit=0.5)) for form in without_metric),
        *((form, Mistake("wrong_metric", credit=0.5)) for form in without_metric),
    ]
    return [
        ({"loss": ("accuracy",)}, Mistake("accuracy_as_loss")),
        ({"loss": ("crossentropy",)}, Mistake("which_crossentropy")),
        ({"units": (1,), "activation": ("softmax",)}, Mistake("softmax_on_one_unit")),
        *(metric_left if kind == "regression" else metric_left[len(without_metric) :]),
        *{"regression": _regression, "binary": _binary}.get(kind, _multi_class)(kind, units),
        *((form, Mistake("units_off")) for form in without_units),
    ]


def _regression(kind: str, units: int) -> list:
    squashed = {
        "units": (units,),
        "activation": ("relu", "sigmoid", "tanh", "softmax"),
        "loss": ("mse", "mae", "huber", "log_cosh"),
    }
    return [
        ({"loss": CROSSENTROPIES}, Mistake("crossentropy_for_regression")),
        (squashed, Mistake("activation_on_regression", credit=0.25)),
    ]


def _binary(kind: str, units: int) -> list:
    sigmoid = {"units": (1,), "activation": ("sigmoid",)}
    return [
        ({"units": (2,), "activation": ("softmax",), "loss": (INTEGERS,)}, Mistake("two_units", credit=0.5)),
        ({"units": (2,)}, Mistake("two_units")),
        ({**sigmoid, "loss": (f"{BINARY} from_logits",)}, Mistake("logits_with_activation", credit=0.25)),
        ({"units": (1,), "activation": ("linear",), "loss": (BINARY,)}, Mistake("logits_unannounced")),
        ({**sigmoid, "loss": ("mse",)}, Mistake("error_for_classification", credit=0.25)),
        ({"loss": ("mse", "mae", "huber", "log_cosh")}, Mistake("error_for_classification")),
        ({"loss": CROSSENTROPIES[2:]}, Mistake("multi_class_loss")),
    ]


def _multi_class(kind: str, units: int) -> list:
    loss, other = (ONE_HOT, INTEGERS) if kind == "one_hot" else (INTEGERS, ONE_HOT)
    softmax, sigmoid = ({"units": (units,), "activation": (name,)} for name in ("softmax", "sigmoid"))
    trains_on_rows = [
        ({**softmax, "loss": ("mse",)}, Mistake("error_for_classification", credit=0.25)),
        # of two classes, the binary cross-entropy of p and 1 - p has the same value
        ({**softmax, "loss": (BINARY,)}, Mistake("binary_loss", credit=0.25 if units > 2 else 0.5)),
        ({**sigmoid, "loss": (BINARY,)}, Mistake("sigmoid_for_multi_class", credit=0.25)),
    ]
    one_number = ({"units": (1,), "activation": ("sigmoid",), "loss": (BINARY,)}, Mistake("one_unit", credit=0.5))
    return [
        *((one_number,) if units == 2 and kind == "integers" else ()),
        ({"loss": (other, f"{other} from_logits")}, Mistake("label_form")),
        *(trains_on_rows if kind == "one_hot" else ()),
        ({**sigmoid, "loss": (loss,)}, Mistake("sigmoid_for_multi_class", credit=0.5)),
        ({**softmax, "loss": (f"{loss} from_logits",)}, Mistake("logits_with_activation", credit=0.25)),
        ({"units": (units,), "activation": ("linear",), "loss": (loss,)}, Mistake("logits_unannounced")),
        ({"loss": ("mse", "mae", "huber", "log_cosh")}, Mistake("error_for_classification")),
        ({"loss": CROSSENTROPIES[:2]}, Mistake("binary_loss")),
    ]


@question(facts=["F45", "F46", "F48", "F42", "F22", "F47"], points=4, minutes=4, book="closed")
def situation(draw: Draw) -> Variant:
    told = draw.choice(SITUATIONS)
    kind = told["kind"]
    units = told["n"] if kind == "regression" else 1 if kind == "binary" else draw.choice(told["counts"])
    texts = {language: told[language].format(n=units, last=units - 1) for language in ("ko", "en")}
    return Variant(
        {"situation": told["id"], "kind": kind, "n": units, "told": texts},
        Fields(FIELDS, tuple(_accepted(kind, units)), tuple(_mistakes(kind, units))),
    )
