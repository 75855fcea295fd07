"""Prediction: right answers found again by dividing, by running the shown code and by Keras itself."""

import ast
import re

import numpy as np
import pytest

from question_bank import Bank, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def test_number_of_batches_by_cutting(bank: Bank) -> None:
    """The shown array, cut along its first axis into pieces of the shown size, makes that many pieces."""
    question = bank["prediction/number_of_batches"]
    for seed in SEEDS:
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        [(samples, _)] = re.findall(r"`\((\d+), (\d+)\)`", prompt)
        [size] = re.findall(r"batch_size=(\d+)", prompt)
        pieces, left = 0, list(range(int(samples)))
        while left:
            left = left[int(size) :]
            pieces += 1
        assert variant.answer.mark(variant.answer.read(pieces)).credit == 1


def test_evaluate_returns_by_place(bank: Bank) -> None:
    """The loss stands first and the metrics follow in the order in which they were told."""
    question = bank["prediction/evaluate_returns"]
    seen = 0
    for seed in SEEDS:
        variant = question.variant(seed)
        if variant.parameters["asked"] != "order":
            continue
        seen += 1
        texts = question.texts(variant, "en")
        [told], [scores] = re.findall(r"metrics=(\[.*?\])", texts.prompt), re.findall(r"^(\[.*\])$", texts.prompt, re.M)
        by_name = dict(zip(["loss", *ast.literal_eval(told)], ast.literal_eval(scores), strict=True))
        [name] = re.findall(r"is the \*\*(?:metric )?`?(\w+)`?\*\*", texts.prompt)
        options = dict(zip(LETTERS, map(float, texts.options.values()), strict=False))
        assert options[variant.answer.right()] == by_name[name]
    assert seen > 150


def test_evaluate_of_keras() -> None:
    """`evaluate` puts the loss first, then the metrics in their order, and no batch size changes them."""
    import keras

    x, y = np.random.default_rng(1).normal(size=(120, 3)), np.arange(120) % 2
    for metrics in (["recall", "accuracy", "precision"], ["auc", "precision", "accuracy"]):
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
        # fixed weights: four values that differ, whatever chance says
        model.set_weights([np.array([[0.9], [-0.4], [0.3]]), np.array([0.5])])
        model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=metrics)
        by_place = model.evaluate(x, y, batch_size=20, verbose=0)
        by_name = model.evaluate(x, y, batch_size=60, verbose=0, return_dict=True)
        assert by_place == pytest.approx([by_name[name] for name in ("loss", *metrics)], rel=1e-5)
        assert len(set(by_place)) == 4


def test_call_and_predict_of_keras() -> None:
    """What the right options of call_or_predict say: same values and weights, tensor and array, calls by batches."""
    import keras
    import tensorflow as tf

    calls = []

    class Counting(keras.layers.Layer):
        def call(self, inputs: object) -> object:
            tf.py_function(lambda rows: calls.append(len(rows)), [inputs], [])
            return inputs

    model = keras.Sequential([keras.Input((3,)), Counting(), keras.layers.Dense(2)])
    before = model.get_weights()
    x = np.random.default_rng(1).normal(size=(50, 3)).astype("float32")
    calls.clear()
    called = model(x)
    assert calls == [50]
    calls.clear()
    predicted = model.predict(x, batch_size=20, verbose=0)
    assert calls == [20, 20, 10]
    assert isinstance(called, tf.Tensor)
    assert isinstance(predicted, np.ndarray)
    assert np.allclose(called, predicted, atol=1e-5)
    assert all((a == b).all() for a, b in zip(before, model.get_weights(), strict=True))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model(x) ** 2)
    assert all(gradient is not None for gradient in tape.gradient(loss, model.trainable_weights))


def test_callable_term_by_running(bank: Bank) -> None:
    """Of the shown names only the right one makes the object callable; only the right line runs `__call__`."""
    question = bank["prediction/callable_term"]
    for seed in SEEDS:
        variant = question.variant(seed)
        texts = question.texts(variant, "en")
        options = {letter: text.strip("`") for letter, text in zip(LETTERS, texts.options.values(), strict=False)}
        codes = re.findall(r"```python\n(.*?)```", texts.prompt, re.DOTALL)
        right = []
        if variant.parameters["asked"] == "method":
            for letter, name in options.items():
                try:
                    exec(codes[0].replace("________", name), {})
                except (TypeError, AttributeError):
                    continue
                right.append(letter)
        elif variant.parameters["asked"] == "line":
            names: dict = {}
            exec(codes[0], names)
            made = names[variant.parameters["name"]]
            original, running = made.__call__, []
            made.__call__ = lambda *args: (running.append(True), original(*args))[1]  # noqa: B023
            for line in codes[1].strip().splitlines():
                number, _, statement = line.partition("  ")
                running.clear()
                exec(statement, names)
                right += [letter for letter, text in options.items() if running and text == f"Line {number}"]
        else:
            right = [letter for letter, text in options.items() if ".__call__(" in text]
        assert right == [variant.answer.right()]
