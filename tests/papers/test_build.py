"""Papers are frozen, sealed, dealt evenly, and built the same again."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from papers import load_lock
from papers.from_files import build_files
from question_bank import DlexamError

EXAM = """
[exam]
id = "quiz"
title = { ko = "쪽지 시험", en = "Quiz" }
date = 2025-04-23
language = "ko"

[[part]]
name = "closed"
minutes = 20
[[part.slot]]
question = "dense_layers/count_weights"
points = 2
[[part.slot]]
question = "losses/can_be_a_loss"
[[part.slot]]
question = "validation/sorted_data"
"""
ROSTER = "id,name\n" + "".join(f"s{i:02},Student {i}\n" for i in range(24))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    exam, roster = tmp_path / "exam.toml", tmp_path / "roster.csv"
    exam.write_text(EXAM, encoding="utf-8")
    roster.write_text(ROSTER, encoding="utf-8")
    return exam, roster, tmp_path / "out"


def tree(out: Path) -> dict[str, bytes]:
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}


def test_building_again_gives_the_same_bytes_and_adds_new_students(files: tuple[Path, Path, Path]) -> None:
    """What stands is kept to the byte; a new student gets a paper."""
    exam, roster, out = files
    build_files(exam, roster, out)
    before = tree(out)
    build_files(exam, roster, out)
    assert tree(out) == before
    roster.write_text(ROSTER + "late,Late Student\n", encoding="utf-8")
    report = build_files(exam, roster, out)
    assert report.new == ("late",)
    after = tree(out)
    assert all(after[name] == data for name, data in before.items() if name.startswith("students/"))


def test_variants_are_dealt_evenly(files: tuple[Path, Path, Path]) -> None:
    """With 24 students and 12 variants, every variant is used twice."""
    build_files(*files)
    lock = load_lock(files[2])
    slot = lock.slots[0]
    assert set(Counter(paper.deal[slot.id] for paper in lock.students).values()) == {2}


def test_notebooks_are_valid(files: tuple[Path, Path, Path]) -> None:
    """Each notebook is nbformat 4.5 and has nbgrader's metadata of schema 3."""
    build_files(*files)
    for file in (files[2] / "students").rglob("*.ipynb"):
        notebook = nbformat.read(file, as_version=nbformat.NO_CONVERT)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)


def test_students_get_no_answers(files: tuple[Path, Path, Path]) -> None:
    """No explanation, no mistake and no solution stands in what is handed out."""
    build_files(*files)
    lock = load_lock(files[2])
    for paper in lock.students[:6]:
        given = (files[2] / "students" / paper.id / "closed.ipynb").read_text(encoding="utf-8")
        cells = "\n".join("".join(cell["source"]) for cell in json.loads(given)["cells"])
        for slot in lock.slots:
            texts = slot.pool[paper.deal[slot.id]].texts["ko"]
            assert texts.explanation not in cells
            assert not [m for m in texts.mistakes.values() if m in cells and m not in texts.options.values()]


def test_an_edited_lock_is_refused(files: tuple[Path, Path, Path]) -> None:
    """A lock whose bytes changed says so, and how to mend it."""
    build_files(*files)
    lock = files[2] / "private" / "lock.json"
    lock.write_text(lock.read_text(encoding="utf-8").replace('"points": 2.0', '"points": 9.0'), encoding="utf-8")
    with pytest.raises(DlexamError) as caught:
        load_lock(files[2])
    assert str(caught.value) == f"{lock}: was changed after the build; restore private/ from your backup"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("dense_layers/count_weights", "dense_layers/count_wights"), "count_wights"),
        (("minutes = 20", "minuets = 20"), "minuets"),
        (("losses/can_be_a_loss", "dense_layers/count_weights"), "count_weights"),
        (('question = "losses/can_be_a_loss"', 'topic = "losses"\npick = 9'), "pick"),
    ],
)
def test_a_wrong_exam_writes_nothing(files: tuple[Path, Path, Path], change: tuple[str, str], says: str) -> None:
    """An unknown question, a typo in a key, a question twice and too large a pick are named; nothing is written."""
    exam, roster, out = files
    exam.write_text(EXAM.replace(*change), encoding="utf-8")
    with pytest.raises(DlexamError) as caught:
        build_files(exam, roster, out)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not out.exists()


@pytest.mark.parametrize(
    ("roster", "says"),
    [
        (b"id,name\na,A\nA,B\n", "A"),
        (b"id,name\n,B\n", "no id"),
        ("학번,이름\n1,김철수\n".encode("cp949"), "cp949"),
        (b"name\nB\n", "id"),
        (b"", ""),
    ],
)
def test_a_wrong_roster_writes_nothing(files: tuple[Path, Path, Path], roster: bytes, says: str) -> None:
    """A duplicate id, an empty one, another encoding and a missing column are named; nothing is written."""
    files[1].write_bytes(roster)
    with pytest.raises(DlexamError) as caught:
        build_files(*files)
    assert says in str(caught.value)
    assert not files[2].exists()
