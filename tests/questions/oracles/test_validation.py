"""Validation: the typed questions' right answers, found again by splitting arrays."""

import re

import numpy as np
import pytest

from question_bank import load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def test_split_sizes_by_splitting(bank) -> None:
    """The printed lines, run on numbered samples and read as Keras reads `validation_split`, leave the right sizes."""
    from keras.src.trainers.data_adapters.array_slicing import train_validation_split

    question = bank["validation/split_sizes"]
    for seed in SEEDS:
        variant = question.variant(seed)
        prompt, told = question.texts(variant, "en").prompt, variant.parameters
        samples = np.arange(int(re.search(r"\d+(?= (?:shuffled )?samples)", prompt)[0]))
        if told["form"] == "shares":
            first, second = (int(share) for share in re.findall(r"(\d+)%", prompt))
            test, rest = np.split(samples, [len(samples) * first // 100])
            val, train = np.split(rest, [len(rest) * second // 100])
        else:
            [code] = re.findall(r"```python\n(.*?)```", prompt, re.DOTALL)
            names = {told["x"]: samples, told["y"]: samples}
            exec("\n".join(line for line in code.splitlines() if "model.fit" not in line), names)
            train, val, test = names["x_train"], names.get("x_val"), names["x_test"]
            if told["form"] == "validation_split":
                [share] = re.findall(r"validation_split=([\d.]+)", code)
                (train,), (val,) = train_validation_split((train,), float(share))
        assert sorted([*train, *val, *test]) == list(samples)
        response = {"train": len(train), "validation": len(val), "test": len(test)}
        assert variant.answer.mark(variant.answer.read(response)).credit == 1


def test_baseline_of_shares_by_counting(bank) -> None:
    """A model that answers with the only label of the training part is right as often as stated."""
    question = bank["validation/baseline_of_shares"]
    for seed in SEEDS:
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        pattern = r"first (\d+) all have the label (\d), the last (\d+) the label (\d)"
        first, label, last, other = (int(number) for number in re.search(pattern, prompt).groups())
        y = np.repeat([label, other], [first, last])
        assert str(len(y)) in prompt
        end, kept = re.search(r"shuffling\*\*, the (last|first) (\d+) are kept", prompt).groups()
        val, train = (y[-int(kept) :], y[: -int(kept)]) if end == "last" else (y[: int(kept)], y[int(kept) :])
        [only] = set(train.tolist())
        accuracy = float((val == only).mean())
        assert variant.answer.mark(variant.answer.read(accuracy)).credit == 1


def test_repair_split_by_running(bank) -> None:
    """Only the right line, put where it says, keeps the pairs and leaves both classes in both parts."""
    question = bank["validation/repair_split"]
    for seed in range(100):
        variant = question.variant(seed)
        told, texts = variant.parameters, question.texts(variant, "en")
        [code] = re.findall(r"```python\n(.*?)```", texts.prompt, re.DOTALL)
        code = code[: code.index("model.fit")]
        works = []
        for letter, option in zip(LETTERS, variant.answer.options, strict=False):
            place, line = re.fullmatch(r"\((\d)\) `(.*)`", texts.options[option]).groups()
            x = np.arange(2 * told["half"])
            label_of = (x >= told["half"]).astype(int)
            names = {"np": np, told["x"]: x.copy(), told["y"]: label_of.copy()}
            exec(code.replace(f"# ({place})", line), names)
            parts = [(names[f"x_{part}"], names[f"y_{part}"]) for part in ("train", "val")]
            if all((label_of[a] == b).all() and set(b.tolist()) == {0, 1} for a, b in parts):
                works.append(letter)
        assert works == [variant.answer.right()]


def test_validation_data_as_keras_treats_them() -> None:
    """`validation_split` takes the end of the arrays; validation data leave the trained weights as they are."""
    import keras
    from keras.src.trainers.data_adapters.array_slicing import train_validation_split

    (train,), (val,) = train_validation_split((np.arange(10),), 0.3)
    assert (list(train), list(val)) == (list(range(7)), [7, 8, 9])

    def weights(**validation: object) -> list[np.ndarray]:
        keras.utils.set_random_seed(0)
        model = keras.Sequential([keras.layers.Dense(1)])
        model.compile("sgd", "mse", run_eagerly=True)
        x = np.linspace(-1, 1, 12).reshape(6, 2)
        history = model.fit(x, x.sum(axis=1), epochs=3, shuffle=False, verbose=0, **validation)
        assert len(history.history.get("val_loss", [0] * 3)) == 3
        return model.get_weights()

    far_off = (np.full((4, 2), 50.0), np.full(4, -900.0))
    assert all(np.array_equal(a, b) for a, b in zip(weights(), weights(validation_data=far_off), strict=True))
