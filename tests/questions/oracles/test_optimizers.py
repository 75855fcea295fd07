"""Optimizers: the typed questions' right answers, found again in another way."""

import re

import pytest

from question_bank import load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def test_momentum_steps_by_the_printed_rule(bank) -> None:
    """The two printed lines of code, run twice with the printed numbers, end at the right answer."""
    question = bank["optimizers/momentum_steps"]
    for seed in SEEDS:
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        rule = re.findall(r"```python\n(.*?)```", prompt, re.DOTALL)[0]
        [gradients] = re.findall(r"is (-?\d+) at the first step and (-?\d+) at the second", prompt)
        names = {variant.parameters["velocity"]: 0.0}
        for line in re.findall(r"`(\w+ = [\d.]+)`", prompt):
            exec(line, {}, names)
        for gradient in gradients:
            names["gradient"] = float(gradient)
            exec(rule, {}, names)
        assert variant.answer.mark(variant.answer.read(names[variant.parameters["weight"]])).credit == 1


def test_momentum_steps_agree_with_keras(bank) -> None:
    """Keras's SGD makes the same two steps."""
    import keras

    for seed in range(20):
        variant = bank["optimizers/momentum_steps"].variant(seed)
        told = variant.parameters
        weight = keras.Variable(told["start"])
        optimizer = keras.optimizers.SGD(told["rate"], momentum=told["momentum"])
        for gradient in told["gradients"]:
            optimizer.apply([keras.ops.convert_to_tensor(float(gradient))], [weight])
        assert variant.answer.mark(variant.answer.read(float(weight.numpy()))).credit == 1


def test_which_are_optimizers_by_keras(bank) -> None:
    """What `keras.optimizers` knows is right, all else is wrong."""
    import keras

    question = bank["optimizers/which_are_optimizers"]
    for seed in SEEDS:
        variant = question.variant(seed)
        texts = question.texts(variant, "en").options
        names = [texts[option].strip("`").split("(")[0] for option in variant.answer.options]
        letters = [LETTERS[i] for i, name in enumerate(names) if hasattr(keras.optimizers, name)]
        assert variant.answer.mark(variant.answer.read(letters)).credit == 1


def test_letters_stand_for_words_of_the_glossary(bank) -> None:
    """The right word is one of the words that the glossary writes the abbreviation out with; no other option is."""
    from question_bank import glossary

    for seed in SEEDS:
        variant = bank["optimizers/letters"].variant(seed)
        term, _ = glossary.lookup(variant.parameters["short"]) or pytest.fail("no such term")
        spelled = set(glossary.preferred(term, "en").casefold().split())
        # RMSprop says square, MSE and RMSE say squared
        fitting = [id for id, word in variant.parameters["words"].items() if word in spelled | {"squared"}]
        assert [variant.answer.right_option] == fitting
        part, word = variant.parameters["part"], variant.parameters["word"]
        assert all(
            text.casefold().startswith(part.casefold()) for text in [word, *variant.parameters["words"].values()]
        )
