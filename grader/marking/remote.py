"""The student's work as hidden tests see it when it lives in the sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.marking.forward import Unknown, forward
from grader.sandbox import Asking, NotPlain, RemoteObject
from question_bank.checks import Layer

__all__ = ["SandboxModel", "SandboxStudent"]

Array = npt.NDArray[Any]

_EXTRA_SECONDS = 30.0


class SandboxStudent:
    """
    A `question_bank.checks.Student` whose code runs in *session*.

    Args:
        seconds: wall clock for each call.

    `predicted_in_child` becomes True once a model's predictions had to come from the student's process.
    """

    def __init__(self, session: Asking, *, seconds: float, seed: int) -> None:
        self.predicted_in_child = False
        self._session = session
        self._seconds = seconds
        self._seed = seed

    def get(self, name: str) -> Any:
        """The value of *name*; raises a `StudentError` where there is none."""
        return self._wrapped(self._session.get(name, seconds=self._seconds))

    def call(self, name: str, *args: Any, seed: int = 0, **kwargs: Any) -> Any:
        """What the student's *name* returns for these arguments, reseeded with *seed*."""
        value = self._session.call(name, args, kwargs, seconds=self._seconds, seed=self._seed + seed)
        return self._wrapped(value)

    def model(self, name: str) -> SandboxModel:
        """The Keras model of that *name*."""
        value = self.get(name)
        if not isinstance(value, SandboxModel):
            raise NotPlain(f"{name} is not a Keras model")
        return value

    def _wrapped(self, value: Any) -> Any:
        if isinstance(value, RemoteObject) and value.is_model:
            return SandboxModel(self, self._session, value, self._seconds)
        return value


class SandboxModel:
    """A `question_bank.checks.Model` that stays in the sandbox; its specification and weights cross once."""

    def __init__(self, student: SandboxStudent, session: Asking, handle: RemoteObject, seconds: float) -> None:
        self._student = student
        self._session = session
        self._handle = handle
        self._seconds = seconds
        self._exported: Mapping[str, Any] | None = None

    @property
    def _claims(self) -> Mapping[str, Any]:
        if self._exported is None:
            self._exported = self._session.export_model(self._handle, seconds=_EXTRA_SECONDS)
        return self._exported

    @property
    def layers(self) -> Sequence[Layer]:
        """Its layers without the input."""
        return [
            Layer(layer["class"], layer["config"], tuple(layer["weights"]))
            for layer in self._claims["layers"]
            if layer["class"] != "InputLayer"
        ]

    @property
    def compiled(self) -> Mapping[str, Any]:
        """What `compile` was told."""
        compiled: Mapping[str, Any] = self._claims["compiled"]
        return compiled

    @property
    def history(self) -> Mapping[str, Sequence[float]] | None:
        """What the last `fit` returned."""
        history: Mapping[str, Sequence[float]] | None = self._claims["history"]
        return history

    def count_weights(self) -> int:
        """The number of single weights, counted from the arrays that crossed."""
        return sum(int(array.size) for layer in self.layers for array in layer.weights)

    def predict(self, x: Array) -> Array:
        """Outputs for *x*: computed here if the model is a chain of known layers, else in the child."""
        if self._claims["sequential"]:
            try:
                return forward(self.layers, x)
            except Unknown:
                pass
        self._student.predicted_in_child = True
        return np.asarray(self._session.predict(self._handle, x, seconds=self._seconds))
