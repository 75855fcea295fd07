"""decisions.csv: laid over the records as a whole, or refused as a whole with a line for each fault."""

from __future__ import annotations

import pytest

from grader.feedback import render_feedback
from grader.results.decisions import Decisions
from grader.results.decisions_csv import DecisionsRefused, decisions_bytes, load_decisions, read_decisions
from grader.results.marks_csv import write_marks
from grader.results.records import Outcome, PartRecord, Record, SlotRecord
from papers.exam import Exam
from papers.lock import Lock, Part, PooledVariant, Slot, StudentPaper
from question_bank import Texts
from question_bank.answers import Essay, Mistake, Number

HEADER = "student,slot,points,comment,by,when"
GOOD = "s1,closed-01,1.5,맞게 풀었다,김조교,2025-04-30 14:00"


@pytest.fixture
def lock() -> Lock:
    """Two students, a number worth 2 points and an essay worth 4."""
    answers = {
        "closed-01": (Number(12, mistakes={6: Mistake("halved", credit=0.5)}), 2.0),
        "closed-02": (Essay({"said": 1.0}), 4.0),
    }
    texts = Texts("title", "prompt", "explained", mistakes={"halved": "You halved it."}, rubric={"said": "Says it."})
    slots = tuple(
        Slot(
            id=id,
            variable=f"q{id[-2:]}",
            part="closed",
            question="a/b",
            topic="a",
            kind=answer.kind,
            points=points,
            minutes=1,
            facts=("F01",),
            checks=(),
            data=(),
            drawing_hash="",
            marking_hash="",
            pool=(PooledVariant(code="K7P", seed=0, parameters={}, answer=answer, texts={"en": texts}),),
        )
        for id, (answer, points) in answers.items()
    )
    part = {"name": "closed", "minutes": 50, "slot": [{"question": "a/b"}]}
    return Lock(
        exam=Exam.model_validate({"id": "e", "title": "E", "date": "2025-04-23", "language": "en", "part": [part]}),
        build="00ff",
        parts=(Part(name="closed", minutes=50, open_book=False, slots=tuple(answers)),),
        slots=slots,
        students=tuple(
            StudentPaper(id=id, name=f"Name {id}", seat=None, deal=dict.fromkeys(answers, 0))
            for id in ("s1", "s2", "0012")
        ),
        marking_hash="",
        dlexam="0",
    )


def record(student: str = "s1", points: float | None = 1.0) -> Record:
    """Half the points and a mistake for the number; the essay waits."""
    slots = {
        "closed-01": SlotRecord(
            slot="closed-01",
            variant="K7P",
            outcome=Outcome.PARTLY,
            points=points,
            max_points=2,
            mistake="halved",
            read_as=6,
        ),
        "closed-02": SlotRecord(
            slot="closed-02", variant="K7P", outcome=Outcome.NEEDS_REVIEW, points=None, max_points=4, read_as="Text"
        ),
    }
    parts = {"closed": PartRecord(status="graded")}
    return Record(exam="e", build="00ff", student=student, name="N", parts=parts, slots=slots, versions={})


@pytest.fixture
def read(lock, tmp_path):
    """Reads decisions from rows, or from bytes."""

    def read(*rows: str, data: bytes | None = None) -> Decisions:
        file = tmp_path / "decisions.csv"
        file.write_bytes(data if data is not None else "\n".join((HEADER, *rows, "")).encode())
        return read_decisions(file, lock)

    return read


@pytest.fixture
def faults(read):
    """The faults of rows, or of bytes."""

    def faults(*rows: str, data: bytes | None = None) -> tuple[str, ...]:
        with pytest.raises(DecisionsRefused) as caught:
            read(*rows, data=data)
        return caught.value.faults

    return faults


