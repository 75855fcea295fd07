"""Linear regression: the right pair of model and number of weights, found again by building the models."""

from __future__ import annotations

import re

import numpy as np
import pytest

from question_bank import Bank, load_bank


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


@pytest.mark.filterwarnings("ignore:You are using a softmax")
def test_recognise_by_building_every_option(bank: Bank) -> None:
    """Only the right option's model gives w x + b for any weights, with an intercept, and has the stated number of weights."""
    import keras

    question = bank["linear_regression/recognise"]
    names = {"Sequential": keras.Sequential, "Dense": keras.layers.Dense}
    rng = np.random.default_rng(0)
    for seed in range(12):
        variant = question.variant(seed)
        features = variant.parameters["features"]
        x = rng.normal(size=(64, features))
        columns = np.column_stack([x, np.ones(len(x))])
        fit = []
        for option, text in question.texts(variant, "en").options.items():
            code, count = re.fullmatch(r"`(.+)` with (\d+) weights", text).groups()
            model = eval(code, dict(names))
            model.build((None, features))
            weights = [rng.normal(size=weight.shape) for weight in model.get_weights()]
            model.set_weights(weights)
            outputs = keras.ops.convert_to_numpy(model(x))
            line = np.linalg.lstsq(columns, outputs, rcond=None)[0]
            linear = np.abs(columns @ line - outputs).max() < 1e-4
            has_intercept = bool((np.abs(line[-1]) > 1e-4).all())
            # softmax of one unit is constant: no weight has any effect
            moves = bool((np.abs(line[:-1]) > 1e-6).any())
            if linear and moves and has_intercept and outputs.shape[1] == 1 and model.count_params() == int(count):
                fit.append(option)
        assert fit == [variant.answer.right_option]
