"""The curriculum is asked for: every fact, the announced ones twice, and each contrast by a question of its own."""

from __future__ import annotations

import pytest

from question_bank import load_bank
from question_bank.answers.code import Code

BANK = load_bank()
FACTS = [f"F{number:02}" for number in range(1, 51)]
# what the lecturer announced for the exam, or insisted on
STARRED = (
    *("F03", "F04", "F05", "F06", "F07", "F08", "F13", "F16", "F17", "F18", "F20", "F21", "F22", "F27", "F28", "F29"),
    *("F35", "F40", "F42", "F44", "F45", "F46", "F47", "F48", "F49", "F50"),
)
CONTRASTS = {
    "SGD, mini-batch, BGD": "gradient_descent/which_descent",
    "sparse and one-hot labels": "labels/label_shapes",
    "dense and sparse connection": "dense_layers/dense_or_sparse",
    "loss and metric": "losses/loss_or_metric",
    "sigmoid, softmax, none": "output_layers/two_classes",
    "model(x) and predict": "prediction/call_or_predict",
    "min-max and standardise": "preprocessing/which_scaling",
    "linear regression and neural network": "activations/without_activation",
    "binary, multi-class, regression": "problem_types/classify",
}


@pytest.mark.parametrize("fact", FACTS)
def test_facts(fact: str) -> None:
    """Every fact is asked for; a starred one by two questions at least."""
    asked = [question.id for question in BANK if fact in question.definition.facts]
    assert len(asked) >= (2 if fact in STARRED else 1), asked


@pytest.mark.parametrize("id", CONTRASTS.values())
def test_contrasts(id: str) -> None:
    """Each contrast that the lecturer makes has its question."""
    assert id in BANK.questions


def test_size() -> None:
    """80 questions at least, 24 of them code that runs."""
    assert len(BANK) >= 80
    assert len([question for question in BANK if isinstance(question.variant(0).answer, Code)]) >= 24


def test_midterms_have_no_final() -> None:
    """Convolution and Transformers belong to the final exam, and nothing else does."""
    final = {question.id for question in BANK if question.definition.final}
    assert {fact for id in final for fact in BANK[id].definition.facts} <= {"F23", "F24", "F21"}
    assert {"F23", "F24"} <= {fact for id in final for fact in BANK[id].definition.facts}
