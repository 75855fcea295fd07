"""Histories: the typed questions' right answers, found again by training and from what is drawn."""

import re
from collections.abc import Iterator

import numpy as np
import pytest

from question_bank import load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank():
    return load_bank()


@pytest.fixture(scope="module")
def eager() -> Iterator[None]:
    """Tiny models train faster without compiled graphs."""
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def run(code: str) -> dict[str, list[float]]:
    """The `history.history` of the printed lines, run on eight samples."""
    import keras

    classes = 3 if "categorical" in code else 1
    labels = np.arange(8) % max(2, classes)
    y = np.eye(classes)[labels] if '"categorical' in code else labels.astype("float32")
    activation = {"binary": "sigmoid", "categorical": "softmax"}.get(
        (re.findall('loss="(?:sparse_)?(binary|categorical)', code) or [""])[0]
    )
    x = np.linspace(0, 1, 16).reshape(8, 2).astype("float32")
    names = {
        "keras": keras,
        "model": keras.Sequential([keras.layers.Dense(classes, activation=activation)]),
        "x_train": x,
        "y_train": y,
        "x_val": x,
        "y_val": y,
    }
    exec(code.replace("model.fit(", "model.fit(verbose=0, x=").replace(", y_train,", ", y=y_train,"), names)
    [history] = [value for value in names.values() if isinstance(value, keras.callbacks.History)]
    return history.history


@pytest.mark.usefixtures("eager")
def test_keys_are_those_of_keras(bank) -> None:
    """Of the options, exactly the keys that the printed lines lead to are right."""
    question, known = bank["history/keys"], {}
    for seed in SEEDS:
        variant = question.variant(seed)
        texts = question.texts(variant, "en")
        [code] = re.findall(r"```python\n(.*?)```", texts.prompt, re.DOTALL)
        code = re.sub(r"epochs=\d+", "epochs=1", code)
        short = re.sub(r"batch_size=\d+|^\w+ = ", "", code, flags=re.MULTILINE).replace("0.25", "0.2")
        if short not in known:
            known[short] = set(run(code))
        options = [texts.options[option].strip("`") for option in variant.answer.options]
        letters = [LETTERS[i] for i, option in enumerate(options) if option in known[short]]
        assert variant.answer.mark(variant.answer.read(letters)).credit == 1


@pytest.mark.usefixtures("eager")
def test_length_is_that_of_keras(bank) -> None:
    """The printed lines, run, leave as many lists as the right answer says, each as long as there are epochs."""
    question, known = bank["history/length"], {}
    for seed in SEEDS:
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        code = re.findall(r"```python\n(.*?)```", prompt, re.DOTALL)[0]
        [epochs] = re.findall(r"epochs=(\d+)", code)
        short = re.sub(r"(epochs|batch_size)=\d+", "", code)
        if short not in known:
            # fewer epochs: one value for each of them is what counts
            history = run(code.replace(f"epochs={epochs}", "epochs=2"))
            assert {len(values) for values in history.values()} == {2}
            known[short] = len(history)
        assert variant.answer.mark(variant.answer.read(known[short] * int(epochs))).credit == 1


def test_overfitting_starts_at_the_drawn_minimum(bank) -> None:
    """The lowest drawn dot of the validation curve is the right epoch, and stands out to the eye."""
    for seed in SEEDS:
        variant = bank["history/overfitting_starts"].variant(seed)
        curves = {line.label: line.points for line in variant.figures["losses"].lines}
        heights = sorted((y, x) for x, y in curves["validation"])
        assert heights[1][0] - heights[0][0] >= 0.029
        assert variant.answer.mark(variant.answer.read(heights[0][1])).credit == 1
        lowest_training = min((y, x) for x, y in curves["training"])[1]
        assert variant.answer.mark(lowest_training).mistake == "lowest_training_loss"


def test_curves_are_what_they_are_said_to_be(bank) -> None:
    """A rule of thumb on the last drawn dots finds the right diagnosis."""
    for seed in SEEDS:
        variant = bank["history/what_the_curves_say"].variant(seed)
        styles = {line.style: [y for _, y in line.points] for line in variant.figures["accuracy"].lines}
        training, validation = (styles[variant.parameters["styles"][name]] for name in ("training", "validation"))
        if max(validation) < 0.1:
            diagnosis = "unrepresentative"
        elif max(training) < 0.7:
            diagnosis = "underfitting"
        elif max(validation) - validation[-1] > 0.07 and training[-1] > 0.95:
            diagnosis = "overfitting"
        else:
            assert min(training[-1], validation[-1]) > 0.88
            diagnosis = "good"
        assert variant.answer.right_option == diagnosis
