"""What a Keras model says of itself, as plain data: layers, weights, how it was compiled, its history."""

from __future__ import annotations

from typing import Any

import numpy as np

from .plain import UnsendableError
from .values import describe, plain_or_none

__all__ = ["export"]


def export(model: Any) -> dict[str, Any]:
    """
    Return the claims of *model*; shapes are lists with None for the batch.

    Raises:
        UnsendableError: it is not a Keras model.
    """
    import keras

    if not isinstance(model, keras.Model):
        raise UnsendableError(f"a model: it is an object of type {type(model).__name__}")
    layers, chained = _chain(model)
    return {
        "layers": [_layer(layer) for layer in layers],
        "sequential": chained,
        "built": bool(model.built),
        "input_shape": _shape(model, "input_shape"),
        "compiled": _compiled(model),
        "history": _history(model),
    }


def _chain(model: Any) -> tuple[list[Any], bool]:
    """Return the layers in order, and whether each takes the output of the one before and nothing else."""
    import keras

    if isinstance(model, keras.Sequential):
        found: list[Any] = []
        whole = True
        for layer in model.layers:
            if isinstance(layer, keras.Sequential):
                inner, inner_whole = _chain(layer)
                found += inner
                whole = whole and inner_whole
            else:
                found.append(layer)
        return found, whole
    layers = [layer for layer in model.layers if not isinstance(layer, keras.layers.InputLayer)]
    return layers, _is_functional_chain(model, layers)


def _is_functional_chain(model: Any, layers: list[Any]) -> bool:
    inputs, outputs = getattr(model, "inputs", None), getattr(model, "outputs", None)
    if not inputs or not outputs or len(inputs) != 1 or len(outputs) != 1:
        return False
    tensor = inputs[0]
    for layer in layers:
        try:
            if layer.input is not tensor:
                return False
            tensor = layer.output
        except (AttributeError, ValueError):
            # Used twice, or never.
            return False
    return tensor is outputs[0]


def _layer(layer: Any) -> dict[str, Any]:
    return {
        "class": type(layer).__name__,
        "name": str(layer.name),
        "config": _config(layer),
        "weights": [np.asarray(weight) for weight in layer.get_weights()],
        "input_shape": _shape(layer, "input"),
        "output_shape": _shape(layer, "output"),
    }


def _config(layer: Any) -> dict[str, Any]:
    config = {}
    for name, content in layer.get_config().items():
        plain = plain_or_none(content)
        if plain is not None or content is None:
            config[str(name)] = plain
    if hasattr(layer, "activation"):
        config["activation"] = _activation(layer.activation)
    return config


def _activation(function: Any) -> str | None:
    """The name of an activation, however it was given: `"softmax"`, `keras.activations.softmax`, `tf.nn.softmax`."""
    if function is None:
        return None
    name = getattr(function, "__name__", None) or type(function).__name__
    return str(name).removesuffix("_v2")[:100]


def _shape(owner: Any, name: str) -> list[int | None] | None:
    """Return a shape, None if there is none yet or more than one."""
    try:
        found = getattr(owner, name)
        shape = found if name == "input_shape" else found.shape
        return [None if size is None else int(size) for size in shape]
    except (AttributeError, TypeError, ValueError):
        return None


def _compiled(model: Any) -> dict[str, Any]:
    config = getattr(model, "_compile_config", None)
    given = dict(getattr(config, "config", None) or {})
    optimizer = getattr(model, "optimizer", None)
    return {
        "loss": _text(given.get("loss", getattr(model, "loss", None))),
        "optimizer": None if optimizer is None else type(optimizer).__name__,
        "learning_rate": _learning_rate(optimizer),
        "metrics": [_text(metric) or "" for metric in _flat(given.get("metrics"))],
    }


def _text(thing: Any) -> str | None:
    if thing is None:
        return None
    return thing[:200] if isinstance(thing, str) else describe(thing)


def _flat(metrics: Any) -> list[Any]:
    if metrics is None:
        return []
    if isinstance(metrics, dict):
        metrics = list(metrics.values())
    if not isinstance(metrics, list | tuple):
        return [metrics]
    nested = [metric if isinstance(metric, list | tuple) else [metric] for metric in metrics]
    return [metric for output in nested for metric in output]


def _learning_rate(optimizer: Any) -> float | None:
    try:
        return float(f"{float(optimizer.learning_rate):.6g}")
    except (AttributeError, TypeError, ValueError):
        # None, or a schedule.
        return None


def _history(model: Any) -> dict[str, list[float]] | None:
    try:
        found = model.history.history
        return {str(name): [float(value) for value in curve] for name, curve in found.items()}
    except (AttributeError, TypeError, ValueError):
        return None
