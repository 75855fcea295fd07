"""An inbox, sorted by student."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest

from grader.submissions import SubmittedFile
from tests.submissions.inboxes import MOODLE, names, only


class TestWhose:
    """Everything finds its owner or is a stranger."""

    def test_folders_by_id(self, read, notebook):
        """A folder per student, by id; files further down belong to it too."""
        inbox = read(
            {
                "20231113/open.ipynb": notebook(part="open"),
                "20231111/midterm/closed.ipynb": notebook(),
            }
        )
        assert names(inbox) == {"20231111": ["midterm/closed.ipynb"], "20231113": ["open.ipynb"]}
        assert [found.source for found in inbox.found] == ["20231111", "20231113"]
        assert [found.flags for found in inbox.found] == [(), ()]
        assert inbox.missing == ("20231112", "20231114", "kim")
        assert inbox.strangers == ()

    def test_file(self, read, notebook):
        """A file keeps its bytes and their hash."""
        data = notebook()
        sha256 = hashlib.sha256(data).hexdigest()
        assert only(read({"kim/a.ipynb": data})).files == (SubmittedFile("a.ipynb", data, sha256),)

    def test_moodle_folders(self, read, notebook):
        """A student's folders of a Moodle download are one; the participant number is nobody's id."""
        inbox = read(
            {
                MOODLE.format("Kim Minji", "20231111", "closed.ipynb"): notebook(),
                "Kim Minji_20231111_assignsubmission_onlinetext_/onlinetext.html": b"<p>",
            }
        )
        found = only(inbox)
        assert (found.student_id, [file.name for file in found.files]) == ("20231113", ["closed.ipynb"])
        assert found.flags == ("not read, being no notebook: onlinetext.html",)
        assert found.source == (
            "Kim Minji_20231111_assignsubmission_file_, Kim Minji_20231111_assignsubmission_onlinetext_"
        )

    def test_moodle_with_ids(self, read, notebook):
        """Where a platform shows ids with the names, the id decides between two of one name."""
        inbox = read(
            {
                MOODLE.format("홍길동 20231112", "1", "a.ipynb"): notebook(),
                MOODLE.format("20231111홍길동", "2", "a.ipynb"): notebook(part="open"),
            }
        )
        assert names(inbox) == {"20231111": ["a.ipynb"], "20231112": ["a.ipynb"]}

    def test_moodle_flat(self, read, notebook):
        """A Moodle download without folders is the same, with the students' own file names."""
        inbox = read(
            {
                "Kim Minji_5_assignsubmission_file_closed.ipynb": notebook(),
                "Kim Minji_5_assignsubmission_file_open.ipynb": notebook(part="open"),
            }
        )
        assert names(inbox) == {"20231113": ["closed.ipynb", "open.ipynb"]}

    def test_canvas(self, read, notebook):
        """A Canvas download is read by its squeezed names."""
        inbox = read(
            {
                "minjikim_LATE_77_991_closed-1.ipynb": notebook(),
                "minjikim_LATE_77_992_open.ipynb": notebook(part="open"),
                "obrienseán_78_993_closed.ipynb": notebook(part="closed"),
            }
        )
        assert names(inbox) == {"20231113": ["closed-1.ipynb", "open.ipynb"], "20231114": ["closed.ipynb"]}

    def test_loose(self, read, notebook):
        """Loose notebooks that begin with an id are that student's, all of them."""
        inbox = read(
            {
                "20231111_open.ipynb": notebook(part="open"),
                "20231111.ipynb": notebook(),
                "kim-closed.ipynb": notebook(part="closed"),
            }
        )
        assert names(inbox) == {
            "20231111": ["20231111.ipynb", "20231111_open.ipynb"],
            "kim": ["kim-closed.ipynb"],
        }
        assert inbox.found[0].source == "20231111.ipynb, 20231111_open.ipynb"

    def test_decomposed_name(self, read, notebook):
        """A name that a Mac has decomposed is the same name."""
        name = unicodedata.normalize("NFD", "Seán O'Brien")
        assert names(read({MOODLE.format(name, "1", "a.ipynb"): notebook()})) == {"20231114": ["a.ipynb"]}

    def test_one_name_two_students(self, read, notebook):
        """Of two students of one name, the notebook says which one it is, and a flag says so."""
        inbox = read({MOODLE.format("홍길동", "5", "a.ipynb"): notebook(student="20231112")})
        found = only(inbox)
        assert found.student_id == "20231112"
        assert found.flags == ("its name fits 20231111, 20231112; the notebook says it is 20231112's",)

    @pytest.mark.parametrize("says", ["", "20231113", "nobody"])
    def test_one_name_and_no_word(self, read, notebook, says):
        """If the notebook names none of the two, it is a stranger."""
        inbox = read({MOODLE.format("홍길동", "5", "a.ipynb"): notebook(student=says)})
        assert inbox.found == ()
        [stranger] = inbox.strangers
        assert stranger.student_id is None
        assert "its name fits several students: 20231111, 20231112" in stranger.flags

    def test_one_name_two_words(self, read, notebook):
        """If the notebooks name both of the two, it is a stranger."""
        inbox = read(
            {
                MOODLE.format("홍길동", "5", "a.ipynb"): notebook(student="20231112"),
                MOODLE.format("홍길동", "5", "b.ipynb"): notebook(student="20231111"),
            }
        )
        assert (inbox.found, len(inbox.strangers)) == ((), 1)

    def test_says_another(self, read, notebook):
        """A notebook that names another student stays with its folder, with a flag."""
        found = only(read({"20231111/a.ipynb": notebook(student="20231113")}))
        assert (found.student_id, found.flags) == (
            "20231111",
            ("a.ipynb: the notebook says it is 20231113's",),
        )

    def test_strangers(self, read, notebook):
        """What is nobody's is kept, with what it says of itself."""
        inbox = read(
            {
                "kim/a.ipynb": notebook(),
                "99999999/a.ipynb": notebook(student="20231111"),
                "grades.csv": b"x",
                "Participant_7_assignsubmission_file_/a.ipynb": notebook(part="open"),
            }
        )
        nobody = "its name fits no student of the roster"
        assert [(found.source, found.flags) for found in inbox.strangers] == [
            ("99999999", (nobody, "a.ipynb: the notebook says it is 20231111's")),
            ("grades.csv", ("not read, being no notebook: grades.csv", "it holds no notebook", nobody)),
            ("Participant_7_assignsubmission_file_", (nobody,)),
        ]
        assert "20231111" in inbox.missing

    def test_two_folders_for_one(self, read, notebook):
        """Of two claims to one student the last by name is kept, the other is a stranger, both flagged."""
        inbox = read(
            {
                "20231111/a.ipynb": notebook(),
                "20231111 (2)/a.ipynb": notebook(part="a"),
                "20231111 (10)/a.ipynb": notebook(part="b"),
            }
        )
        found = only(inbox)
        assert found.source == "20231111 (10)"
        assert found.flags == (
            "20231111 (2) claims to be of the same student",
            "20231111 claims to be of the same student",
        )
        assert [(one.source, one.flags) for one in inbox.strangers] == [
            ("20231111", ("it claims to be of 20231111, of whom 20231111 (10) is kept",)),
            ("20231111 (2)", ("it claims to be of 20231111, of whom 20231111 (10) is kept",)),
        ]

    def test_folder_and_loose(self, read, notebook):
        """Loose files are one claim, which can compete with a folder."""
        inbox = read(
            {
                "20231111/a.ipynb": notebook(),
                "20231111_x.ipynb": notebook(part="x"),
                "20231111_y.ipynb": notebook(part="y"),
            }
        )
        assert only(inbox).source == "20231111_x.ipynb, 20231111_y.ipynb"
        assert [one.source for one in inbox.strangers] == ["20231111"]

    def test_same_bytes(self, read, notebook):
        """Notebooks that are the same byte for byte are flagged with everybody who has them."""
        same = notebook()
        inbox = read({"kim/a.ipynb": same, "20231111/b.ipynb": same, "x/c.ipynb": same, "20231113/e.ipynb": b""})
        assert [found.flags[-1] for found in (*inbox.found, *inbox.strangers) if found.flags] == [
            "b.ipynb: the same bytes came from kim, x",
            "a.ipynb: the same bytes came from 20231111, x",
            "c.ipynb: the same bytes came from 20231111, kim",
        ]


