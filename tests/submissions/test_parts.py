"""Which notebook is which part."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import (
    Found,
    SubmittedFile,
    SubmittedNotebook,
    UnreadableNotebook,
    pick_parts,
)

PARTS = ("closed", "open")
STUDENT = "20231111"


def found(**files: bytes | str) -> Found:
    """What a student handed in: bytes by stem, or the reason why there are none; ``__`` is a slash."""
    return Found(STUDENT, STUDENT, tuple(file(name, data) for name, data in files.items()), ())


def file(name: str, data: bytes | str) -> SubmittedFile:
    """A file of bytes, or one that was not read."""
    name = f"{name.replace('__', '/')}.ipynb"
    if isinstance(data, str):
        return SubmittedFile(name, b"", "", data)
    return SubmittedFile(name, data, hashlib.sha256(data).hexdigest())


def cell(source: str) -> list[dict[str, object]]:
    """One code cell."""
    return [{"cell_type": "code", "source": source}]


class TestWhichPart:
    """A file's part."""

    def test_by_metadata(self, notebook):
        """What the notebook says decides, whatever its file is called."""
        picked = pick_parts(found(closed=notebook(part="open"), x=notebook(part="closed")), PARTS)
        assert {part: read.name for part, read in picked.items()} == {
            "closed": "x.ipynb",
            "open": "closed.ipynb",
        }
        assert [read.flags for read in picked.values()] == [(), ()]
        assert picked.flags == ()

    @pytest.mark.parametrize(
        ("name", "part"),
        [
            ("closed", "closed"),
            ("CLOSED", "closed"),
            ("closed (1)", "closed"),
            ("closed최종", "closed"),
            ("20231111_closed", "closed"),
            ("20231111-open-final", "open"),
            ("a__b__open", "open"),
            ("홍길동_open", "open"),
            ("midterm-closed v2", "closed"),
            ("my-closed-and-open", None),
            ("homework", None),
            ("reopened", None),
            ("20231111", None),
        ],
    )
    def test_by_name(self, notebook, name, part):
        """A notebook that says nothing goes by its name, with a flag; so does one that cannot be read."""
        silent = pick_parts(found(**{name: notebook()}), PARTS)
        broken = pick_parts(found(**{name: b"{"}), PARTS)
        refused = pick_parts(found(**{name: "is encrypted"}), PARTS)
        if part is None:
            assert (silent, broken, refused) == ({}, {}, {})
            assert "does not say which part it is and is not marked" in silent.flags[0]
            assert broken.flags[0].endswith("; its name names no part")
            assert "is encrypted" in refused.flags[0]
            return
        shown = f"{name.replace('__', '/')}.ipynb"
        assert silent[part].flags == (f"{shown} does not say which part it is; by its name it is '{part}'",)
        assert isinstance(broken[part], UnreadableNotebook)
        assert str(refused[part]) == f"{shown}: is encrypted; ask the student to hand it in again"

    def test_longest_name(self, notebook):
        """Where one part's name begins another's, the longer one is meant."""
        picked = pick_parts(found(open2_x=notebook()), ("open", "open2"))
        assert list(picked) == ["open2"]

    def test_order(self, notebook):
        """Parts come in the order they were asked for."""
        files = found(open=notebook(part="open"), closed=notebook(part="closed"))
        assert list(pick_parts(files, PARTS)) == ["closed", "open"]

    def test_not_asked_for(self, notebook):
        """A notebook of a part that was not asked for is left alone, even if its name fits."""
        picked = pick_parts(found(open=notebook(part="closed")), ("open",))
        assert (picked, picked.flags) == ({}, ("open.ipynb says it is part 'closed' and is not marked",))

    def test_nothing(self):
        """A student without a file has no parts."""
        assert pick_parts(found(), PARTS) == {}

    def test_knows_our_ids(self, notebook):
        """The ids that we handed out reach the reader."""
        data = notebook(
            [
                {
                    "id": "closed-01",
                    "cell_type": "code",
                    "source": "",
                    "metadata": {"nbgrader": {"grade_id": "q"}},
                }
            ]
        )
        picked = pick_parts(found(closed=data), PARTS, ours={"closed-01"})
        assert picked["closed"].cells[0].id == "closed-01"


