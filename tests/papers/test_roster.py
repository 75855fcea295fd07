"""The roster as spreadsheets save it, and what is said of a wrong one."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.roster import Student, is_student_id, read_roster
from question_bank import DlexamError

NFD = unicodedata.normalize("NFD", "김하늘")


@pytest.mark.parametrize(
    "data",
    [
        "id,name,seat\n1,김하늘,A1\n2,Ada,\n",
        "학번,이름,좌석\n1,김하늘,A1\n2,Ada,\n",
        "번호;학번;성명;좌석 번호\n9;1;김하늘;A1\n9;2;Ada\n",
        "\ufeffStudent ID\tName\tSEAT\r\n1\t김하늘\tA1\r\n\r\n2\tAda\t\r\n",
        f"id,name,seat\n 1 , {NFD} ,A1\n2,A\u200bda\n,,\n",
        'seat,"name",id\nA1,"김하늘",1\n,Ada,2\n',
    ],
)
def test_reads(tmp_path: Path, data: str) -> None:
    """Headers in both languages, any of three separators, BOM, blank rows and NFD read alike."""
    file = tmp_path / "r.csv"
    file.write_bytes(data.encode())
    assert read_roster(file) == (Student("1", "김하늘", "A1"), Student("2", "Ada"))


def test_reads_other_encodings(tmp_path: Path) -> None:
    """cp949 on request, UTF-16 by its mark."""
    file, text = tmp_path / "r.csv", "학번,이름\n1,김하늘\n"
    for encoding, told in (("cp949", "cp949"), ("utf-16", "utf-8-sig")):
        file.write_bytes(text.encode(encoding))
        assert read_roster(file, told) == (Student("1", "김하늘"),)


def test_quoted_line_break_is_one_row(tmp_path: Path) -> None:
    """A line break inside quotation marks ends no row."""
    file = tmp_path / "r.csv"
    file.write_text('id,name\n1,"김\n하늘"\n2,Ada\n', encoding="utf-8")
    assert [student.name for student in read_roster(file)] == ["김 하늘", "Ada"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty; the first row names the columns id and name"),
        (b"id,name\n", "names no student; write one row for each below the first"),
        (b"id,grade\n1,A\n", "row 1: no column for the name (found id, grade); call it name or 이름"),
        ("이름\n김\n".encode(), "row 1: no column for the id (found 이름); call it id or 학번"),
        ("id,학번,name\n1,1,x\n".encode(), "row 1: two columns for the id: 'id' and '학번'; keep one"),
        (b"id,name\n1,Ada\n,Bob\n", "row 3: no id"),
        (b"id,name\n1,Ada\n2\n", "row 3: no name"),
        (
            b"id,name\n../x,Ada\n",
            "row 2: bad id '../x'; an id has at most 64 Latin letters, digits and . _ -, "
            "and begins with a letter or digit",
        ),
        (b"id,name\n1,Ada\n2,Bob\n1,Eve\n", "row 4: id '1' is in row 2 too"),
        (
            b"id,name\nab,Ada\nAB,Bob\n",
            "row 3: id 'AB' is in row 2 too ('ab'; capitals make no difference to folders)",
        ),
        (
            b"id,name\n1,Lovelace, Ada\n",
            "row 2: has 3 cells and the first row 2; put quotation marks around a text that holds the separator",
        ),
        (b"id,name\n1," + b"x" * 101, "row 2: name of 101 characters; at most 100"),
        (b'id,name\n1,"Ada\n', "row 2: not CSV: unexpected end of data"),
        (
            "학번,이름\n1,김\n".encode("cp949"),
            "is not in utf-8 (byte 0); save it as 'CSV UTF-8', or use --encoding cp949 "
            "if Excel on a Korean Windows wrote it",
        ),
        (b"id,name\n1,\xff\xff\n", "is not in utf-8 (byte 10); save it as 'CSV UTF-8'"),
        (b"PK\x03\x04rest", "is a spreadsheet, not CSV; save it as 'CSV UTF-8'"),
    ],
)
def test_says_what_is_wrong(tmp_path: Path, data: bytes, message: str) -> None:
    """A wrong roster is one line with the row and what to do."""
    file = tmp_path / "r.csv"
    file.write_bytes(data)
    with pytest.raises(DlexamError) as error:
        read_roster(file)
    assert str(error.value) == f"{file}: {message}"


def test_no_file_and_no_encoding(tmp_path: Path) -> None:
    """A missing file and an unknown encoding are said so."""
    file = tmp_path / "r.csv"
    with pytest.raises(DlexamError) as error:
        read_roster(file)
    assert str(error.value) == f"{file}: no such file"
    file.write_bytes(b"id,name\n1,x\n")
    with pytest.raises(DlexamError) as error:
        read_roster(file, "klingon")
    assert str(error.value) == "no encoding 'klingon'; use utf-8 or cp949"


@pytest.mark.parametrize(
    ("id", "fine"),
    [("2025-1", True), ("a.b_c", True), ("..", False), (".a", False), ("-rf", False), ("a.", False), ("a/b", False)]
    + [("학번", False), ("", False), ("x" * 64, True), ("x" * 65, False), ("a\n", False)],
)
def test_ids(id: str, fine: bool) -> None:
    """An id is a safe name for a folder."""
    assert is_student_id(id) is fine


@given(st.binary(max_size=80))
def test_any_bytes_read_or_refuse(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever the bytes, there are students or one clear line."""
    file = tmp_path_factory.mktemp("r") / "r.csv"
    file.write_bytes(data)
    try:
        assert read_roster(file)
    except DlexamError as error:
        assert "\n" not in str(error)  # noqa: PT017
