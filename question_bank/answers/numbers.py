"""Numbers as students write them: `65`, `4*(2+1)`, `1,234`, `60%`, `65개`, `2^8`, `1/3`."""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from collections.abc import Callable

from question_bank.answers.base import Malformed

__all__ = ["arithmetic", "read_number"]

_MAX_TEXT = 200
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "–": "-", "⁄": "/", "·": "*"})
_SUPERSCRIPTS = {
    "⁰": "0",
    "¹": "1",
    "²": "2",
    "³": "3",
    "⁴": "4",
    "⁵": "5",
    "⁶": "6",
    "⁷": "7",
    "⁸": "8",
    "⁹": "9",
}
# how people say that a number is rounded, and how they write a root
_ROUGHLY = re.compile(r"^(약|대략|about|approximately|approx\.?)\s*(?=[\d.+-])", re.IGNORECASE)
_ROOT = re.compile(r"(?:√|\b(?:math\.|np\.)?sqrt)\s*\(?\s*(\d+(?:\.\d+)?)\s*\)?")
_UNIT = re.compile(r"[^\W\d_]+(\s+[^\W\d_]+)*\s*\.?$")


def arithmetic(node: ast.expr) -> float:
    """
    The value of an expression made of numbers and `+ - * / // % **` alone.

    Raises:
        Malformed: anything else stands in it, or the result is not a finite number of usual size.
    """
    value = _value(node)
    if not (math.isfinite(value) and abs(value) <= 1e15):
        raise Malformed("not a finite number")
    return value


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=bool()):
            raise Malformed("true or false is not a number")
        case ast.Constant(value=int() | float() as value):
            if abs(value) > 1e15:
                raise Malformed("number too large")
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            base, exponent = _value(left), _value(right)
            if abs(exponent) > 64 or abs(base) > 1e6:
                raise Malformed("power too large")
            try:
                power = base**exponent
            except (ZeroDivisionError, OverflowError) as error:
                raise Malformed("not a finite number") from error
            if isinstance(power, complex):
                raise Malformed("not a real number")
            return float(power) if isinstance(power, float) else power
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            try:
                return _OPERATORS[type(op)](_value(left), _value(right))
            except (ZeroDivisionError, OverflowError) as error:
                raise Malformed("not a finite number") from error
    raise Malformed("not a number")


def read_number(given: object) -> tuple[float, bool]:
    """
    The number that *given* states, and whether it was written with a percent sign.

    `60%` is 0.6, and the flag tells it from a plain 0.6.

    Raises:
        Malformed: no number, more than one, or not finite.
    """
    if isinstance(given, bool):
        raise Malformed("true or false is not a number")
    if isinstance(given, int | float):
        # not by isfinite, which fails on long integers; nothing compares with a NaN
        if not abs(given) <= 1e15:
            raise Malformed("not a finite number")
        return given, False
    if not isinstance(given, str) or len(given) > _MAX_TEXT:
        raise Malformed("not a number")
    return _read_text(given)


def _read_text(given: str) -> tuple[float, bool]:
    # NFKC would turn 3² into 32
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "**" + "".join(_SUPERSCRIPTS[c] for c in m[0]), given)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    text = text.rsplit("=", 1)[-1].replace("^", "**").strip().strip("≈≃~$` ")
    text = _ROOT.sub(r"(\1)**0.5", _ROUGHLY.sub("", text))
    percent = text.endswith("%")
    if percent:
        text = text[:-1].rstrip()
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    for candidate in (text, _UNIT.sub("", text).strip()):
        # leading zeros are no Python, but `007` is a number to a student
        candidate = re.sub(r"(?<![\w.])0+(?=\d)", "", candidate)
        try:
            node = ast.parse(candidate, mode="eval").body
            value = arithmetic(node)
        except (SyntaxError, ValueError, RecursionError, MemoryError, Malformed):
            continue
        return (value / 100, True) if percent else (value, False)
    raise Malformed("not a number")