class TestWrapped:
    """Folders and archives around everything."""

    @pytest.mark.parametrize("within", ["subs/", "a/b/c/"])
    def test_folder_around(self, read, notebook, within):
        """A folder around the students' folders is looked through, and named in the source."""
        inbox = read({f"{within}kim/a.ipynb": notebook(), f"{within}x.txt": b""})
        assert names(inbox) == {"kim": ["a.ipynb"]}
        assert only(inbox).source == f"{within}kim"
        assert [one.source for one in inbox.strangers] == [f"{within}x.txt"]

    def test_archive_around(self, read, notebook, zipped):
        """So is an archive, as it was downloaded."""
        inbox = read({"CS101-midterm-42.zip": zipped({MOODLE.format("Kim Minji", 1, "a.ipynb"): notebook()})})
        assert names(inbox) == {"20231113": ["a.ipynb"]}

    def test_only_a_stranger(self, read, notebook):
        """One folder that is nobody's is a stranger, not a wrapper."""
        inbox = read({"stranger/a.ipynb": notebook()})
        assert [one.source for one in inbox.strangers] == ["stranger"]

    def test_only_student(self, read, notebook):
        """One folder that is a student's is not looked through."""
        assert names(read({"kim/20231111/a.ipynb": notebook()})) == {"kim": ["20231111/a.ipynb"]}

    def test_damaged_archive(self, read):
        """One archive that cannot be read is a stranger's bad file."""
        [stranger] = read({"download.zip": b"PK\x03\x04"}).strangers
        assert stranger.files[0].problem == "is not a zip archive that can be read"
