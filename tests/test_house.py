"""The three rules of the house: who may import whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("question_bank", "papers", "grader", "dlexam")


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def packages_used(folder: Path) -> set[str]:
    found = (name.split(".")[0] for file in folder.rglob("*.py") for name in imports(file))
    return {name for name in found if name in PACKAGES}


@pytest.mark.parametrize(
    ("package", "may_use"),
    [
        ("question_bank", {"question_bank"}),
        ("papers", {"question_bank", "papers"}),
        ("grader", {"question_bank", "papers", "grader"}),
    ],
)
def test_imports_go_one_way(package: str, may_use: set[str]) -> None:
    """A package imports only those before it: question_bank, papers, grader, dlexam."""
    assert packages_used(ROOT / package) <= may_use


def test_what_runs_beside_student_code_imports_nothing_of_the_project() -> None:
    """The inside of the sandbox stands alone."""
    assert packages_used(ROOT / "grader" / "sandbox" / "inside") == set()


def test_only_the_sandbox_starts_tensorflow() -> None:
    """The trusted process never imports TensorFlow or Keras."""
    outside = [
        file
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if "inside" not in file.parts and "questions" not in file.parts
    ]
    assert not [f for f in outside if {n.split(".")[0] for n in imports(f)} & {"tensorflow", "keras"}]
