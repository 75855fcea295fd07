"""From the student's objects to plain data and back, in a process where student code may have changed it."""

from __future__ import annotations

import inspect
import math
import sys
from typing import Any, Final

import numpy as np

from .plain import ARRAY_TYPES, DEPTH, RemoteObject, UnsendableError

__all__ = ["Converter", "describe", "plain_or_none"]

TEXT: Final = 200
UNTOLD: Final = frozenset(["name", "dtype", "trainable", "reduction"])


class Converter:
    """Turns objects into trees that can cross, and keeps those that cannot while the session lives."""

    def __init__(self) -> None:
        self._kept: list[Any] = []
        self._numbers: dict[int, int] = {}

    def tree(self, value: Any, depth: int = 0) -> Any:
        """
        Return *value* in exact plain types: tensors as arrays, NumPy scalars as Python's, else a handle.

        Raises:
            UnsendableError: it is nested too deep, or holds itself.
        """
        if depth > DEPTH:
            raise UnsendableError(f"a value nested deeper than {DEPTH} levels")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, np.generic):
            return self._scalar(value)
        if isinstance(value, str):
            # Not str(): a subclass may say something else of itself, an enum for one.
            return str.__str__(value)
        if isinstance(value, int):
            return self.handle(value) if value.bit_length() > 128 else int(value)
        if isinstance(value, float):
            return float(value)
        if isinstance(value, list | tuple):
            return [self.tree(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return self._mapping(value, depth)
        array = _as_array(value)
        if array is not None:
            return array.tolist() if array.dtype.kind == "U" else array
        return self.handle(value)

    def _scalar(self, value: Any) -> Any:
        plain = value.item()
        return plain if isinstance(plain, bool | int | float | str) else self.handle(value)

    def _mapping(self, value: dict[Any, Any], depth: int) -> Any:
        made = {}
        for key, item in dict.items(value):
            if isinstance(key, np.integer):
                key = int(key)
            if type(key) is not str and type(key) is not int:
                return self.handle(value)
            made[key] = self.tree(item, depth + 1)
        return made

    def handle(self, value: Any) -> RemoteObject:
        """Keep *value* here and return what stands for it on the trusted side."""
        number = self._numbers.setdefault(id(value), len(self._kept))
        if number == len(self._kept):
            self._kept.append(value)
        return RemoteObject(number, type(value).__name__[:100], is_model(value), describe(value))

    def kept(self, handle: RemoteObject) -> Any:
        """Return the object that *handle* stands for."""
        return self._kept[handle.number]

    def rebuilt(self, tree: Any) -> Any:
        """Return *tree* with the kept objects in place of their handles."""
        if isinstance(tree, RemoteObject):
            return self.kept(tree)
        if isinstance(tree, list):
            return [self.rebuilt(item) for item in tree]
        if isinstance(tree, dict):
            return {key: self.rebuilt(item) for key, item in tree.items()}
        return tree


def _as_array(value: Any) -> np.ndarray[Any, Any] | None:
    try:
        if isinstance(value, np.ndarray):
            array = np.asarray(value)
        elif isinstance(value, _tensor_types()):
            array = np.asarray(value.numpy())
        else:
            return None
    except (AttributeError, NotImplementedError):
        # A symbolic tensor has no value.
        return None
    if array.dtype.name == "bfloat16":
        array = array.astype(np.float32)
    if array.dtype.kind == "U" or array.dtype.newbyteorder("<").str in ARRAY_TYPES:
        return array
    return None


def _tensor_types() -> tuple[Any, ...]:
    # What is not loaded has made no value, and would take seconds to load.
    tf, keras = sys.modules.get("tensorflow"), sys.modules.get("keras")
    return (*((tf.Tensor, tf.Variable) if tf else ()), *((keras.Variable,) if keras else ()))


def is_model(value: Any) -> bool:
    """Say whether *value* is a Keras model."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.Model)


def plain_or_none(value: Any, depth: int = 0) -> Any:
    """Return a scalar, a text or a short nested list of them as exact plain types, None for all else."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple) and depth < 4 and len(value) <= 1000:
        return [plain_or_none(item, depth + 1) for item in value]
    return None


def describe(value: Any) -> str:
    """Return a short text: the name of a class or function, a Keras object as it is written, else a repr."""
    try:
        return _describe(value)[:TEXT]
    except BaseException:
        return "(an object that cannot be shown)"


def _describe(value: Any) -> str:
    if isinstance(value, type) or inspect.isroutine(value):
        return str(value.__name__)
    if not type(value).__module__.startswith("keras.") or not hasattr(value, "get_config"):
        return repr(value)
    if is_model(value):
        return f"{type(value).__name__}({value.name!r})"
    told = ", ".join(f"{name}={given!r}" for name, given in _given(value).items())
    return f"{type(value).__name__}({told})"


def _given(value: Any) -> dict[str, Any]:
    """Return the plain arguments that differ from the defaults of the constructor."""
    parameters = inspect.signature(type(value).__init__).parameters
    given = {}
    for name, content in value.get_config().items():
        parameter = parameters.get(name)
        plain = plain_or_none(content)
        if parameter is None or name in UNTOLD or plain is None:
            continue
        if name == "activation" and plain == "linear":
            continue
        if isinstance(plain, float):
            # Keras keeps a learning rate as float32: 0.001 comes back as 0.0010000000474974513.
            plain = float(f"{plain:.6g}")
        default = parameter.default
        if plain == default or (default in (None, ()) and plain in (None, [], False)):
            continue
        if isinstance(plain, float) and type(default) is float and math.isclose(plain, default, rel_tol=1e-6):
            continue
        given[name] = plain
    return given
