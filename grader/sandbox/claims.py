"""The form of what a child says of a cell or a model: checked to the last field, believed in nothing."""

from __future__ import annotations

from typing import Any

import numpy as np

from .errors import NameMissing, NotPlain, StudentRaised, clean

__all__ = ["MalformedError", "cell", "model", "opened"]

MESSAGE = 500
TRACEBACK = 4000
NAME = 100
TEXT = 200


class MalformedError(Exception):
    """A claim does not have the form that it must have."""


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise MalformedError(f"a malformed {what}")


def _fields(claim: Any, names: str, what: str) -> dict[str, Any]:
    _require(type(claim) is dict and claim.keys() == set(names.split()), what)
    fields: dict[str, Any] = claim
    return fields


def _text(claim: Any, limit: int, what: str) -> str:
    _require(type(claim) is str, what)
    return clean(claim, limit)


def _text_or_none(claim: Any, limit: int, what: str) -> str | None:
    return None if claim is None else _text(claim, limit, what)


def _shape(claim: Any, what: str) -> list[int | None] | None:
    if claim is None:
        return None
    _require(type(claim) is list and all(size is None or type(size) is int for size in claim), what)
    shape: list[int | None] = claim
    return shape


def opened(reply: Any) -> Any:
    """
    Return what a reply holds.

    Raises:
        NameMissing: there is no such name.
        NotPlain: what there is cannot cross.
        StudentRaised: student code raised.
        MalformedError: it is no reply.
    """
    if type(reply) is dict and len(reply) == 1:
        [(outcome, content)] = reply.items()
        if outcome == "value":
            return content
        if outcome == "missing" and type(content) is str:
            raise NameMissing(content)
        if outcome == "not_plain" and type(content) is str:
            raise NotPlain(content)
        if outcome == "raised" and type(content) is list and [type(part) for part in content] == [str, str]:
            raise StudentRaised(*content)
    raise MalformedError("an answer of another form")


def cell(claim: Any) -> dict[str, Any]:
    """
    Return the fields of a `CellResult`.

    Raises:
        MalformedError: it is not one.
    """
    fields = _fields(claim, "ok error_type message traceback", "cell result")
    _require(type(fields["ok"]) is bool, "cell result")
    return {
        "ok": fields["ok"],
        "error_type": _text_or_none(fields["error_type"], NAME, "cell result"),
        "message": _text_or_none(fields["message"], MESSAGE, "cell result"),
        "traceback": _text_or_none(fields["traceback"], TRACEBACK, "cell result"),
    }


def model(claim: Any) -> dict[str, Any]:
    """
    Return an exported model.

    Raises:
        MalformedError: it is not one.
    """
    fields = _fields(claim, "layers sequential built input_shape compiled history", "model")
    _require(type(fields["sequential"]) is bool and type(fields["built"]) is bool, "model")
    _require(type(fields["layers"]) is list, "model")
    return {
        "layers": [_layer(layer) for layer in fields["layers"]],
        "sequential": fields["sequential"],
        "built": fields["built"],
        "input_shape": _shape(fields["input_shape"], "input shape"),
        "compiled": _compiled(fields["compiled"]),
        "history": _history(fields["history"]),
    }


def _layer(claim: Any) -> dict[str, Any]:
    fields = _fields(claim, "class name config weights input_shape output_shape", "layer")
    _require(type(fields["config"]) is dict, "layer")
    weights = fields["weights"]
    _require(type(weights) is list and all(type(weight) is np.ndarray for weight in weights), "layer")
    return {
        "class": _text(fields["class"], NAME, "layer"),
        "name": _text(fields["name"], NAME, "layer"),
        "config": {_text(name, NAME, "layer"): value for name, value in fields["config"].items()},
        "weights": weights,
        "input_shape": _shape(fields["input_shape"], "layer"),
        "output_shape": _shape(fields["output_shape"], "layer"),
    }


def _compiled(claim: Any) -> dict[str, Any]:
    fields = _fields(claim, "loss optimizer learning_rate metrics", "compilation")
    rate = fields["learning_rate"]
    _require(rate is None or type(rate) is float, "compilation")
    _require(type(fields["metrics"]) is list, "compilation")
    return {
        "loss": _text_or_none(fields["loss"], TEXT, "compilation"),
        "optimizer": _text_or_none(fields["optimizer"], NAME, "compilation"),
        "learning_rate": rate,
        "metrics": [_text(metric, TEXT, "compilation") for metric in fields["metrics"]],
    }


def _history(claim: Any) -> dict[str, list[float]] | None:
    if claim is None:
        return None
    _require(type(claim) is dict, "history")
    history = {}
    for name, curve in claim.items():
        _require(type(curve) is list and all(type(value) is float for value in curve), "history")
        history[_text(name, NAME, "history")] = curve
    return history
