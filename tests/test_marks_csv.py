"""The table of marks."""

from __future__ import annotations

import csv
import io

import pytest

from grader.results.marks_csv import write_marks
from grader.results.records import Outcome, PartRecord, Record, SlotRecord
from papers.exam import Exam
from papers.lock import Lock, Part, PooledVariant, Slot, StudentPaper
from question_bank import DlexamError, Texts
from question_bank.answers import Number

HEADER = ["id", "name", "status", "total", "max", "open_slots", "closed-01", "closed-02"]


def _lock(*names: str) -> Lock:
    text = Texts("t", "p", "e")
    variant = PooledVariant(code="K7P", seed=0, parameters={}, answer=Number(1), texts={"en": text})
    slots = tuple(
        Slot(
            id=f"closed-0{n}",
            variable=f"q0{n}",
            part="closed",
            question=f"a/b{n}",
            topic="a",
            kind="number",
            points=2.5,
            minutes=1,
            facts=("F01",),
            checks=(),
            data=(),
            drawing_hash="",
            marking_hash="",
            pool=(variant,),
        )
        for n in (1, 2)
    )
    part = {"name": "closed", "minutes": 50, "slot": [{"question": "a/b1"}, {"question": "a/b2"}]}
    return Lock(
        exam=Exam.model_validate({"id": "e", "title": "E", "date": "2025-04-23", "language": "en", "part": [part]}),
        build="00ff",
        parts=(Part(name="closed", minutes=50, open_book=False, slots=("closed-01", "closed-02")),),
        slots=slots,
        students=tuple(
            StudentPaper(id=f"s{i}", name=name, seat=None, deal={s.id: 0 for s in slots})
            for i, name in enumerate(names)
        ),
        marking_hash="",
        dlexam="0",
    )


def _record(student: str, *points: float | None, build: str = "00ff") -> Record:
    slots = {
        f"closed-0{n}": SlotRecord(
            slot=f"closed-0{n}",
            variant="K7P",
            outcome=Outcome.NEEDS_REVIEW if value is None else Outcome.PARTLY,
            points=value,
            max_points=2.5,
        )
        for n, value in enumerate(points, 1)
    }
    parts = {"closed": PartRecord(status="graded")}
    return Record(exam="e", build=build, student=student, name="?", parts=parts, slots=slots, versions={})


def _read(path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_rows(tmp_path):
    """One row a student in the order of the roster; points to the hundredth, open and absent ones empty."""
    lock = _lock("김하늘", "Ann", "Bo", "Cy")
    records = [_record("s2", 0.1, 0.2), _record("s1", None, 1), _record("s0", 2.5, 2.5)]
    write_marks(lock, records, tmp_path / "marks.csv")
    assert _read(tmp_path / "marks.csv") == [
        HEADER,
        ["s0", "김하늘", "graded", "5", "5", "0", "2.5", "2.5"],
        ["s1", "Ann", "graded", "1", "5", "1", "", "1"],
        ["s2", "Bo", "graded", "0.3", "5", "0", "0.1", "0.2"],
        ["s3", "Cy", "not graded", "", "5", "2", "", ""],
    ]


def test_slots_that_a_record_lacks_are_open(tmp_path):
    """A part that was not graded yet leaves empty cells, no zeros."""
    write_marks(_lock("Ann"), [_record("s0", 2)], tmp_path / "marks.csv")
    assert _read(tmp_path / "marks.csv")[1] == ["s0", "Ann", "graded", "2", "5", "1", "2", ""]


def test_excel_reads_the_korean(tmp_path):
    """The file begins with the mark by which Excel knows UTF-8."""
    write_marks(_lock("김하늘"), [], tmp_path / "marks.csv")
    assert (tmp_path / "marks.csv").read_bytes().startswith(b"\xef\xbb\xbfid,name")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "=cmd|'/C calc'!A0", '=HYPERLINK("x")'])
def test_names_are_no_formulas(tmp_path, name):
    """A name that a spreadsheet would take for a formula begins with an apostrophe."""
    write_marks(_lock(name), [], tmp_path / "marks.csv")
    assert _read(tmp_path / "marks.csv")[1][1] == f"'{name}"


def test_numbers_stay_numbers(tmp_path):
    """No mark gets an apostrophe."""
    write_marks(_lock("Ann"), [_record("s0", 0, 1 / 3)], tmp_path / "marks.csv")
    assert _read(tmp_path / "marks.csv")[1][3:] == ["0.33", "5", "0", "0", "0.33"]


@pytest.mark.parametrize("record", [_record("stranger", 1, 1), _record("s0", 1, 1, build="ffff")], ids=["who", "build"])
def test_foreign_record_is_refused(tmp_path, record):
    """A record that does not belong to the lock is no row and no silence, and the old file stays."""
    path = tmp_path / "marks.csv"
    path.write_text("old")
    with pytest.raises(DlexamError, match="does not belong to this exam"):
        write_marks(_lock("Ann"), [record], path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
