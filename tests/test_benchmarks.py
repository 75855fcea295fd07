"""The classes that the benchmarks grade. What they measure is no test's business."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.classes import KINDS, make_class


@pytest.mark.parametrize("kind", KINDS)
def test_a_class_hands_in_mixed_answers(kind: str, tmp_path: Path) -> None:
    """As many notebooks as students, each slot answered rightly by some and otherwise by others."""
    school = make_class(KINDS[kind], 12, tmp_path / "class")
    handed_in = sorted((school.folder / "submissions").glob("*/paper.ipynb"))
    assert len(handed_in) == 12
    for slot in school.slots:
        answers = [student.sources[slot.id] for student in school.students]
        assert len(set(answers)) >= 3
        # the most frequent is the right one
        assert 5 <= max(answers.count(answer) for answer in answers) <= 9
    cells = {cell["id"]: cell["source"] for cell in json.loads(handed_in[0].read_bytes())["cells"]}
    assert cells[f"{school.slots[0].id}-answer"] == school.students[0].sources[school.slots[0].id]
