"""Coded texts: right answers found again with the defaults and the loader of Keras' IMDB data, and by brute force."""

from __future__ import annotations

import inspect
from pathlib import Path

import numpy as np
import pytest

from question_bank import Bank, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


@pytest.fixture(scope="module")
def defaults() -> dict[str, int]:
    """What Keras' loader reserves: `start_char`, `oov_char` and `index_from`."""
    from keras.datasets import imdb

    return {name: parameter.default for name, parameter in inspect.signature(imdb.load_data).parameters.items()}


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def letter_of(variant: Variant, option: str) -> str:
    return LETTERS[variant.answer.option_ids().index(option)]


def test_index_meaning_by_keras_defaults(bank: Bank, defaults: dict[str, int]) -> None:
    """The right option is what Keras' loader uses the number for; 0 is left for padding."""
    meanings = {0: "padding", defaults["start_char"]: "start", defaults["oov_char"]: "unknown"}
    for seed in SEEDS:
        variant = bank["text_data/index_meaning"].variant(seed)
        shown = variant.parameters
        if shown["asked"] == "meaning":
            right = meanings[shown["index"]]
        elif shown["asked"] == "number":
            right = f"number_{shown['index']}"
        else:
            (right,) = (id for id, rank in shown["ranks"].items() if rank + defaults["index_from"] == shown["index"])
        assert credit(variant, letter_of(variant, right)) == 1


def test_index_meaning_has_no_favourite_rank(bank: Bank) -> None:
    """The right rank is the smallest, the largest and between them equally often, roughly."""
    places = [0, 0, 0, 0]
    for seed in SEEDS:
        ranks = bank["text_data/index_meaning"].variant(seed).parameters["ranks"]
        if ranks:
            places[sorted(ranks.values()).index(ranks["rank"])] += 1
    assert min(places) > sum(places) / 8


def test_decode_review_by_coding_again(bank: Bank, defaults: dict[str, int]) -> None:
    """Only the right option, coded as Keras codes it, is the sequence that is shown."""
    for seed in SEEDS:
        variant = bank["text_data/decode_review"].variant(seed)
        shown = variant.parameters
        coded = {word: rank + defaults["index_from"] for word, rank in shown["words"].items()}
        coded["?"] = -1
        sequence = [number if number > defaults["index_from"] else -1 for number in shown["sequence"]]
        fits = [id for id, text in shown["texts"].items() if [coded[word] for word in text.split()] == sequence]
        assert len(fits) == 1
        assert credit(variant, letter_of(variant, fits[0])) == 1


def test_encode_word_by_keras_loader(bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keras' own loader, given reviews of these ranks, returns the numbers that earn full credit."""
    from keras.src.datasets import imdb

    variants = [bank["text_data/encode_word"].variant(seed) for seed in SEEDS]
    for limit in {variant.parameters["limit"] for variant in variants}:
        asked = [variant for variant in variants if variant.parameters["limit"] == limit]
        reviews = np.empty(1, dtype=object)
        reviews[0] = [variant.parameters["rank"] for variant in asked]
        file = tmp_path / f"{limit}.npz"
        np.savez(file, x_train=reviews, y_train=[1], x_test=reviews, y_test=[0])
        monkeypatch.setattr(imdb, "get_file", lambda *args, file=file, **kwargs: str(file))
        (x_train, _), _ = imdb.load_data(num_words=limit)
        for variant, number in zip(asked, x_train[0][1:], strict=True):
            assert credit(variant, int(number)) == 1


def test_multi_hot_row_by_numpy(bank: Bank) -> None:
    """A vector of zeros, set to 1 at each number, has as many ones and zeros."""
    for seed in SEEDS:
        variant = bank["text_data/multi_hot_row"].variant(seed)
        shown = variant.parameters
        vector = np.zeros(shown["dimension"])
        vector[shown["sequence"]] = 1
        found = {"ones": vector.sum(), "zeros": (vector == 0).sum()}[shown["asked"]]
        assert credit(variant, float(found)) == 1
