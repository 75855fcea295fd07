"""Form of the labels, output layer and loss for a situation told in words."""

import tomllib
from pathlib import Path

from question_bank import Draw, Fields, Mistake, Variant, question

FIELDS = {"labels": "labels", "units": "units", "activation": "activation", "loss": "loss"}
SITUATIONS = tomllib.loads(Path(__file__).with_name("situations.toml").read_text(encoding="utf-8"))["situation"]
BINARY, ONE_HOT, INTEGERS = "binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"
CROSSENTROPIES = tuple(f"{loss}{logits}" for loss in (BINARY, ONE_HOT, INTEGERS) for logits in ("", " from_logits"))
NUMBERS = ("integers", "0 or 1")
"""One number for each sample: of two classes, the two words mean the same labels."""


def _pair(labels: tuple[str, ...], units: int, activation: str, loss: str) -> list:
    """The two right forms of one cross-entropy: with the activation in the layer, or in the loss."""
    return [
        {"labels": labels, "units": (units,), "activation": (activation,), "loss": (loss,)},
        {"labels": labels, "units": (units,), "activation": ("linear",), "loss": (f"{loss} from_logits",)},
    ]


def _integers(units: int) -> list:
    return _pair(NUMBERS if units == 2 else NUMBERS[:1], units, "softmax", INTEGERS)


def _one_hot(units: int) -> list:
    return _pair(("one-hot",), units, "softmax", ONE_HOT)


def _accepted(kind: str, units: int) -> list:
    one_number = _pair(NUMBERS[::-1], 1, "sigmoid", BINARY)
    return {
        "regression": lambda: [
            {
                "labels": ("real numbers",),
                "units": (units,),
                "activation": ("linear",),
                "loss": ("mse", "mae", "huber", "log_cosh"),
            }
        ],
        "binary": lambda: one_number,
        "integers": lambda: _integers(units),
        "one_hot": lambda: _one_hot(units),
        "free": lambda: [*_integers(units), *_one_hot(units)],
        "open": lambda: [*one_number, *_integers(2), *_one_hot(2)],
    }[kind]()


def _mistakes(kind: str, units: int) -> list:
    """Tried in this order; what cannot train, or learns nothing, keeps no credit."""
    accepted = _accepted(kind, units)
    by_kind = {"regression": _regression, "binary": _binary}.get(kind, _multi_class)(kind, units)
    without_labels = [{name: v for name, v in form.items() if name != "labels"} for form in accepted]
    without_units = [{name: v for name, v in form.items() if name != "units"} for form in accepted]
    return [
        ({"loss": ("accuracy",)}, Mistake("accuracy_as_loss")),
        ({"loss": ("crossentropy",)}, Mistake("which_crossentropy")),
        ({"units": (1,), "activation": ("softmax",)}, Mistake("softmax_on_one_unit")),
        *by_kind,
        *((form, Mistake("labels_only", credit=0.5)) for form in without_labels),
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
        ({"labels": ("real numbers",), **squashed}, Mistake("activation_on_regression", credit=0.25)),
    ]


def _binary(kind: str, units: int) -> list:
    two_units = [*_integers(2), *_one_hot(2)]
    return [
        *((form, Mistake("two_units", credit=0.5)) for form in two_units),
        ({"units": (2,)}, Mistake("two_units")),
        *_one_number(),
        ({"loss": ("mse", "mae", "huber", "log_cosh")}, Mistake("error_for_classification")),
    ]


def _one_number() -> list:
    """Of combinations with one unit."""
    sigmoid = {"labels": NUMBERS, "units": (1,), "activation": ("sigmoid",)}
    return [
        ({"labels": ("one-hot",), "units": (1,)}, Mistake("one_hot_for_one_number")),
        ({**sigmoid, "loss": (f"{BINARY} from_logits",)}, Mistake("logits_with_activation", credit=0.25)),
        ({"units": (1,), "activation": ("linear",), "loss": (BINARY,)}, Mistake("logits_unannounced")),
        ({**sigmoid, "loss": ("mse",)}, Mistake("error_for_classification", credit=0.25)),
        ({"units": (1,), "loss": CROSSENTROPIES[2:]}, Mistake("multi_class_loss")),
    ]


def _multi_class(kind: str, units: int) -> list:
    names = NUMBERS if units == 2 else NUMBERS[:1]
    softmax, sigmoid, linear = ({"units": (units,), "activation": (name,)} for name in ("softmax", "sigmoid", "linear"))
    numbers, rows = {"labels": names}, {"labels": ("one-hot",)}
    sparse, dense = (INTEGERS, f"{INTEGERS} from_logits"), (ONE_HOT, f"{ONE_HOT} from_logits")
    other = {"integers": _one_hot, "one_hot": _integers}.get(kind)
    one_number = _pair(names, 1, "sigmoid", BINARY)
    return [
        *((form, Mistake("labels_changed", credit=0.5)) for form in (other(units) if other else ())),
        *((form, Mistake("one_unit", credit=0.5)) for form in (one_number if (kind, units) == ("free", 2) else ())),
        *(_one_number() if kind == "open" else ()),
        ({**rows, "loss": sparse}, Mistake("label_form")),
        ({**numbers, "loss": dense}, Mistake("label_form")),
        ({**rows, **softmax, "loss": ("mse",)}, Mistake("error_for_classification", credit=0.25)),
        # of two classes, the binary cross-entropy of p and 1 - p has the same value
        ({**rows, **softmax, "loss": (BINARY,)}, Mistake("binary_loss", credit=0.25 if units > 2 else 0.5)),
        ({**rows, **sigmoid, "loss": (BINARY,)}, Mistake("sigmoid_for_multi_class", credit=0.25)),
        ({**rows, **sigmoid, "loss": (ONE_HOT,)}, Mistake("sigmoid_for_multi_class", credit=0.5)),
        ({**numbers, **sigmoid, "loss": (INTEGERS,)}, Mistake("sigmoid_for_multi_class", credit=0.5)),
        ({**rows, **softmax, "loss": dense[1:]}, Mistake("logits_with_activation", credit=0.25)),
        ({**numbers, **softmax, "loss": sparse[1:]}, Mistake("logits_with_activation", credit=0.25)),
        ({**linear, "loss": (INTEGERS, ONE_HOT)}, Mistake("logits_unannounced")),
        ({"loss": ("mse", "mae", "huber", "log_cosh")}, Mistake("error_for_classification")),
        *(() if kind == "open" else (({"loss": CROSSENTROPIES[:2]}, Mistake("binary_loss")),)),
    ]


@question(facts=["F45", "F46", "F48", "F22"], points=4, minutes=4, book="closed")
def situation_with_labels(draw: Draw) -> Variant:
    kind = draw.choice(("binary", "integers", "one_hot", "free", "regression"))
    told = draw.choice([s for s in SITUATIONS if s["kind"] == kind or (kind, s["kind"]) == ("free", "open")])
    kind = told["kind"]
    units = told["n"] if kind == "regression" else 1 if kind == "binary" else draw.choice(told["counts"])
    texts = {language: told[language].format(n=units, last=units - 1) for language in ("ko", "en")}
    return Variant(
        {"situation": told["id"], "kind": kind, "n": units, "told": texts},
        Fields(FIELDS, tuple(_accepted(kind, units)), tuple(_mistakes(kind, units))),
    )
