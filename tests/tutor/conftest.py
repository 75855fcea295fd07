"""A tiny bank: one question of several kinds, as `dlexam new` makes them, filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from question_bank import Bank, load_bank
from question_bank.new import new_question

SETS = """
mock = "mock.toml"

[[set]]
name = "1_first"
title = { ko = "첫째", en = "First" }
questions = ["numbers/count", ["choices/one", "choices/many"], "words"]

[[set]]
name = "2_second"
title = { ko = "둘째", en = "Second" }
questions = ["code/scale", "essays/shuffle"]
"""
MOCK = """
[exam]
id = "mock"
title = { ko = "모의고사", en = "Mock" }
date = 2025-04-16
language = "ko"

[[part]]
name = "closed"
minutes = 10
[[part.slot]]
question = "numbers/count"
[[part.slot]]
question = "words/rate"
"""
QUESTIONS = {
    "numbers/count": "number",
    "choices/one": "choice",
    "choices/many": "choices",
    "words/rate": "term",
    "words/blank": "expression",
    "code/scale": "function",
    "essays/shuffle": "essay",
    "fields/output": "fields",
    "orders/steps": "order",
}


@pytest.fixture(scope="session")
def make_bank() -> Callable[[Path], Bank]:
    """Writes the tiny bank into a folder."""

    def make(folder: Path) -> Bank:
        folder.mkdir(exist_ok=True)
        for id, kind in QUESTIONS.items():
            for file in new_question(id, kind, folder):
                file.write_text(file.read_text(encoding="utf-8").replace("TODO: ", ""), encoding="utf-8")
        return load_bank(folder)

    return make


@pytest.fixture(scope="session")
def bank(make_bank: Callable[[Path], Bank], tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """The tiny bank, not to be changed."""
    return make_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    """Two sets and a mock exam of the tiny bank."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "mock.toml").write_text(MOCK, encoding="utf-8")
    (folder / "sets.toml").write_text(SETS, encoding="utf-8")
    return folder / "sets.toml"
