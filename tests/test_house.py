"""The three rules of the house: who may import whom."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("question_bank", "papers", "grader", "tutor", "dlexam")


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
        ("tutor", {"question_bank", "papers", "grader", "tutor"}),
    ],
)
def test_imports_go_one_way(package: str, may_use: set[str]) -> None:
    """A package imports only those before it: question_bank, papers, grader, tutor, dlexam."""
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
        if not {"inside", "questions", "skeletons"} & set(file.parts)
    ]
    assert not [f for f in outside if {n.split(".")[0] for n in imports(f)} & {"tensorflow", "keras"}]


def test_an_installed_package_is_whole() -> None:
    """Every file of the packages that is no Python is one that `pip install` takes along."""
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = setuptools["package-data"]["*"]
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()]
    left = [f for f in files if f.suffix not in (".py", ".pyc") and not any(fnmatch(f.name, p) for p in patterns)]
    assert left == []
    included = setuptools["packages"]["find"]["include"]
    assert sorted(included) == sorted(f"{package}*" for package in PACKAGES)
