"""The tests of a code question, found in the source of its files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from question_bank.errors import DlexamError

__all__ = ["Check", "find_checks", "find_examples"]


@dataclass(frozen=True)
class Check:
    """
    One test of a code question, hidden or open.

    Args:
        id: the test function's name.
        share: its part of the slot's points, relative to the other checks' shares.
    """

    id: str
    share: float


def find_checks(file: Path) -> Iterator[Check]:
    """
    The tests in *file* with their shares, read from the source: nothing is run.

    Raises:
        DlexamError: a test lacks its `@points` or its docstring, or there is none.
    """
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise DlexamError(error.msg, file=file, place=f"line {error.lineno}") from None
    tests = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    if not tests:
        raise DlexamError("holds no test_ function", file=file)
    for test in tests:
        marks = [d for d in test.decorator_list if isinstance(d, ast.Call) and _name(d.func) == "points"]
        values: list[Any] = [a.value for d in marks for a in d.args if isinstance(a, ast.Constant)]
        if len(values) != 1 or not isinstance(values[0], int | float) or not values[0] > 0:
            raise DlexamError("needs one @points(SHARE) above 0", file=file, place=test.name)
        if not ast.get_docstring(test):
            raise DlexamError("needs a docstring that states its claim", file=file, place=test.name)
        yield Check(test.name, float(values[0]))


def find_examples(file: Path) -> Iterator[Check]:
    """
    The open tests in *file*; none while it is not written.

    Raises:
        DlexamError: as `find_checks`, or a test is called otherwise than `test_example…`.
    """
    if not file.is_file():
        return
    for check in find_checks(file):
        if not check.id.startswith("test_example"):
            raise DlexamError("must be called test_example…", file=file, place=check.id)
        yield check


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
