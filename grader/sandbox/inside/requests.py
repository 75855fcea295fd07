"""What can be asked of the names that student code has defined, with answers in plain data."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from . import models, values
from .plain import RemoteObject, UnsendableError

__all__ = ["Requests", "message_of", "seed_all"]

MESSAGE: Final = 500


class _MissingError(Exception):
    """A name that student code did not define."""


class Requests:
    """
    Answers requests about *names*, the student's variables, whatever they hold.

    An answer is a dictionary of one key: `value`, or why there is none, `missing`, `not_plain` or `raised`.
    """

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names
        self.converter = values.Converter()
        self.verbs: dict[str, Callable[..., Any]] = {
            "get": self.get,
            "call": self.call,
            "export": self.export,
            "predict": self.predict,
        }

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out *request*, whose key `do` names a verb and whose other keys are its arguments."""
        try:
            return {"value": self.verbs[request.pop("do")](**request)}
        except _MissingError as missing:
            return {"missing": str(missing)}
        except UnsendableError as error:
            return {"not_plain": str(error)}
        except BaseException as error:
            return {"raised": [type(error).__name__[:100], message_of(error)]}

    def look_up(self, target: str | RemoteObject) -> Any:
        """Return what *target* stands for."""
        if isinstance(target, RemoteObject):
            return self.converter.kept(target)
        try:
            value = self.names[target]
        except KeyError:
            raise _MissingError(target) from None
        if value is Ellipsis:
            raise _MissingError(target)
        return value

    def get(self, name: str, of: RemoteObject | None) -> Any:
        """Return the value of *name*, or that attribute *of* an object."""
        if of is None:
            return self.converter.tree(self.look_up(name))
        owner = self.look_up(of)
        if not hasattr(owner, name):
            raise _MissingError(name)
        return self.converter.tree(getattr(owner, name))

    def call(
        self,
        target: str | RemoteObject,
        args: list[Any],
        kwargs: dict[str, Any],
        method: str | None,
        seed: int,
    ) -> Any:
        """Return what *target*, or its *method*, returns."""
        function = self.look_up(target)
        if method is not None:
            if not hasattr(function, method):
                raise _MissingError(method)
            function = getattr(function, method)
        args, kwargs = self.converter.rebuilt(args), self.converter.rebuilt(kwargs)
        seed_all(seed)
        result = function(*args, **kwargs)
        if asyncio.iscoroutine(result):
            result = asyncio.run(result)
        return self.converter.tree(result)

    def export(self, model: RemoteObject) -> dict[str, Any]:
        """Return what a Keras model says of itself."""
        return models.export(self.look_up(model))

    def predict(self, model: RemoteObject, x: np.ndarray[Any, Any]) -> Any:
        """Return the predictions of a Keras model."""
        made = self.look_up(model).predict(x, batch_size=256, verbose=0)
        return self.converter.tree(made)


def seed_all(seed: int) -> None:
    """Seed Python, NumPy and Keras; Keras only if it is loaded, for it takes seconds to import."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    keras = sys.modules.get("keras")
    if keras is not None:
        keras.utils.set_random_seed(seed % 2**32)


def message_of(error: BaseException) -> str:
    """Return the text of *error*, cut."""
    try:
        return str(error)[:MESSAGE]
    except BaseException:
        return "(an error whose text cannot be read)"
