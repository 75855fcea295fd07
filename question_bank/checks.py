"""
The words of which hidden tests are made.

A hidden test sees the student's work only through `Student` and `Model`, so the same test serves in the
batch grader (student code in another process) and inside a notebook. A check fails by `CheckFailed` or by
a plain `assert`; a fault of the student's code reaches the test as an exception of the sandbox and is the
student's; any other exception is the grader's own fault and costs nobody points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

import numpy as np
import numpy.typing as npt
import pytest

__all__ = [
    "CheckFailed",
    "Layer",
    "Measured",
    "Model",
    "Student",
    "array",
    "assert_accuracy",
    "assert_at_least",
    "assert_at_most",
    "assert_close",
    "expect",
    "fail",
    "measuring",
    "number",
    "points",
]

Array = npt.NDArray[Any]

_DEEPEST = 8
_NUMBERS = frozenset([int, float, *(np.dtype(code).type for code in "bhilqBHILQefd")])

points = pytest.mark.points
"""`@points(2)`: the check's share of the slot's points, relative to the other checks."""


class CheckFailed(AssertionError):
    """
    The student's work fails a check.

    Args:
        mistake: id of the named mistake that was recognised.
        detail: what was seen, for the TA; no student reads it.
    """

    def __init__(self, mistake: str | None = None, detail: str = "") -> None:
        self.mistake = mistake
        self.detail = detail
        super().__init__(detail or mistake or "check failed")


@dataclass(frozen=True)
class Measured:
    """
    A quantity that a check held against a threshold.

    Args:
        name: what was measured, such as `accuracy`.
        value: finite.
        threshold: the value must be *at_least* that, or else at most that.
    """

    name: str
    value: float
    threshold: float
    at_least: bool

    @property
    def passed(self) -> bool:
        """Whether the value lies on the right side; the threshold itself does."""
        return self.value >= self.threshold if self.at_least else self.value <= self.threshold


_measured: ContextVar[list[Measured] | None] = ContextVar("measured", default=None)


@contextmanager
def measuring() -> Iterator[list[Measured]]:
    """A list that grows by what checks measure meanwhile; `dlexam check --calibrate` reads it."""
    found: list[Measured] = []
    token = _measured.set(found)
    try:
        yield found
    finally:
        _measured.reset(token)


@dataclass(frozen=True)
class Layer:
    """
    A layer as the student's side describes it: claims, but for the weights' shapes.

    Args:
        kind: class name, such as `Dense`.
        config: its plain settings, such as `units` and `activation`.
        weights: its arrays, kernel first.
    """

    kind: str
    config: Mapping[str, Any]
    weights: tuple[Array, ...]


class Model(Protocol):
    """A model of the student's. Only its weights and what is computed from them are evidence."""

    @property
    def layers(self) -> Sequence[Layer]:
        """Its layers, inputs left out."""
        ...

    @property
    def compiled(self) -> Mapping[str, Any]:
        """What `compile` was told: `loss`, `optimizer`, `learning_rate`, `metrics`; a claim."""
        ...

    @property
    def history(self) -> Mapping[str, Sequence[float]] | None:
        """What the last `fit` returned; a claim."""
        ...

    def count_weights(self) -> int:
        """The number of single weights, counted from the arrays."""
        ...

    def predict(self, x: Array) -> Array:
        """Outputs for *x*; computed on the trusted side for models made of the course's layers."""
        ...


class Student(Protocol):
    """The student's work after the cell has run."""

    def get(self, name: str) -> Any:
        """The value of *name*."""
        ...

    def call(self, name: str, *args: Any, seed: int = 0, **kwargs: Any) -> Any:
        """What the student's *name* returns; a Keras model comes as a `Model`."""
        ...

    def model(self, name: str) -> Model:
        """The Keras model of that *name*."""
        ...


def fail(mistake: str | None = None, detail: str = "") -> NoReturn:
    """Fail the check, naming *mistake*."""
    raise CheckFailed(mistake, detail)


def expect(condition: bool, mistake: str | None = None, detail: str = "") -> None:
    """Fail the check unless *condition* is exactly True."""
    # `is True`: an array, NaN or a lying object is no yes
    if condition is not True and not (isinstance(condition, np.bool_) and bool(condition)):
        raise CheckFailed(mistake, detail)


