"""The exam file, and what is said of a wrong one."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from papers.exam import Exam, read_exam
from question_bank import DlexamError

GOOD = """\
[exam]
id = "midterm-2025"
title = { ko = "중간고사", en = "Midterm" }
date = 2025-04-23
language = "ko"

[[part]]
name = "closed"
minutes = 50
[[part.slot]]
question = "gradient_descent/update_rule"
points = 2
[[part.slot]]
topic = "dense_layers"
pick = 2

[[part]]
name = "open"
minutes = 50
open_book = true
[[part.slot]]
question = "training/digits"
"""


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "exam.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_reads(tmp_path: Path) -> None:
    """Every key of the file is found in the exam."""
    exam = read_exam(write(tmp_path, GOOD))
    assert (exam.id, exam.date, exam.language, exam.variants) == (
        "midterm-2025",
        datetime.date(2025, 4, 23),
        "ko",
        12,
    )
    assert exam.title == {"ko": "중간고사", "en": "Midterm"}
    assert [(part.name, part.minutes, part.open_book, len(part.slots)) for part in exam.parts] == [
        ("closed", 50, False, 2),
        ("open", 50, True, 1),
    ]
    assert (exam.parts[0].slots[1].topic, exam.parts[0].slots[1].pick) == ("dense_layers", 2)


def test_one_title_for_all_languages(tmp_path: Path) -> None:
    """A title that is a plain text stands in every language."""
    exam = read_exam(write(tmp_path, GOOD.replace('{ ko = "중간고사", en = "Midterm" }', '"DL"')))
    assert exam.title == {"ko": "DL", "en": "DL"}


def test_survives_a_lock(tmp_path: Path) -> None:
    """An exam read back from JSON is the same exam."""
    exam = read_exam(write(tmp_path, GOOD))
    assert Exam.model_validate_json(exam.model_dump_json()) == exam


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("minutes = 50", "minuets = 50", "line 9 (part 1): unknown key 'minuets'; did you mean 'minutes'?"),
        ('id = "midterm-2025"\n', "", "line 1: 'id' is missing"),
        ("points = 2", "point = 2", "line 12 (part 1, slot 1): unknown key 'point'; did you mean 'points'?"),
        ("points = 2", "points = 0", "line 12 (part 1, slot 1): 'points': input should be greater than 0 (got 0)"),
        (
            "points = 2",
            'points = "two"',
            "line 12 (part 1, slot 1): 'points': input should be a valid number, "
            "unable to parse string as a number (got 'two')",
        ),
        ("points = 2", "pick = 2", "line 10 (part 1, slot 1): 'pick' goes with a topic, not with a question"),
        (
            'topic = "dense_layers"\npick = 2',
            "points = 1",
            "line 13 (part 1, slot 2): a slot names either a question or a topic",
        ),
        (
            "pick = 2",
            'pick = 2\nkind = "riddle"',
            "line 16 (part 1, slot 2): no kind of answer 'riddle'; the kinds are "
            "term, choice, choices, number, order, fields, code, essay",
        ),
        ('name = "open"', 'name = "closed"', "two parts are called 'closed'"),
        (
            'topic = "dense_layers"\npick = 2',
            'question = "training/digits"',
            "part open, slot 1: question 'training/digits' stands in part closed, slot 2 too",
        ),
        ('language = "ko"', 'language = "kr"', "line 5: 'language': input should be 'ko', 'en' or 'both' (got 'kr')"),
        (
            'language = "ko"',
            'language = "ko"\ncolour = 1',
            "line 6: unknown key 'colour'; known here: id, title, date, language, variants, part",
        ),
        (
            "{ ko = ",
            "{ kr = ",
            "line 3: 'title': input should be 'ko' or 'en' (got 'kr')",
        ),
        ('ko = "중간고사", ', "", "no title in language 'ko'"),
        ("[exam]", "[exams]", "unknown table 'exams'; did you mean 'exam'?"),
        ("[exam]", "[exam", "line 1: not TOML: Expected ']' at the end of a table declaration"),
        (
            'name = "open"',
            'name = "Open book"',
            "line 18 (part 2): 'name': string should match pattern '^[a-z][a-z0-9_-]{0,31}$' (got 'Open book')",
        ),
    ],
)
def test_says_what_is_wrong(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A wrong exam file is one line with its line, part and slot, and what to do."""
    assert old in GOOD
    file = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DlexamError) as error:
        read_exam(file)
    assert str(error.value) == f"{file}: {message}"


def test_no_exam_no_part_no_file(tmp_path: Path) -> None:
    """What is missing altogether is said so."""
    for text, message in (
        ("", "no [exam]; begin with [exam], then [[part]] for each part"),
        (GOOD.partition("[[part]]")[0], "line 1: 'part' is missing"),
    ):
        file = write(tmp_path, text)
        with pytest.raises(DlexamError) as error:
            read_exam(file)
        assert str(error.value) == f"{file}: {message}"
    gone = tmp_path / "gone.toml"
    with pytest.raises(DlexamError) as error:
        read_exam(gone)
    assert str(error.value) == f"{gone}: no such file"
    file.write_bytes("제목 = 1".encode("cp949"))
    with pytest.raises(DlexamError) as error:
        read_exam(file)
    assert str(error.value) == f"{file}: not UTF-8 (byte 0); save it as UTF-8"
