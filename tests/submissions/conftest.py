"""Builders of notebooks, archives and rosters for the tests of reading submissions."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.submissions import Caps, read_inbox


@dataclass(frozen=True)
class Student:
    """A student of the roster, as far as reading submissions goes."""

    id: str
    name: str


def _document(cells: list[dict[str, Any]] | None = None, **claims: str) -> dict[str, Any]:
    if cells is None:
        cells = [{"id": "closed-01", "cell_type": "code", "source": "answer = 1", "metadata": {}}]
    return {
        "cells": cells,
        "metadata": {"dlexam": claims, "kernelspec": {"name": "bash"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _notebook(cells: list[dict[str, Any]] | None = None, **claims: str) -> bytes:
    return json.dumps(_document(cells, **claims), ensure_ascii=False).encode()


def _zipped(members: Mapping[str, bytes] | list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of duplicate names, which are meant here
        for name, data in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, data)
    return stream.getvalue()


def _laid_out(root: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


@pytest.fixture(scope="session")
def student() -> type[Student]:
    """Makes a student of an id and a name."""
    return Student


@pytest.fixture(scope="session")
def document() -> Callable[..., dict[str, Any]]:
    """Makes a notebook's JSON object of its cells and of what it says of itself."""
    return _document


@pytest.fixture(scope="session")
def notebook() -> Callable[..., bytes]:
    """Makes a notebook's bytes of its cells and of what it says of itself."""
    return _notebook


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """Makes a zip archive's bytes of its members."""
    return _zipped


@pytest.fixture(scope="session")
def laid_out() -> Callable[[Path, Mapping[str, bytes]], Path]:
    """Writes files by their path under a folder, and returns the folder."""
    return _laid_out


@pytest.fixture(scope="session")
def roster() -> list[Student]:
    """Five students, two of one name."""
    return [
        Student("20231111", "홍길동"),
        Student("20231112", "홍길동"),
        Student("20231113", "Kim Minji"),
        Student("20231114", "Seán O'Brien"),
        Student("kim", "Lee Sora"),
    ]


@pytest.fixture(params=["folder", "zip"])
def read(request, tmp_path, laid_out, zipped, roster):
    """Reads files, given by path, as a folder and as a zip archive."""

    def read(files, students=roster, **caps):
        if request.param == "folder":
            path = laid_out(tmp_path / "in", files)
        else:
            path = tmp_path / "in.zip"
            path.write_bytes(zipped(files))
        return read_inbox(path, students, caps=Caps(**caps) if caps else None)

    return read