def number(value: Any) -> float:
    """*value* as a float; the check fails unless it is a finite real number (or an array holding one)."""
    values = array(value)
    expect(
        values.size == 1 and type(value) not in (list, tuple),
        detail=f"expected one number, got shape {values.shape}",
    )
    expect(bool(np.isfinite(values).all()), detail="not finite")
    return float(values.item())


def assert_close(
    actual: Any,
    expected: npt.ArrayLike,
    *,
    atol: float = 1e-6,
    rtol: float = 1e-5,
    mistakes: Mapping[str, npt.ArrayLike] | None = None,
) -> None:
    """
    *actual* has exactly the shape of *expected*, is finite, and is at most `atol + rtol * |expected|` off.

    A list of numbers counts as an array; so does a number where a number is expected. If *actual* equals one
    of *mistakes* instead, the failure names it.
    """
    want = np.asarray(expected, dtype=np.float64)
    got = array(actual)
    if got.shape == want.shape and _within(got, want, atol, rtol):
        return
    for name, value in (mistakes or {}).items():
        other = np.asarray(value, dtype=np.float64)
        if got.shape == other.shape and _within(got, other, atol, rtol):
            fail(name, "equals the result of this mistake")
    expect(got.shape == want.shape, detail=f"shape {got.shape}, expected {want.shape}")
    expect(bool(np.isfinite(got).all()), detail="not finite")
    fail(detail="values differ")


def assert_accuracy(predicted: Any, labels: npt.ArrayLike, *, at_least: float, mistake: str | None = None) -> None:
    """
    At least the share *at_least* of *predicted* names the right class.

    Args:
        predicted: (n,) whole numbers, or (n, classes) finite scores of which the largest counts.
        labels: (n,) the true classes.
    """
    true = np.asarray(labels)
    got = array(predicted)
    expect(bool(np.isfinite(got).all()), detail="not finite")
    if got.ndim == 2 and got.shape[0] == true.shape[0] and got.shape[1] > 1:
        got = got.argmax(axis=1)
    expect(got.shape == true.shape and true.size > 0, detail=f"shape {got.shape}, expected {true.shape}")
    assert_at_least((got == true).mean(), at_least, name="accuracy", mistake=mistake)


def assert_at_least(value: Any, threshold: float, *, name: str, mistake: str | None = None) -> None:
    """*value*, one finite number, is *threshold* or more; *name* says what it is."""
    _hold(Measured(name, number(value), threshold, at_least=True), mistake)


def assert_at_most(value: Any, threshold: float, *, name: str, mistake: str | None = None) -> None:
    """*value*, one finite number, is *threshold* or less; *name* says what it is."""
    _hold(Measured(name, number(value), threshold, at_least=False), mistake)


def _hold(measured: Measured, mistake: str | None) -> None:
    if (collected := _measured.get()) is not None:
        collected.append(measured)
    detail = f"{measured.name} {measured.value:.3f}, needed {measured.threshold:g}"
    expect(measured.passed, mistake, detail)


def array(value: Any) -> npt.NDArray[np.float64]:
    """
    *value* as float64, in its own shape; the check fails unless it is plain numbers and nothing else.

    Plain are numbers, numpy arrays and scalars of number types, and lists and tuples of these; a truth value,
    a text or an instance of a subclass is not.
    """
    expect(_is_plain(value), detail=f"expected numbers, got {type(value).__name__}")
    try:
        numbers = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        fail(detail=f"expected numbers, got {type(value).__name__}")
    expect(numbers.dtype.kind in "iuf", detail=f"expected numbers, got {type(value).__name__} of {numbers.dtype}")
    return numbers.astype(np.float64)


def _is_plain(value: Any, depth: int = 0) -> bool:
    # exact types: what a subclass says of itself when numpy asks may differ from what it holds
    kind = type(value)
    if kind in (list, tuple):
        return depth < _DEEPEST and all(_is_plain(item, depth + 1) for item in value)
    if kind is np.ndarray:
        return value.dtype.kind in "iuf"
    return kind in _NUMBERS


def _within(got: Array, want: Array, atol: float, rtol: float) -> bool:
    with np.errstate(all="ignore"):
        return bool((np.abs(got - want) <= atol + rtol * np.abs(want)).all())
