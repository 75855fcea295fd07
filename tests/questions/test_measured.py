"""What checks measure: a threshold decides, who listens hears of it, and hostile values are neither."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.marking import Bench, mark_code
from question_bank import Check
from question_bank.checks import CheckFailed, Measured, assert_accuracy, assert_at_least, assert_at_most, measuring


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench() as bench:
        yield bench


@pytest.mark.parametrize(
    ("check", "value", "passes"),
    [
        (assert_at_least, 0.8, True),
        (assert_at_least, np.float32(0.9), True),
        (assert_at_least, 0.7999, False),
        (assert_at_most, 0.8, True),
        (assert_at_most, np.array(0.1), True),
        (assert_at_most, 0.8001, False),
    ],
)
def test_thresholds(check: Any, value: Any, passes: bool) -> None:
    """The threshold itself passes; beyond it the named mistake is what failed."""
    with measuring() as found:
        if passes:
            check(value, 0.8, name="x", mistake="m")
        else:
            with pytest.raises(CheckFailed) as error:
                check(value, 0.8, name="x", mistake="m")
            assert error.value.mistake == "m"
    assert found == [Measured("x", float(value), 0.8, at_least=check is assert_at_least)]
    assert found[0].passed is passes


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "0.9", None, True, [0.9], np.ones(2), 1j])
def test_no_number_passes_by_being_odd(value: Any) -> None:
    """What is no finite real number fails both ways, and is no measurement."""
    for check in (assert_at_least, assert_at_most):
        with measuring() as found, pytest.raises(CheckFailed):
            check(value, 0.5, name="x")
        assert found == []


def test_nobody_listens() -> None:
    """Without a listener checks work as they do; listeners hear only of their own time."""
    assert_at_least(1, 0, name="before")
    with measuring() as outer:
        with measuring() as inner:
            assert_accuracy([1, 1, 0, 0], [1, 1, 1, 0], at_least=0.5)
        assert_at_most(0, 1, name="between")
    assert_at_least(1, 0, name="after")
    assert inner == [Measured("accuracy", 0.75, 0.5, at_least=True)]
    assert [measured.name for measured in outer] == ["between"]


HIDDEN = """
import pytest
from question_bank.checks import assert_at_least, assert_at_most, points

@pytest.fixture(scope="module")
def first(student):
    assert_at_least(student.value, 0.1, name="in the fixture")

@points(1)
def test_low(first, student):
    "Low."
    assert_at_most(student.value, 0.3, name="low")

@points(1)
def test_high(student):
    "High."
    assert_at_least(student.value, 0.7, name="high")

@points(1)
def test_no_threshold():
    "Nothing is measured."
"""


def test_marks_carry_it(bench: Bench, tmp_path: Path) -> None:
    """A mark says what each check measured, passed or failed; a later mark knows nothing of an earlier one."""
    (tmp_path / "hidden_test.py").write_text(HIDDEN)
    checks = [Check(f"test_{name}", 1) for name in ("low", "high", "no_threshold")]

    class Student:
        def __init__(self, value: float) -> None:
            self.value = value

    def marked(value: float) -> Any:
        student: Any = Student(value)
        file = tmp_path / "hidden_test.py"
        return mark_code(bench, file, checks, student=student, parameters={}, seed=0, known_mistakes=[])

    for value in (0.2, 0.9):
        mark = marked(value)
        found = [(check, measured.name, measured.value, measured.passed) for check, measured in mark.measured]
        assert found == [
            ("test_low", "in the fixture", value, True),
            ("test_low", "low", value, value <= 0.3),
            ("test_high", "high", value, value >= 0.7),
        ]
        assert mark.credit == pytest.approx(2 / 3)
