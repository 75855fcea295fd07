"""Types of problems: counts by simulation, and the options against the table that they come from."""

import tomllib
from typing import Any

import numpy as np
import pytest

from question_bank import Bank, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def table(bank: Bank, question: str, name: str) -> dict[str, Any]:
    return tomllib.loads((bank[question].folder / name).read_text(encoding="utf-8"))


def test_always_no_by_counting(bank: Bank) -> None:
    """Predicting no for every sample of such test data is right as often as the right answer says."""
    for seed in SEEDS:
        variant = bank["problem_types/one_digit"].variant(seed)
        shown = variant.parameters
        if shown["told"] == "classes":
            positive = np.repeat(np.arange(shown["classes"]), 50) == 0
        else:
            positive = np.arange(shown["total"]) < shown["positives"]
        accuracy = float((positive == np.zeros(len(positive), dtype=bool)).mean())
        assert credit(variant, f"{100 * accuracy:.1f}") == 1
        assert credit(variant, f"{100 * accuracy:.1f} %") == 1
        assert credit(variant, 100 * positive.mean()) == 0


def test_classify_agrees_with_its_table(bank: Bank) -> None:
    """The type under which a situation stands is right; all three types are asked for equally often."""
    kinds = {
        entry["ko"]: entry["kind"] for entry in table(bank, "problem_types/classify", "situations.toml")["situation"]
    }
    asked = []
    for seed in SEEDS:
        variant = bank["problem_types/classify"].variant(seed)
        kind = kinds[bank["problem_types/classify"].texts(variant, "ko").prompt.split("\n")[0]]
        assert credit(variant, LETTERS[variant.answer.option_ids().index(kind)]) == 1
        asked.append(kind)
    assert min(asked.count(kind) for kind in set(kinds.values())) > 120


def test_same_data_ticks_what_the_table_says(bank: Bank) -> None:
    """The right ticks are the questions that stand under the asked type; each other type is shown too."""
    kinds = {
        entry["en"]: kind
        for data in table(bank, "problem_types/same_data", "data.toml")["data"]
        for kind in ("binary", "multiclass", "regression")
        for entry in data[kind]
    }
    for seed in SEEDS:
        question = bank["problem_types/same_data"]
        variant = question.variant(seed)
        shown = [kinds[text] for text in question.texts(variant, "en").options.values()]
        ticked = [letter for letter, kind in zip(LETTERS, shown, strict=False) if kind == variant.parameters["kind"]]
        assert credit(variant, ticked) == 1
        assert set(shown) == {"binary", "multiclass", "regression"}
