"""Output layers: the accepted combinations in real Keras models, and the options in real layers."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from question_bank import Bank, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)
SAMPLES = 48
RNG = np.random.default_rng(7)
INPUTS = RNG.normal(size=(SAMPLES, 6)).astype("float32")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def letter_of(variant: Variant, option: str) -> str:
    return LETTERS[variant.answer.option_ids().index(option)]


def labels_of(form: str, n: int) -> np.ndarray:
    """Labels of SAMPLES samples in such a form."""
    codes = np.arange(SAMPLES) % max(n, 2)
    forms = {
        "integers": codes,
        "0 or 1": codes,
        "one-hot": np.eye(max(n, 2), dtype="float32")[codes],
        "real numbers": 3 * np.sin(INPUTS[:, :1] + np.arange(n)).astype("float32"),
    }
    return forms[form]


def trained(pattern: dict[str, Any], labels: np.ndarray) -> tuple[float, float]:
    """The loss of a model with this output layer and loss, before and after some steps."""
    import keras

    name, *logits = pattern["loss"].split()
    loss = keras.losses.get(name)
    if logits:
        parts = "".join(part.capitalize() for part in name.split("_"))
        loss = getattr(keras.losses, parts)(from_logits=True)
    keras.utils.set_random_seed(0)
    layers = [keras.layers.Dense(16, activation="relu"), keras.layers.Dense(pattern["units"], pattern["activation"])]
    model = keras.Sequential([keras.Input((6,)), *layers])
    model.compile(keras.optimizers.Adam(0.03), loss=loss, run_eagerly=True)
    losses = [float(model.train_on_batch(INPUTS, labels)) for _ in range(6)]
    return losses[0], losses[-1]


def combinations(bank: Bank) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Every accepted pair of output layer and loss once, with the form of labels it is for; sizes stand for all."""
    forms = {"binary": "0 or 1", "integers": "integers", "one_hot": "one-hot", "regression": "real numbers"}
    seen = set()
    for id in ("output_layers/situation", "output_layers/situation_with_labels", "output_layers/regression_outputs"):
        for seed in range(200):
            variant = bank[id].variant(seed)
            n = variant.parameters["n"]
            for pattern in variant.answer.accepts:
                for loss in pattern["loss"]:
                    form = (
                        pattern["labels"][0]
                        if "labels" in pattern
                        else forms[variant.parameters.get("kind", "regression")]
                    )
                    one = {"units": pattern["units"][0], "activation": pattern["activation"][0], "loss": loss}
                    key = (form, min(one["units"], 3), one["activation"], loss)
                    if key not in seen:
                        seen.add(key)
                        yield form, n, one


def test_accepted_combinations_train(bank: Bank) -> None:
    """Each accepted output layer and loss fits the labels, and training with it lowers the loss."""
    for form, n, pattern in combinations(bank):
        before, after = trained(pattern, labels_of(form, n))
        assert np.isfinite(after), pattern
        assert after < before, pattern


def test_loss_of_the_other_labels_does_not_train() -> None:
    """Integers for the dense cross-entropy, one-hot rows for the sparse one: Keras refuses."""
    softmax = {"units": 5, "activation": "softmax"}
    for form, loss in (("integers", "categorical_crossentropy"), ("one-hot", "sparse_categorical_crossentropy")):
        with pytest.raises(ValueError, match=r"shape|rank"):
            trained({**softmax, "loss": loss}, labels_of(form, 5))


@pytest.mark.parametrize("name", ["situation", "situation_with_labels", "regression_outputs", "output_for_situation"])
def test_shown_shapes_and_rows_have_n_columns(bank: Bank, name: str) -> None:
    """Where a situation shows a shape with two axes or a row, it has as many columns as the right layer has units."""
    found = 0
    for seed in SEEDS:
        shown = bank[f"output_layers/{name}"].variant(seed).parameters
        if shown.get("kind") not in (None, "one_hot", "regression"):
            continue
        for text in shown["told"].values():
            shapes = [int(size) for size in re.findall(r"`\(\d+, (\d+)\)`", text)]
            rows = [row.count(",") + 1 for row in re.findall(r"`\[([^\]`]*)\]`", text)]
            found += len(shapes + rows)
            assert all(size == shown["n"] for size in shapes + rows), text
    assert found or name == "situation_with_labels"


