"""A class of one, built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import Isolation, Zygote
from papers import load_lock
from papers.from_files import build_files
from question_bank.bank import QUESTIONS
from tests.exams import one_part
from tests.grader.desk import SOFTMAX, STEP, Desk

EXAM = one_part(
    "again",
    "dense_layers/count_weights",
    "activations/softmax",
    "gradient_descent/numpy_step",
    "tensors/layer_input_size",
)


@pytest.fixture(scope="module")
def light() -> Iterator[Zygote]:
    """A zygote without TensorFlow, which these answers do not need."""
    with Zygote(Isolation.PROCESS, preload=False) as zygote:
        yield zygote


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("again")
    for question in ("dense_layers/count_weights", SOFTMAX, STEP, "tensors/layer_input_size"):
        shutil.copytree(QUESTIONS / question, root / "bank" / question)
    (root / "exam.toml").write_text(EXAM, encoding="utf-8")
    (root / "roster.csv").write_text("id,name\na1,Ann\n", encoding="utf-8")
    build_files(root / "exam.toml", root / "roster.csv", root / "out", bank=root / "bank")
    return root


@pytest.fixture
def desk(built: Path, tmp_path: Path, light: Zygote) -> Desk:
    shutil.copytree(built / "bank", tmp_path / "bank")
    return Desk(tmp_path / "bank", load_lock(built / "out"), light)
