"""Losses: the typed questions' right answers, found again from what the student reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from scipy.spatial import distance
from scipy.special import softmax
from scipy.stats import entropy
from sklearn.metrics import log_loss, mean_squared_error

from question_bank import Question, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def variants(question: Question) -> Iterator[tuple[Variant, str]]:
    """The variants of all seeds, each with its English prompt."""
    for seed in SEEDS:
        variant = question.variant(seed)
        yield variant, question.texts(variant, "en").prompt


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def table(prompt: str) -> list[list[float]]:
    """The rows of numbers of the table in *prompt*."""
    rows = [line.strip("| ").split("|")[1:] for line in prompt.splitlines() if line.startswith("| **")]
    return [[float(Fraction(cell.strip())) for cell in row] for row in rows]


def test_information_by_halving(bank) -> None:
    """A bit halves what is possible: the printed probability, or the number of cases, is halved down to one case."""
    for variant, prompt in variants(bank["losses/information"]):
        cases = 1
        for inverse in re.findall(r"1/(\d+)", prompt) or re.findall(r"[Oo]ne of (\d+)", prompt):
            cases *= int(inverse)
        bits = 0
        while cases > 1:
            cases, rest = divmod(cases, 2)
            assert rest == 0
            bits += 1
        assert credit(variant, bits) == 1


def test_cross_entropy_value_by_scikit_learn(bank) -> None:
    """`log_loss` of the printed table, in bits; a soft target is one weighted sample for each class."""
    for variant, prompt in variants(bank["losses/cross_entropy_value"]):
        rows = table(prompt)
        targets, predictions = rows[::2], rows[1::2]
        count = len(targets[0])
        labels = [k for _ in targets for k in range(count)]
        repeated = [prediction for prediction in predictions for _ in range(count)]
        nats = log_loss(labels, repeated, sample_weight=np.ravel(targets), labels=range(count))
        assert credit(variant, round(nats / np.log(2), 6)) == 1


def test_closer_prediction_by_scipy(bank) -> None:
    """Of the options as printed, scipy finds the same one; and all are as accurate as the prompt says."""
    question = bank["losses/closer_prediction"]
    for variant, prompt in variants(question):
        [target] = re.findall(r"```python\n\[(.*?)\]\n```", prompt)
        label = target.split(", ").index("1")
        texts = question.texts(variant, "en").options
        rows = [[float(p) for p in texts[option].strip("`[]").split(", ")] for option in variant.answer.options]
        assert all(abs(sum(row) - 1) < 1e-9 for row in rows)
        assert {int(np.argmax(row)) == label for row in rows} == {"class of this sample right" in prompt}
        # a one-hot target has no entropy, so its KL divergence is its cross-entropy
        values = entropy(np.eye(4)[[label] * len(rows)], rows, axis=1)
        best = np.argmin(values) if "smallest cross-entropy" in prompt else np.argmax(values)
        assert credit(variant, LETTERS[best]) == 1


def test_kl_divergence_from_the_printed_values(bank) -> None:
    """The two printed values determine the third; real distributions obey the same equation."""
    random = np.random.default_rng(1)
    p, q = random.dirichlet(np.ones(5), size=2)
    assert np.isclose(entropy(p, q), -(p * np.log(q)).sum() - entropy(p))
    for variant, prompt in variants(bank["losses/kl_divergence"]):
        given = {name: Fraction(value) for name, value in re.findall(r"\*\* (\w+\(.*?\)) is ([\d.]+) bits", prompt)}
        kl, cross, own = (given.get(name) for name in ("KL(p ∥ q)", "H(p, q)", "H(p)"))
        assert len(given) == 2
        third = cross - own if kl is None else own + kl if cross is None else cross - kl
        assert third > 0
        assert credit(variant, float(third)) == 1


def test_name_the_loss_by_running_the_code(bank) -> None:
    """Where code is shown, it computes what scipy or scikit-learn computes under that name."""
    random = np.random.default_rng(2)
    p, q = random.dirichlet(np.ones(4), size=2)
    known = {
        "KL divergence": entropy(p, q),
        "cosine similarity": 1 - distance.cosine(p, q),
        "cross-entropy": log_loss(range(4), [q] * 4, sample_weight=p),
    }
    seen = set()
    for variant, prompt in variants(bank["losses/name_the_loss"]):
        for code in re.findall(r"```python\n(.*?)\n```", prompt):
            value = eval(code, {"np": np, "p": p, "q": q, "a": p, "b": q})
            names = [name for name, other in known.items() if np.isclose(value, other)]
            assert [credit(variant, name) for name in names] == [1]
            seen.add(code)
    assert len(seen) == 3


def test_squared_error_value_by_scikit_learn(bank) -> None:
    """`mean_squared_error` of the printed target and output."""
    for variant, prompt in variants(bank["losses/squared_error_value"]):
        target, output = table(prompt)
        assert credit(variant, round(mean_squared_error(target, output), 6)) == 1


def test_squared_error_value_agrees_with_keras(bank) -> None:
    """The mean over the outputs is the one that Keras takes."""
    import keras

    for variant, prompt in list(variants(bank["losses/squared_error_value"]))[:20]:
        target, output = np.array(table(prompt))
        assert credit(variant, float(keras.losses.mean_squared_error(target, output))) == 1


def test_loss_of_classification_by_the_question_word(bank) -> None:
    """Who asks how much or how many wants a regression; all others want a class."""
    question = bank["losses/loss_of_classification"]
    for variant, prompt in variants(question):
        situations = re.findall(r"^- \(\d\) (.*)$", prompt, re.MULTILINE)
        asks = [re.search(r"how (much|many)|how many", told) is not None for told in situations]
        wanted = ", ".join(
            f"({i}) {'mean squared error' if much else 'cross-entropy'}" for i, much in enumerate(asks, start=1)
        )
        texts = question.texts(variant, "en").options
        [letter] = [LETTERS[i] for i, option in enumerate(variant.answer.options) if texts[option] == wanted]
        assert credit(variant, letter) == 1


def test_squared_error_for_classes_by_gradients() -> None:
    """Confidently wrong, the mean squared error has next to no gradient before the softmax; cross-entropy has a large one."""
    scores, target, step = np.array([12.0, 0.0, 0.0, 0.0]), np.array([0, 1, 0, 0]), 1e-5

    def slopes(loss: object) -> np.ndarray:
        moves = step * np.eye(4)
        return np.array([(loss(softmax(scores + m)) - loss(softmax(scores - m))) / (2 * step) for m in moves])

    squared = slopes(lambda q: mean_squared_error(target, q))
    crossed = slopes(lambda q: -np.log(q[1]))
    assert np.abs(squared).max() < 1e-3
    assert np.abs(squared).max() > 0
    assert np.abs(crossed).max() > 0.9
    # bounded and unbounded
    assert mean_squared_error(target, softmax(10 * scores)) <= 2 / 4
    assert -np.log(softmax(10 * scores)[1]) > 100


def test_loss_or_metric_roles_by_a_small_step(bank) -> None:
    """Of a model's outputs, a tiny step changes both errors and none of the counts; the right option says so."""
    from sklearn.metrics import accuracy_score, mean_absolute_error, precision_score, recall_score

    random = np.random.default_rng(3)
    labels, outputs = random.integers(0, 2, 60), random.uniform(size=60)
    outputs = np.where(np.abs(outputs - 0.5) < 0.01, 0.6, outputs)
    measures = {
        "mean squared error": lambda q: mean_squared_error(labels, q),
        "mean absolute error": lambda q: mean_absolute_error(labels, q),
        "accuracy": lambda q: accuracy_score(labels, q > 0.5),
        "precision": lambda q: precision_score(labels, q > 0.5),
        "recall": lambda q: recall_score(labels, q > 0.5),
    }
    role = {
        name: "can be a loss and a metric" if measure(outputs) != measure(outputs + 1e-4) else "can only be a metric"
        for name, measure in measures.items()
    }
    question = bank["losses/loss_or_metric"]
    seen = 0
    for seed in SEEDS:
        variant = question.variant(seed)
        if variant.parameters["asked"] != "roles":
            continue
        seen += 1
        for option, text in question.texts(variant, "en").options.items():
            first, second = text.lower().rstrip(".").split(", and ")
            true = all(half.split(" can ")[1] == role[half.split(" can ")[0]][4:] for half in (first, second))
            assert credit(variant, LETTERS[variant.answer.options.index(option)]) == float(true)
    assert seen > 50