def test_points_and_outcome(lock, read):
    """Points decide the outcome; the record below stays as it is."""
    below = record()
    over = read("s1,closed-01,2,,kim,2025-04-30", "s1,closed-02,1,,kim,2025-04-30").over(lock, below)
    assert [(s.outcome, s.points) for s in over.slots.values()] == [(Outcome.RIGHT, 2), (Outcome.PARTLY, 1)]
    # who was given all the points is not told of a mistake
    assert over.slots["closed-01"].mistake is None
    assert (over.points, over.open_slots) == (3, ())
    assert (below.points, below.open_slots) == (1, ("closed-02",))
    assert read("s1,closed-02,0,,kim,2025-04-30").over(lock, below).slots["closed-02"].outcome == Outcome.WRONG


def test_empty_points_leave_the_mark(lock, read):
    """A row may only say something."""
    decisions = read("s1,closed-01,,Look at the bias.,kim,2025-04-30")
    assert decisions.over(lock, record()).slots == record().slots
    assert decisions.comments("s1") == {"closed-01": "Look at the bias."}
    assert decisions.comments("s2") == {}


def test_extra_credit(lock, read):
    """Extra credit comes on top of the points, and not before there are any."""
    data = b"student,slot,points,extra,comment,by,when\ns1,closed-01,,0.5,,kim,2025-04-30\ns1,closed-02,,1,,kim,2025-04-30\n"
    over = read(data=data).over(lock, record())
    assert [slot.points for slot in over.slots.values()] == [1.5, None]
    assert over.slots["closed-01"].outcome == Outcome.PARTLY


def test_a_part_on_paper(lock, read):
    """A slot that no program marked gets what a person gave."""
    empty = record().model_copy(update={"slots": {}})
    over = read("s1,closed-02,4,,kim,2025-04-30").over(lock, empty)
    assert [(s.slot, s.points, s.variant) for s in over.slots.values()] == [("closed-02", 4, "K7P")]


def test_marks_and_page_show_them(lock, read, tmp_path):
    """marks.csv has the points, the page points and comment; who decided is between the teachers."""
    data = f"{HEADER}\ns1,closed-02,4,**Well** said <script>alert(1)</script> [x](http://evil),Kim TA,2025-04-30\n"
    decisions = read(data=data.encode())
    over = decisions.over(lock, record())
    write_marks(lock, [over], tmp_path / "marks.csv")
    assert ",5,6,0,1,4" in (tmp_path / "marks.csv").read_text("utf-8-sig")
    page = render_feedback(lock, over, {}, decisions.comments("s1"))
    assert "The marker says" in page
    assert "<strong>Well</strong> said" in page
    assert "<script" not in page
    assert 'href="http' not in page
    assert "Kim TA" not in page
    assert "The marker says" not in render_feedback(lock, over, {})


def test_korean_columns_and_odd_rows(read):
    """Columns go by Korean names too, in any order; empty rows do not count; quoted text may have lines."""
    data = '\ufeff채점자,시각,학번,문항,점수,의견\r\n김,2025/04/30 14:00,s1,closed-01,1.5,"첫 줄\r\n둘째"\r\n,,,,,\r\n'
    [decision] = read(data=data.encode()).values()
    assert (decision.points, decision.by, decision.comment) == (1.5, "김", "첫 줄\r\n둘째")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("s9,closed-01,1,,kim,2025-04-30", "row 2: no student 's9' in this exam"),
        (",closed-01,1,,kim,2025-04-30", "row 2: no student"),
        ("12,closed-01,1,,kim,2025-04-30", "row 2: no student '12' in this exam; did you mean 0012?"),
        ("s1,closed-1,1,,kim,2025-04-30", "row 2: no slot 'closed-1' in this exam; did you mean closed-01?"),
        ("s1,closed-01,2.5,,kim,2025-04-30", "row 2: points 2.5 out of range: 0 to 2"),
        ("s1,closed-01,-1,,kim,2025-04-30", "row 2: points -1 out of range: 0 to 2"),
        ('s1,closed-01,"1,5",,kim,2025-04-30', "row 2: points '1,5' is no number; write a point, not a comma"),
        ("s1,closed-01,nan,,kim,2025-04-30", "row 2: points 'nan' is no number"),
        ("s1,closed-01,1e0,,kim,2025-04-30", "row 2: points '1e0' is no number"),
        ("s1,closed-01,1점,,kim,2025-04-30", "row 2: points '1점' is no number"),
        ("s1,closed-01,1,,,2025-04-30", "row 2: nobody stands in 'by': a mark must have somebody to ask"),
        ("s1,closed-01,1,,kim,yesterday", "row 2: bad time 'yesterday': write it as 2025-04-30 14:00"),
        ("s1,closed-01,1,,kim,", "row 2: bad time '': write it as 2025-04-30 14:00"),
        ("s1,closed-01,1,,kim,2025-13-01", "row 2: bad time '2025-13-01': write it as 2025-04-30 14:00"),
        ("s1,closed-01,,,kim,2025-04-30", "row 2: decides nothing: no points, no extra credit, no comment"),
    ],
)
def test_one_line_a_fault(faults, row, fault):
    """What is wrong with a row is one line that names the row."""
    assert faults(row) == (fault,)


