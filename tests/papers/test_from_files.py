"""Bad plans and bad rosters as files: one line that names the file, the place and the mend, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from papers.from_files import build_files
from question_bank import DlexamError

EXAM = """\
[exam]
id = "midterm"
title = "Midterm"
date = 2025-04-23
language = "en"

[[part]]
name = "closed"
minutes = 50
[[part.slot]]
question = "gradient_descent/update_rule"
[[part.slot]]
question = "dense_layers/count_weights"
"""
ROSTER = "id,name\n1,Ann\n2,Bo\n"


def message_of(tmp_path: Path, exam: str, roster: bytes) -> str:
    """What `build` says to these two files; it must leave nothing behind."""
    (tmp_path / "exam.toml").write_text(exam, encoding="utf-8")
    (tmp_path / "roster.csv").write_bytes(roster)
    with pytest.raises(DlexamError) as refused:
        build_files(tmp_path / "exam.toml", tmp_path / "roster.csv", tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exam.toml", "roster.csv"]
    return str(refused.value).replace(f"{tmp_path}/", "")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "update_rule",
            "update_rul",
            "exam.toml: part closed: slot 1: no question 'gradient_descent/update_rul'; did you mean ",
        ),
        (
            'question = "dense_layers/count_weights"',
            'topic = "dense_layers"\npick = 40',
            "exam.toml: part closed: slot 2: pick = 40, but topic 'dense_layers' has ",
        ),
        (
            'question = "dense_layers/count_weights"',
            'topic = "dense_layer"',
            "exam.toml: part closed: slot 2: no topic 'dense_layer'; the topics are ",
        ),
        (
            "dense_layers/count_weights",
            "gradient_descent/update_rule",
            "exam.toml: part closed, slot 2: question 'gradient_descent/update_rule' stands in part closed, slot 1 too",
        ),
        ("minutes", "minuets", "exam.toml: line 9 (part 1): unknown key 'minuets'; did you mean 'minutes'?"),
    ],
)
def test_bad_plans(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Each mistake in the plan names the exam's file and the slot."""
    assert message_of(tmp_path, EXAM.replace(old, new), ROSTER.encode()).startswith(message)


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        (b"id,name\n1,Ann\n1,Bo\n", "roster.csv: row 3: id '1' is in row 2 too"),
        (b"id,name\n,Ann\n", "roster.csv: row 2: no id"),
        (
            "학번,이름\n1,김철수\n".encode("cp949"),
            "roster.csv: is not in utf-8 (byte 0); save it as 'CSV UTF-8', or use ",
        ),
        (b"", "roster.csv: is empty; the first row names the columns id and name"),
    ],
)
def test_bad_rosters(tmp_path: Path, roster: bytes, message: str) -> None:
    """Each mistake in the roster names its file and its row."""
    assert message_of(tmp_path, EXAM, roster).startswith(message)
