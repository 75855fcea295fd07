"""One writer of results at a time."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from grader.results.writer import only_writer
from question_bank import DlexamError


def test_leftovers_go_and_nothing_else(tmp_path: Path) -> None:
    """What a killed writer left goes, in the folder and one below; all other files stay, hidden ones too."""
    (tmp_path / "records").mkdir()
    for name in ("records/.s1.json.0a1b2c3d", ".marks.csv.00000000"):
        (tmp_path / name).write_text("half", encoding="utf-8")
    kept = {"records/s1.json", ".hidden", "records/.s1.json.backup", "decisions.csv"}
    for name in kept:
        (tmp_path / name).write_text("whole", encoding="utf-8")
    with only_writer(tmp_path):
        pass
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == kept


def test_second_writer(tmp_path: Path) -> None:
    """A second writer is refused with one line until the first has ended, however it ended."""
    with pytest.raises(KeyError), only_writer(tmp_path / "results"):
        line = r"results: another dlexam is writing there; wait"
        with pytest.raises(DlexamError, match=line), only_writer(tmp_path / "results"):
            raise AssertionError
        raise KeyError
    with only_writer(tmp_path / "results"):
        pass


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (errno.ENOSPC, "r.json: cannot be written (full); free some space and run the same command again"),
        (errno.EACCES, "r.json: cannot be written (full); mend that and run the same command again"),
    ],
)
def test_disk_that_takes_nothing(tmp_path: Path, number: int, line: str) -> None:
    """Trouble with the disk is one line that names the file."""
    with pytest.raises(DlexamError) as caught, only_writer(tmp_path):
        raise OSError(number, "full", "r.json")
    assert str(caught.value).startswith(line)


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """So is a folder that cannot be made."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DlexamError, match="cannot be written"), only_writer(tmp_path / "file" / "results"):
        raise AssertionError