class TestSeveral:
    """Several files for one part."""

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            ({"name": "x", "says": {"part": "closed"}}, {"name": "closed", "says": {}}),
            ({"name": "x", "says": {"part": "closed"}}, {"name": "closed", "data": b"{"}),
            ({"name": "closed-a", "says": {}}, {"name": "closed", "data": "is encrypted"}),
            ({"name": "closed", "says": {"part": "closed"}}, {"name": "z", "says": {"part": "closed"}}),
            (
                {"name": "a", "says": {"part": "closed", "student": STUDENT}},
                {"name": "closed", "says": {"part": "closed", "student": "kim"}},
            ),
            (
                {"name": "closed", "data": b"{"},
                {"name": "x", "says": {"part": "closed", "student": "kim"}},
            ),
            ({"name": "closed (10)", "says": {}}, {"name": "closed (9)", "says": {}}),
            ({"name": "closed", "says": {}}, {"name": "closed (1)", "says": {}}),
            ({"name": "b__closed", "says": {}}, {"name": "a__closed", "says": {}}),
            ({"name": "closed2", "data": b"{"}, {"name": "closed1", "data": b"["}),
        ],
    )
    def test_better(self, notebook, better, worse):
        """The better one counts, in whatever order they come, and a flag names the other."""
        files = [
            file(one["name"], one["data"] if "data" in one else notebook(cell(str(n)), **one["says"]))
            for n, one in enumerate((better, worse))
        ]
        flag = f"several notebooks for 'closed': {files[0].name} counts, not {files[1].name}"
        for way in (files, files[::-1]):
            read = pick_parts(Found(STUDENT, "", tuple(way), ()), PARTS, exam="m")["closed"]
            assert read.flags[-1] == flag
            assert (read.file if isinstance(read, UnreadableNotebook) else read.name) == files[0].name

    def test_same_cells(self, notebook):
        """Copies whose cells are the same need no flag."""
        picked = pick_parts(found(a=notebook(part="closed"), b=notebook(part="closed", build="1")), PARTS)
        assert picked["closed"].flags == ()

    def test_same_broken_bytes(self):
        """Nor do copies of one broken file."""
        assert pick_parts(found(closed=b"{", closed2=b"{"), PARTS)["closed"].flags == ()

    def test_many(self, notebook):
        """A long list of others is cut."""
        files = {f"closed{n}": notebook(cell(str(n)), part="closed") for n in range(9)}
        assert pick_parts(found(**files), PARTS)["closed"].flags == (
            "several notebooks for 'closed': closed8.ipynb counts, not closed7.ipynb, closed6.ipynb, "
            "closed5.ipynb, closed4.ipynb, closed3.ipynb and 3 more",
        )


class TestOtherExam:
    """A notebook of another exam is refused."""

    def test_alone(self, notebook):
        """It is unreadable as this exam's, and a flag says why."""
        data = notebook(part="closed", exam="final-2024")
        picked = pick_parts(found(closed=data), PARTS, exam="midterm-2025")
        read = picked["closed"]
        assert isinstance(read, UnreadableNotebook)
        assert str(read) == (
            "closed.ipynb: is of exam 'final-2024', not of 'midterm-2025'; ask the student for the right notebook"
        )
        assert read.flags == ("refused: closed.ipynb is of exam 'final-2024', not of 'midterm-2025'",)
        assert read.sha256 == hashlib.sha256(data).hexdigest()

    @pytest.mark.parametrize("right", [b"{", None])
    def test_beside_another(self, notebook, right):
        """Any other file for that part comes first, and carries the flag."""
        files = found(
            closed=notebook(part="closed", exam="final-2024"),
            closed2=right or notebook(part="closed", exam="m"),
        )
        read = pick_parts(files, PARTS, exam="m")["closed"]
        assert isinstance(read, UnreadableNotebook if right else SubmittedNotebook)
        assert read.flags == ("refused: closed.ipynb is of exam 'final-2024', not of 'm'",)

    def test_of_no_part(self, notebook):
        """If it fits no part it is a flag only."""
        picked = pick_parts(found(x=notebook(part="essay", exam="final-2024")), PARTS, exam="m")
        assert picked == {}
        assert "is of exam 'final-2024', not of 'm'" in picked.flags[0]

    @pytest.mark.parametrize("says", [{}, {"exam": "M"}])
    def test_not_another(self, notebook, says):
        """A notebook that names no exam, or this one in another case, is not refused."""
        read = pick_parts(found(closed=notebook(part="closed", **says)), PARTS, exam="m")["closed"]
        assert isinstance(read, SubmittedNotebook)

    def test_any_exam(self, notebook):
        """Without an exam to compare with, none is refused."""
        read = pick_parts(found(closed=notebook(part="closed", exam="x")), PARTS)["closed"]
        assert isinstance(read, SubmittedNotebook)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["closed", "open", "closed (1)", "x", "20231111_open", "a__closed"]),
            st.sampled_from(["good", "silent", "broken", "refused", "wrong"]),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_every_file_counts_or_is_named(notebook, kinds, random):
    """In any order the pick is the same, and each file counts or is named in a flag."""
    made = {
        "good": lambda n: notebook(cell(str(n)), part="closed", exam="m"),
        "silent": lambda n: notebook(cell(str(n))),
        "broken": lambda n: b"{" * (n + 1),
        "refused": lambda _: "is encrypted",
        "wrong": lambda n: notebook(cell(str(n)), part="open", exam="f"),
    }
    files = {name: file(name, made[kind](n)) for n, (name, kind) in enumerate(kinds)}
    shuffled = list(files.values())
    random.shuffle(shuffled)
    one, other = (pick_parts(Found(STUDENT, "", tuple(way), ()), PARTS, exam="m") for way in (files.values(), shuffled))
    told = [
        [str(read) if isinstance(read, UnreadableNotebook) else read for read in way.values()] for way in (one, other)
    ]
    assert told[0] == told[1]
    flags = [*one.flags, *(flag for read in one.values() for flag in read.flags)]
    counted = {read.name if isinstance(read, SubmittedNotebook) else read.file for read in one.values()}
    for each in files.values():
        assert each.name in counted or any(each.name in flag for flag in flags)
