"""What a student gave for a typed answer: read from the source where that suffices, else fetched."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

import numpy as np

from grader.sandbox import RemoteObject
from question_bank.answers import Malformed
from question_bank.answers.numbers import arithmetic

__all__ = ["Written", "plain", "written"]

_LONGEST = 8_000


@dataclass(frozen=True)
class Written:
    """
    What the source of an answer cell says.

    Args:
        value: the plain value; a name or a call in it stands as its text.
        literal: the cell is this one assignment of constants and arithmetic: running it gives the same.
    """

    value: Any
    literal: bool


def written(source: str, name: str) -> Written | None:
    """
    What *source* assigns to *name* last, at top level; None where it can't be told without running it.

    Nothing is executed. Python's own parser reads at most 8,000 characters, which it can't be broken by.
    """
    if len(source) > _LONGEST:
        return None
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    values = [v for statement in body if (v := _assigned(statement, name)) is not None]
    if not values:
        return None
    reader = _Reader()
    try:
        value = reader.value(values[-1])
    except (Malformed, ValueError, RecursionError, MemoryError):
        # ValueError: an integer of more digits than Python prints
        return None
    return Written(value, literal=reader.literal and len(body) == 1)


def _assigned(statement: ast.stmt, name: str) -> ast.expr | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
            return value
        case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
            return value
    return None


class _Reader:
    def __init__(self) -> None:
        self.literal = True

    def value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=None | bool() | int() | float() | str() | EllipsisType() as value):
                return value
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.value(item) for item in items]
            case ast.Set(elts=items):
                return [self.value(item) for item in sorted(items, key=ast.unparse)]
            case ast.Dict(keys=keys, values=values) if all(isinstance(k, ast.Constant) for k in keys):
                return {
                    str(k.value): self.value(v)
                    for k, v in zip(keys, values, strict=True)
                    if isinstance(k, ast.Constant)
                }
            case ast.BinOp() | ast.UnaryOp() if not any(isinstance(n, ast.Name) for n in ast.walk(node)):
                return arithmetic(node)
        # an unquoted word or a Keras object: its text will do if running the cell gives nothing better
        self.literal = False
        return ast.unparse(node)


def plain(value: Any) -> Any:
    """*value*, fetched from the sandbox, without handles and arrays: a Keras object becomes its text."""
    if isinstance(value, RemoteObject):
        # a field that was left open beside one that had to run
        return ... if value.type_name == "ellipsis" else value.text
    if isinstance(value, np.ndarray):
        return value.item() if value.size == 1 else value.ravel()[:1000].tolist()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value