@pytest.mark.filterwarnings("ignore:You are using a softmax")
def test_softmax_of_one_unit_by_keras(bank: Bank) -> None:
    """Keras' own softmax gives the row that is right, and the share of ones as the accuracy."""
    import keras

    for seed in SEEDS:
        variant = bank["output_layers/single_unit_softmax"].variant(seed)
        shown = variant.parameters
        if shown["asked"] == "training":
            continue
        if shown["asked"] == "outputs":
            outputs = np.asarray(keras.activations.softmax(np.array(shown["sums"])[:, None]))[:, 0]
            right = "[" + ", ".join(f"{value:.2f}" for value in outputs) + "]"
        else:
            labels = np.arange(shown["samples"]) < shown["positives"]
            outputs = np.asarray(keras.activations.softmax(np.zeros((len(labels), 1))))[:, 0]
            right = f"{100 * ((outputs > 0.5) == labels).mean():.0f} %"
        fitting = [id for id in variant.answer.option_ids() if shown["shown"][id] == right]
        assert len(fitting) == 1
        assert credit(variant, letter_of(variant, fitting[0])) == 1


@pytest.mark.filterwarnings("ignore:You are using a softmax")
def test_softmax_of_one_unit_stays_one() -> None:
    """Training such a model does not change what it puts out (Keras does move its weights, by the value before it)."""
    import keras

    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1, activation="softmax")])
    model.compile("sgd", loss="binary_crossentropy", run_eagerly=True)
    for _ in range(3):
        model.train_on_batch(INPUTS, np.arange(SAMPLES) % 2)
    assert (np.asarray(model(INPUTS)) == 1).all()


@pytest.mark.filterwarnings("ignore:You are using a softmax")
def test_two_classes_by_what_the_layers_put_out(bank: Bank) -> None:
    """Of the layers shown, exactly the right one puts out numbers of the kind that the text describes."""
    import keras

    def fits(kind: str, outputs: np.ndarray) -> bool:
        probabilities = bool((outputs > 0).all() and (outputs < 1).all())
        sums = bool(np.allclose(outputs.sum(axis=1), 1, atol=1e-5))
        varies = bool(np.ptp(outputs) > 0.5)
        columns = outputs.shape[1]
        return {
            "one_number": columns == 1 and probabilities and varies,
            "sum_to_one": columns == 2 and probabilities and sums,
            "independent": columns == 2 and probabilities and not sums,
            "values": columns == 2 and bool(outputs.min() < -1 and outputs.max() > 1),
        }[kind]

    outputs = {}
    for seed in SEEDS:
        variant = bank["output_layers/two_classes"].variant(seed)
        for id, source in variant.parameters["layers"].items():
            if id not in outputs:
                layer = eval(source, {"Dense": keras.layers.Dense})
                outputs[id] = np.asarray(layer(3 * INPUTS))
        fitting = [id for id, values in outputs.items() if fits(variant.parameters["kind"], values)]
        assert len(fitting) == 1
        assert credit(variant, letter_of(variant, fitting[0])) == 1


def test_mended_code_trains(bank: Bank) -> None:
    """With the one piece changed that the answer names, the code fits its labels and trains."""
    import keras

    seen = set()
    for seed in SEEDS:
        variant = bank["output_layers/find_the_error"].variant(seed)
        shown = variant.parameters
        place, n = shown["place"], shown["n"]
        code = {**shown["code"], place: shown["mended"]}
        assert shown["code"][place] != shown["mended"]
        assert credit(variant, letter_of(variant, place)) == 1
        if tuple(code.values()) in seen:
            continue
        seen.add(tuple(code.values()))
        raw = {
            "answers": labels_of("0 or 1", 1),
            "codes": labels_of("integers", n),
            "values": labels_of("real numbers", n),
        }
        labels = eval(code["labels"], {"keras": keras, "np": np, **raw})
        pattern = {name: eval(code[name]) for name in ("units", "activation", "loss")}
        before, after = trained(pattern, labels)
        assert after < before, code
