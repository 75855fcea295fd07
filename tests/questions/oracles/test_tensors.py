"""Tensors: the right answers, found again by computing what is shown."""

import re

import numpy as np
import pytest

from question_bank import load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def shapes_in(text: str) -> dict[str, tuple[int, ...]]:
    """Every `(sizes)` of `name` that an English prompt of dot_shape tells."""
    first = re.search(r"array `(\w+)` of shape `\(([\d, ]+)\)`", text)
    assert first is not None
    others = re.findall(r"in `(\w+)`, of shape `\(([\d, ]+)\)`", text)
    return {name: tuple(int(size) for size in re.findall(r"\d+", sizes)) for name, sizes in [first.groups(), *others]}


def test_dot_shape_is_numpys(bank) -> None:
    """numpy computes the shown line with arrays of the told shapes; the result has the right shape."""
    question = bank["tensors/dot_shape"]
    for seed in SEEDS:
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        names = {name: np.zeros(shape) for name, shape in shapes_in(prompt).items()}
        [line] = re.findall(r"```python\ny = (.*)\n```", prompt)
        result = eval(line, {"np": np, **names})
        assert variant.answer.mark(variant.answer.read({"shape": result.shape})).credit == 1


def test_batch_first_is_the_only_product_with_samples_in_rows(bank) -> None:
    """Of the shown products exactly the right one gives each sample's output as a row."""
    question = bank["tensors/batch_first"]
    seen = 0
    for seed in SEEDS:
        variant = question.variant(seed)
        p = variant.parameters
        if p["asked"] != "line":
            continue
        seen += 1
        x = np.random.default_rng(seed).normal(size=(p["samples"], p["features"]))
        shape = tuple(int(size) for size in re.findall(r"\d+", p["w_shape"]))
        w = np.random.default_rng(seed + 1).normal(size=shape)
        # neuron by neuron, sample by sample
        neurons = w.T if p["stored"] == "in_out" else w
        want = np.array([[np.sum(sample * weights) for weights in neurons] for sample in x[:3]])
        fitting = []
        for letter, option in zip(LETTERS, question.texts(variant, "en").options.values(), strict=False):
            try:
                result = eval(option.strip("`"), {"np": np, p["x"]: x, p["w"]: w})
            except ValueError:
                continue
            if result.shape == (p["samples"], p["neurons"]) and np.allclose(result[:3], want):
                fitting.append(letter)
        assert fitting == [variant.answer.right()]
    assert seen > 100


def test_layer_input_size_is_the_kernels(bank) -> None:
    """Keras builds the shown network; the kernel of the asked layer has the right answer's size."""
    import keras
    from keras import layers

    question = bank["tensors/layer_input_size"]
    for seed in range(40):
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        if variant.parameters["form"] == "code":
            [code] = re.findall(r"```python\n(.*?)```", prompt, re.DOTALL)
            names: dict = {"keras": keras, "layers": layers}
            exec(code, names)
            model = names["model"]
            [place] = re.findall(r"\*\*(second|third|fourth) `Dense`", prompt)
            layer = {"second": 1, "third": 2, "fourth": 3}[place]
        else:
            figure = variant.figures["network"]
            model = keras.Sequential([keras.Input(shape=(figure.sizes[0],)), *map(layers.Dense, figure.sizes[1:])])
            [name] = re.findall(r"named \*\*(.*?)\*\*", prompt)
            layer = figure.labels.index(name) - 1
        assert variant.answer.mark(variant.answer.read(model.layers[layer].kernel.shape[0])).credit == 1
