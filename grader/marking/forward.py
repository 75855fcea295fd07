"""The forward pass of a plain chain of layers, computed in numpy on the trusted side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from question_bank.checks import CheckFailed, Layer

__all__ = ["Unknown", "forward"]

Array = npt.NDArray[np.float64]

_MOST_VALUES = 200_000_000


class Unknown(Exception):
    """A layer or setting that this module does not compute; the model then predicts in the child."""


def forward(layers: Sequence[Layer], x: npt.NDArray[Any]) -> Array:
    """
    What a chain of *layers* makes of *x*, in inference.

    Formulas as in the Keras documentation of each layer; within 1e-5 of Keras' own float32 results.

    Args:
        x: (batch, ...) inputs.

    Returns:
        (batch, ...) outputs, float64.

    Raises:
        Unknown: a layer that this module does not know.
        CheckFailed: the weights do not fit the layers, or are not finite.
    """
    values = np.asarray(x, dtype=np.float64)
    for layer in layers:
        if layer.kind not in _LAYERS:
            raise Unknown(layer.kind)
        for array in layer.weights:
            if array.dtype.kind != "f" or not np.isfinite(array).all():
                raise CheckFailed(detail=f"weights of {layer.kind} are not finite")
        try:
            with np.errstate(all="ignore"):
                values = _LAYERS[layer.kind](layer, values)
        except (ValueError, IndexError, TypeError, KeyError) as error:
            raise CheckFailed(detail=f"{layer.kind}: {error}") from error
        if values.size > _MOST_VALUES:
            raise CheckFailed(detail=f"{layer.kind}: {values.size} values at once")
    return values


def _dense(layer: Layer, x: Array) -> Array:
    kernel = layer.weights[0].astype(np.float64)
    y = x @ kernel
    if len(layer.weights) > 1:
        y = y + layer.weights[1].astype(np.float64)
    return _activate(layer.config.get("activation", "(not said)"), y)


def _activate(name: Any, x: Array) -> Array:
    if name is None:
        return x
    if not isinstance(name, str) or name not in _ACTIVATIONS:
        raise Unknown(f"activation {name!r}")
    return _ACTIVATIONS[name](x)


def _softmax(x: Array) -> Array:
    exponentials = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=-1, keepdims=True))


def _sigmoid(x: Array) -> Array:
    return np.asarray(np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), 1 - 1 / (1 + np.exp(-np.abs(x)))))


_ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "tanh": np.tanh,
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "softplus": lambda x: np.logaddexp(x, 0),
}


def _rescaling(layer: Layer, x: Array) -> Array:
    scale, offset = layer.config["scale"], layer.config.get("offset", 0.0)
    return np.asarray(x * np.asarray(scale, dtype=np.float64) + np.asarray(offset, dtype=np.float64))


def _reshape(layer: Layer, x: Array) -> Array:
    return x.reshape(len(x), *layer.config["target_shape"])


def _relu(layer: Layer, x: Array) -> Array:
    slope = layer.config.get("negative_slope") or 0.0
    if layer.config.get("max_value") is not None or layer.config.get("threshold"):
        raise Unknown("ReLU with a ceiling or threshold")
    return np.where(x > 0, x, slope * x)


def _batch_normalization(layer: Layer, x: Array) -> Array:
    scale, center = layer.config.get("scale", True), layer.config.get("center", True)
    if layer.config.get("axis", -1) not in (-1, x.ndim - 1):
        raise Unknown("BatchNormalization over another axis")
    weights = [w.astype(np.float64) for w in layer.weights]
    gamma = weights.pop(0) if scale else np.float64(1)
    beta = weights.pop(0) if center else np.float64(0)
    mean, variance = weights
    return np.asarray((x - mean) / np.sqrt(variance + layer.config["epsilon"]) * gamma + beta)


_LAYERS: Mapping[str, Callable[[Layer, Array], Array]] = {
    "InputLayer": lambda _, x: x,
    "Dense": _dense,
    "Flatten": lambda _, x: x.reshape(len(x), -1),
    "Reshape": _reshape,
    "Dropout": lambda _, x: x,
    "Rescaling": _rescaling,
    "Activation": lambda layer, x: _activate(layer.config.get("activation", "(not said)"), x),
    "ReLU": _relu,
    "Softmax": lambda _, x: _softmax(x),
    "BatchNormalization": _batch_normalization,
}
