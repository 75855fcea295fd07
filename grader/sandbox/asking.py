"""What hidden tests ask of a student's work, wherever it lives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np

from . import claims
from .errors import NotPlain
from .inside.plain import RemoteObject

__all__ = ["Asking", "Value"]

_Array: TypeAlias = np.ndarray[Any, Any]
Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str | int, Value] | _Array | RemoteObject | None"
T = TypeVar("T")


class Asking(ABC):
    """
    Requests about names that student code defined, answered in plain data.

    Each has a wall-clock limit in seconds, kept where the work lives in another process.
    """

    @abstractmethod
    def _ask(self, verb: str, seconds: float, **content: Any) -> Any:
        """Carry out one request; raise what `claims.opened` raises."""

    def _checked(self, read: Callable[[Any], T], claim: Any) -> T:
        """What *read* makes of *claim*."""
        return read(claim)

    def get(self, name: str, *, of: RemoteObject | None = None, seconds: float) -> Value:
        """
        Return what *name* stands for after the cells so far, or the attribute *name* of an object.

        Raises:
            NameMissing: it is not defined, or is ``...``.
            NotPlain: it is too large or too deep.
            ChildLost: the session is over.
        """
        value: Value = self._ask("get", seconds, name=name, of=of)
        return value

    def call(
        self,
        target: str | RemoteObject,
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        method: str | None = None,
        seconds: float,
        seed: int,
    ) -> Value:
        """
        Call what *target* names (never a built-in), or its *method*, and return the result.

        Args:
            target: a name that cells defined, or an object that stayed in the child.
            args: plain values, arrays and objects of this session.
            kwargs: the same, by name.
            method: the name of an attribute to call instead.
            seconds: the limit.
            seed: seeds Python, NumPy and Keras right before the call.

        Raises:
            StudentRaised: the call raised.
            NameMissing: there is no such name or method.
            NotPlain: the result is too large or too deep.
            ChildLost: the session is over.
        """
        value: Value = self._ask(
            "call",
            seconds,
            target=target,
            args=list(args),
            kwargs=dict(kwargs or {}),
            method=method,
            seed=seed,
        )
        return value

    def export_model(self, model: RemoteObject, *, seconds: float) -> dict[str, Any]:
        """
        Return what a Keras model says of itself: well-formed, but claims all the same.

        ``layers`` is a list of ``class``, ``name``, ``config`` (its plain part), ``weights`` (arrays),
        ``input_shape`` and ``output_shape``, nested Sequential models taken apart; ``sequential`` says
        whether each layer takes the output of the one before and nothing else; then ``built``,
        ``input_shape``, ``compiled`` (``loss``, ``optimizer``, ``learning_rate``, ``metrics``) and
        ``history``, None before any fit.

        Raises:
            NotPlain: it is not a Keras model, or too large.
            StudentRaised: it would not say.
            ChildLost: the session is over.
        """
        reply = self._ask("export", seconds, model=model)
        return self._checked(claims.model, reply)

    def predict(self, model: RemoteObject, x: np.ndarray[Any, Any], *, seconds: float) -> np.ndarray[Any, Any]:
        """
        Return ``model.predict(x)`` as computed by the child.

        Raises:
            NotPlain: the result is not an array.
            StudentRaised: it raised.
            ChildLost: the session is over.
        """
        value = self._ask("predict", seconds, model=model, x=x)
        if not isinstance(value, np.ndarray):
            raise NotPlain("a prediction that is not an array")
        return value
