"""Activations: the right answers, found again from what the questions show."""

from __future__ import annotations

import ast
import re
from fractions import Fraction

import numpy as np
import pytest

from question_bank import Bank, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def variants(bank: Bank, name: str) -> list[Variant]:
    question = bank[f"activations/{name}"]
    return [question.variant(seed) for seed in SEEDS]


def earns(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def python(text: str) -> str:
    """A shown formula, such as `2·x1 − 3`, as Python."""
    return text.replace("−", "-").replace("·", "*")


def test_missing_probability_completes_to_one(bank: Bank) -> None:
    """The right value and the shown ones make exactly 1, and it is a probability."""
    for variant in variants(bank, "missing_probability"):
        shown = [Fraction(part) for part in variant.parameters["row"].split(", ") if part != "p"]
        missing = 1 - sum(shown)
        assert 0 < missing < 1
        assert earns(variant, float(missing)) == 1
        assert earns(variant, float(missing) + 0.01) < 1


def test_can_be_softmax_by_inverting_it(bank: Bank) -> None:
    """Right are exactly the rows that the softmax of their own logarithms gives back."""
    for variant in variants(bank, "can_be_softmax"):
        fit = []
        for letter, option in zip(LETTERS, variant.answer.options, strict=False):
            row = np.array([float(number) for number in python(variant.parameters["rows"][option]).split(", ")])
            if (row > 0).all():
                powers = np.exp(np.log(row) - np.log(row).max())
                if np.allclose(powers / powers.sum(), row, atol=1e-9, rtol=0):
                    fit.append(letter)
        assert 2 <= len(fit) <= 3
        assert earns(variant, fit) == 1


def test_predicted_class_by_argmax(bank: Bank) -> None:
    """numpy's argmax of the shown row is the right answer; rows are probabilities with a clear winner."""
    for variant in variants(bank, "predicted_class"):
        predictions = np.array([ast.literal_eval(f"[{row}]") for row in variant.parameters["rows"]])
        assert np.allclose(predictions.sum(axis=1), 1)
        row = predictions[variant.parameters["sample"]]
        assert np.diff(np.sort(row)[-2:]) > 0.04
        assert earns(variant, int(row.argmax())) == 1


def test_neuron_output_by_running_the_shown_lines(bank: Bank) -> None:
    """The three shown lines, run as Python, give the right answer; ReLU changes exactly one neuron."""
    question = bank["activations/neuron_output"]
    for variant in variants(bank, "neuron_output"):
        prompt = question.texts(variant, "en").prompt
        code = python(re.search(r"```\n(.*?)```", prompt, re.DOTALL)[1])
        x1, x2 = map(int, re.search(r"x1 = (-?\d+) and x2 = (-?\d+)", python(prompt)).groups())
        zeroed = []

        def relu(z: int, zeroed: list[bool] = zeroed) -> int:
            zeroed.append(z < 0)
            return max(0, z)

        names = {"x1": x1, "x2": x2, "relu": relu}
        exec(code, names)
        assert sorted(zeroed) == [False, True]
        assert earns(variant, names["y"]) == 1


def shown_weights(line: str, first: str, second: str) -> tuple[float, float, float]:
    """The weights and the bias of a shown linear formula, found as its differences."""
    bias, with_first, with_second = (eval(python(line), {first: a, second: b}) for a, b in ((0, 0), (1, 0), (0, 1)))
    return with_first - bias, with_second - bias, bias


def test_neuron_output_by_keras(bank: Bank) -> None:
    """The same network, built of Dense layers with these weights, puts out the right answer."""
    import keras

    layers = [keras.layers.Dense(2, activation="relu"), keras.layers.Dense(1)]
    model = keras.Sequential([keras.Input((2,)), *layers])
    for variant in variants(bank, "neuron_output")[:25]:
        hidden = [shown_weights(line, "x1", "x2") for line in variant.parameters["lines"]]
        output = [shown_weights(variant.parameters["output"], "h1", "h2")]
        weights = [(np.array(neurons)[:, :2].T, np.array(neurons)[:, 2]) for neurons in (hidden, output)]
        for layer, arrays in zip(layers, weights, strict=True):
            layer.set_weights(arrays)
        outputs = keras.ops.convert_to_numpy(model(np.array([variant.parameters["x"]], dtype="float32")))
        assert earns(variant, round(float(outputs[0, 0]), 3)) == 1


def test_collapsed_layer_agrees_everywhere(bank: Bank) -> None:
    """Slope and value at 0 of the two layers in a row are the right answer, and a third input confirms it."""
    for variant in variants(bank, "collapse_layers"):
        (w1, w2), (b1, b2) = variant.parameters["w"], variant.parameters["b"]

        def both(x: int, w1: int = w1, w2: int = w2, b1: int = b1, b2: int = b2) -> int:
            return w2 * (w1 * x + b1) + b2

        weight, bias = both(1) - both(0), both(0)
        assert both(17) == weight * 17 + bias
        assert earns(variant, {"weight": weight, "bias": bias}) == 1


def test_beyond_reach_is_what_least_squares_cannot_fit(bank: Bank) -> None:
    """Of the four targets only the right one leaves an error when a linear function is fitted."""
    question = bank["activations/without_activation"]
    points = np.array([(a, b) for a in range(-3, 4) for b in range(-3, 4)], dtype=float)
    columns = np.column_stack([points, np.ones(len(points))])
    asked = [v for v in variants(bank, "without_activation") if v.parameters["aspect"] == "beyond_reach"]
    assert len(asked) > 100
    for variant in asked:
        curved = []
        for option, text in question.texts(variant, "en").options.items():
            formula = text.strip("`").removeprefix("y = ")
            y = np.array([eval(formula, {"x1": a, "x2": b}) for a, b in points], dtype=float)
            weights = np.linalg.lstsq(columns, y, rcond=None)[0]
            if np.abs(columns @ weights - y).max() > 1e-6:
                curved.append(option)
        assert curved == [variant.answer.right_option]
