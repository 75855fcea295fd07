"""Files that are whole or not there; CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.files import csv_bytes, csv_text, write_atomic


class TestWriteAtomic:
    def test_writes_and_replaces(self, tmp_path: Path) -> None:
        """The file holds the new bytes, and nothing lies beside it."""
        file = tmp_path / "a.json"
        write_atomic(file, b"old")
        write_atomic(file, b"new")
        assert file.read_bytes() == b"new"
        assert list(tmp_path.iterdir()) == [file]

    def test_mode_holds(self, tmp_path: Path) -> None:
        """A secret is nobody else's to read."""
        write_atomic(tmp_path / "secret", b"x", mode=0o600)
        assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600

    def test_failure_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A full disk leaves the old file and no part of the new one."""
        file = tmp_path / "a.json"
        write_atomic(file, b"old")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            write_atomic(file, b"new")
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"old"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+2", "'=1+2"),
        ("+82", "'+82"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("김하늘", "김하늘"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (-3, "-3"),
        (2.5, "2.5"),
    ],
)
def test_csv_text(value: object, cell: str) -> None:
    """A text that begins like a formula gets an apostrophe; numbers stay numbers."""
    assert csv_text(value) == cell


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=4))
def test_csv_bytes_reads_back(cells: list[str]) -> None:
    """Whatever the cells hold, a CSV reader gets them back, but for the apostrophe."""
    text = csv_bytes(["c"] * len(cells), [cells]).decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(text, newline="")))[1]
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]