def test_all_faults_at_once(read, lock, tmp_path):
    """Every fault is named, and sound rows beside them are not applied either."""
    with pytest.raises(DecisionsRefused) as caught:
        read(GOOD, "s1,closed-01,1,,kim,2025-04-30", "x,y,z,,,", "s2,closed-02,9,,kim,2025-04-30")
    lines = str(caught.value).splitlines()
    file = tmp_path / "decisions.csv"
    assert lines == [
        f"{file}: row 3: s1 closed-01 is decided in row 2 too",
        f"{file}: row 4: no student 'x' in this exam",
        f"{file}: row 4: no slot 'y' in this exam",
        f"{file}: row 4: points 'z' is no number",
        f"{file}: row 4: nobody stands in 'by': a mark must have somebody to ask",
        f"{file}: row 4: bad time '': write it as 2025-04-30 14:00",
        f"{file}: row 5: points 9 out of range: 0 to 4",
        f"{file}: 7 faults, and nothing was applied",
    ]
    with pytest.raises(DecisionsRefused):
        load_decisions(tmp_path, lock)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (f"{HEADER}\n{GOOD}\n".encode("cp949"), "is in cp949, as Excel on a Korean Windows saves CSV, not in UTF-8"),
        (f"{HEADER}\n{GOOD}\n".encode("utf-16"), "is in UTF-16, not UTF-8"),
        (f"{HEADER}\n{GOOD}\n".replace(",", ";").encode(), "is separated by semicolons, not by commas"),
        (f"{HEADER}\n{GOOD}\n".replace(",", "\t").encode(), "is separated by tabs, not by commas"),
        (b"PK\x03\x04", "is a spreadsheet, not CSV"),
        (b"", "is empty"),
        (b"\xff\x81\xff", "is not in UTF-8 (byte 0)"),
        (b"student,slot,points,comment\n", "row 1: no column by, when"),
        (f"{HEADER},score\n{GOOD},1\n".encode(), "row 1: two columns for points"),
        (f'{HEADER}\n"s1,closed-01,1,,kim,2025-04-30\n'.encode(), "is not CSV"),
    ],
)
def test_files_that_are_refused(faults, data, fault):
    """A file that Excel saved otherwise is one line, with what to do."""
    [line] = faults(data=data)
    assert line.startswith(fault)


@pytest.mark.parametrize("comment", ["=1+1", "-1: bias", "+1", "@kim", "'quoted'", " =1", 'a,b;"c"', "가\n나"])
def test_what_is_written_is_read(read, comment):
    """Written decisions come back as they were, and no comment is a formula on the way."""
    before = read(f's1,closed-01,1.5,"{comment.replace(chr(34), chr(34) * 2)}",kim,2025-04-30 14:00+09:00')
    data = decisions_bytes(before)
    assert data.startswith(b"\xef\xbb\xbfstudent,slot,points,extra,comment,by,when")
    assert not any(cell in data.decode("utf-8-sig") for cell in (",=", ',"=', ",@", ",+1"))
    assert list(read(data=data).values()) == list(before.values())


def test_none_at_all(lock, tmp_path):
    """Without a file there are no decisions, and records are shown as they are."""
    decisions = load_decisions(tmp_path, lock)
    assert len(decisions) == 0
    assert decisions.over(lock, record()) == record()
