"""Backpropagation: the typed questions' right answers, found again in another way."""

import numpy as np
import pytest

from question_bank import load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def test_chain_rule_is_the_losss_own_slope(bank) -> None:
    """Moving the first weight a little changes the loss as the right answer says."""
    for seed in SEEDS:
        variant = bank["backpropagation/chain_rule"].variant(seed)
        x, w, v, t = (variant.parameters[name] for name in ("x", "first", "second", "target"))

        def loss(weight: float, x: int = x, v: int = v, t: int = t) -> float:
            return float((v * weight * x - t) ** 2)

        # exact for a parabola, but for what binary fractions lose
        slope = (loss(w + 0.5) - loss(w - 0.5)) / 1.0
        assert variant.answer.mark(variant.answer.read(slope)).credit == 1
        assert variant.parameters["hidden"] == w * x
        assert variant.parameters["output"] == v * w * x
        assert variant.parameters["error"] == v * w * x - t


def test_chain_rule_agrees_with_gradient_tape(bank) -> None:
    """TensorFlow differentiates the shown network to the same number."""
    import tensorflow as tf

    for seed in range(20):
        variant = bank["backpropagation/chain_rule"].variant(seed)
        x, w, v, t = (tf.Variable(float(variant.parameters[name])) for name in ("x", "first", "second", "target"))
        with tf.GradientTape() as tape:
            loss = (v * (w * x) - t) ** 2
        assert variant.answer.mark(variant.answer.read(float(tape.gradient(loss, w)))).credit == 1


def test_terms_count_in_the_language_asked_for(bank) -> None:
    """The Korean term earns all where either language is asked for, half where the English one is."""
    korean = {"backpropagation": "역전파", "chain rule": "연쇄 법칙", "forward pass": "순전파"}
    for seed in SEEDS:
        variant = bank["backpropagation/term"].variant(seed)
        asked, language = variant.parameters["asked"], variant.parameters["language"]
        verdict = variant.answer.mark(variant.answer.read(korean[asked]))
        assert (verdict.credit, verdict.mistake) == ((1, None) if language == "any" else (0.5, "in_korean"))
        assert variant.answer.mark(variant.answer.read(asked)).credit == 1


def test_largest_update_is_found_by_updating(bank) -> None:
    """Of the weights in the table, updated by the rule of SGD, the right one moves most in the way asked for."""
    for seed in SEEDS:
        variant = bank["backpropagation/largest_update"].variant(seed)
        names, before, gradients = zip(*variant.parameters["rows"], strict=True)
        after = np.array(before) - float(variant.parameters["rate"]) * np.array(gradients)
        moved = after - np.array(before)
        score = {"most": np.abs(moved), "grows": moved, "shrinks": -moved}[variant.parameters["asked"]]
        assert np.sort(score)[-1] > 1.1 * np.sort(score)[-2]
        chosen = names[int(score.argmax())]
        role = next(role for role, name in variant.parameters["names"].items() if name == chosen)
        letter = LETTERS[variant.answer.options.index(role)]
        assert variant.answer.mark(variant.answer.read(letter)).credit == 1
