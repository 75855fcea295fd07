"""Marks come from hidden tests and fail closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.grading.given import written
from grader.marking import Bench, mark_code, mark_typed
from grader.marking.forward import Unknown, forward
from grader.results.records import Outcome
from grader.sandbox import ChildDied, ChildTimedOut, NameMissing, StudentRaised
from question_bank import Check, Mistake, Number
from question_bank.checks import CheckFailed, Layer


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench() as bench:
        yield bench


@pytest.mark.parametrize(
    ("given", "outcome", "credit", "mistake"),
    [
        ("4*(2+1)", Outcome.RIGHT, 1.0, None),
        (12, Outcome.RIGHT, 1.0, None),
        ("12개", Outcome.RIGHT, 1.0, None),
        (8, Outcome.PARTLY, 0.5, "bias_forgotten"),
        (4, Outcome.WRONG, 0.0, "counted_neurons"),
        (99, Outcome.WRONG, 0.0, None),
        (..., Outcome.BLANK, 0.0, None),
        ("  ", Outcome.BLANK, 0.0, None),
        ("many", Outcome.MALFORMED, 0.0, None),
        (True, Outcome.MALFORMED, 0.0, None),
        (float("nan"), Outcome.MALFORMED, 0.0, None),
        ("60%", Outcome.WRONG, 0.0, None),
    ],
)
def test_typed(bench: Bench, given: object, outcome: Outcome, credit: float, mistake: str | None) -> None:
    """A number is judged by its value, a known mistake has its name, and no form is guessed."""
    answer = Number(12, {8: Mistake("bias_forgotten", 0.5), 4: Mistake("counted_neurons")})
    mark = mark_typed(bench, answer, given)
    assert (mark.outcome, mark.credit, mark.mistake) == (outcome, credit, mistake)


class Broken(Number):
    """An answer whose marking has a fault."""

    def mark(self, response: object) -> None:  # noqa: ARG002
        raise ZeroDivisionError


def test_a_fault_of_ours_leaves_the_points_open(bench: Bench) -> None:
    """An exception in marking is a grader error, never a silent zero and never full marks."""
    mark = mark_typed(bench, Broken(12), 12)
    assert (mark.outcome, mark.credit) == (Outcome.GRADER_ERROR, None)


class Raising:
    """A student whose code does one thing: raise *error*, or return 1."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error

    def call(self, _: str) -> int:
        if self.error is not None:
            raise self.error
        return 1


HIDDEN = """
from question_bank.checks import fail, points

@points(1)
def test_always(student):
    "It runs."

@points(3)
def test_call(student):
    "The call returns 1."
    assert student.call("f") == 1
"""


@pytest.mark.parametrize(
    ("error", "outcome", "credit"),
    [
        (None, Outcome.RIGHT, 1.0),
        (StudentRaised("ValueError", "no"), Outcome.PARTLY, 0.25),
        (ChildTimedOut("late"), Outcome.PARTLY, 0.25),
        (ChildDied("gone"), Outcome.PARTLY, 0.25),
        (NameMissing("f"), Outcome.PARTLY, 0.25),
        (CheckFailed("no_such_sentence"), Outcome.GRADER_ERROR, None),
        (KeyError("ours"), Outcome.GRADER_ERROR, None),
    ],
)
def test_code(bench: Bench, tmp_path: Path, error: Exception | None, outcome: Outcome, credit: float | None) -> None:
    """A check that the student's side broke earns nothing; a check that we broke leaves the slot open."""
    file = tmp_path / "hidden_test.py"
    file.write_text(HIDDEN)
    checks = [Check("test_always", 1), Check("test_call", 3)]
    mark = mark_code(bench, file, checks, student=Raising(error), parameters={}, seed=0, known_mistakes=[])
    assert (mark.outcome, mark.credit) == (outcome, credit)


def test_an_expected_check_that_did_not_run_is_ours(bench: Bench, tmp_path: Path) -> None:
    """The score is a sum over the expected checks: one that vanished leaves the slot open."""
    file = tmp_path / "hidden_test.py"
    file.write_text(HIDDEN)
    checks = [Check("test_always", 1), Check("test_gone", 1)]
    mark = mark_code(bench, file, checks, student=Raising(None), parameters={}, seed=0, known_mistakes=[])
    assert (mark.outcome, mark.credit) == (Outcome.GRADER_ERROR, None)


@pytest.mark.parametrize(
    ("source", "value", "literal"),
    [
        ("q01 = 12", 12, True),
        ("# thinking\nq01 = 4 * (2 + 1)", 12, True),
        ("q01 = ...", ..., True),
        ("q01 = B", "B", False),
        ('q01 = {"loss": losses.BinaryCrossentropy()}', {"loss": "losses.BinaryCrossentropy()"}, False),
        ("x = 3\nq01 = 7", 7, False),
    ],
)
def test_written(source: str, value: object, literal: bool) -> None:
    """Constants and arithmetic are read from the source; anything else only if running gives nothing better."""
    found = written(source, "q01")
    assert found is not None
    assert (found.value, found.literal) == (value, literal)


@pytest.mark.parametrize("source", ["q01 =", "q02 = 3", "(" * 5000, "q01 = 9**9**9", "x" * 10_000])
def test_not_written(source: str) -> None:
    """What cannot be read without running it, or would hurt to read, is None."""
    assert written(source, "q01") is None


def test_forward_refuses_what_it_does_not_know() -> None:
    """An unknown layer is not guessed; weights that are not finite fail the check."""
    with pytest.raises(Unknown):
        forward([Layer("Lambda", {}, ())], np.ones((2, 3)))
    with pytest.raises(Unknown):
        forward([Layer("Dense", {"units": 1}, (np.ones((3, 1)),))], np.ones((2, 3)))
    with pytest.raises(Unknown):
        forward([Layer("Dense", {"activation": "<lambda>"}, (np.ones((3, 1)),))], np.ones((2, 3)))
    with pytest.raises(CheckFailed):
        forward([Layer("Dense", {"activation": "relu"}, (np.full((3, 1), np.nan),))], np.ones((2, 3)))


@pytest.mark.slow
def test_forward_equals_keras() -> None:
    """The forward pass in numpy gives what Keras gives, for every layer that it knows."""
    import keras

    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((4, 4)),
            layers.Rescaling(1 / 255, offset=-0.5),
            layers.Flatten(),
            layers.Dense(7, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(6, activation="tanh"),
            layers.Reshape((3, 2)),
            layers.Reshape((6,)),
            layers.Dense(5, use_bias=False),
            layers.Activation("sigmoid"),
            layers.ReLU(),
            layers.Dense(3, activation="softmax"),
        ]
    )
    x = np.random.default_rng(0).uniform(0, 255, (50, 4, 4))
    ours = [
        Layer(type(layer).__name__, layer.get_config(), tuple(map(np.asarray, layer.get_weights())))
        for layer in model.layers
    ]
    assert np.abs(forward(ours, x) - model.predict(x, verbose=0)).max() < 1e-5
