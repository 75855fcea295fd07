"""An inbox with bad files in it, or that is none: nothing is lost, and there is one clear line."""

from __future__ import annotations

import errno
import pickle
import stat
import tempfile
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.submissions import Inbox, SubmittedFile, read_inbox
from question_bank.errors import DlexamError
from tests.submissions.inboxes import MOODLE, names, only


class TestBadFiles:
    """One bad file does not stop the others."""

    def test_archive_of_a_student(self, read, notebook, zipped):
        """A student's zip archive is looked into, one level deep."""
        inner = zipped({"work/closed.ipynb": notebook(), "more.zip": zipped({"x.ipynb": b""})})
        found = only(read({"kim/hand.zip": inner, "kim/open.ipynb": notebook(part="open")}))
        assert [(file.name, file.problem) for file in found.files] == [
            ("hand.zip/more.zip", "is an archive in an archive and is not opened"),
            ("hand.zip/work/closed.ipynb", None),
            ("open.ipynb", None),
        ]
        assert found.flags == ("hand.zip/more.zip is an archive in an archive and is not opened",)

    def test_loose_archive(self, read, notebook, zipped):
        """A loose archive that begins with an id is that student's."""
        inbox = read({"20231111.zip": zipped({"closed.ipynb": notebook()}), "kim/a.ipynb": notebook(part="x")})
        assert names(inbox)["20231111"] == ["20231111.zip/closed.ipynb"]

    def test_damaged_archive(self, read, notebook):
        """A student's damaged archive is an unreadable file of that student."""
        found = only(read({"kim/closed.zip": b"junk", "kim/open.ipynb": notebook()}))
        problem = "is not a zip archive that can be read"
        assert found.files[0] == SubmittedFile("closed.zip", b"", "", problem)
        assert found.flags == (f"closed.zip {problem}",)

    def test_no_notebook(self, read):
        """A student who handed in something else is found, with flags."""
        found = only(read({"kim/model.keras": b"x", "kim/a.py": b"x"}))
        assert (found.files, found.flags) == (
            (),
            ("not read, being no notebook: a.py, model.keras", "it holds no notebook"),
        )

    def test_large(self, read, notebook):
        """A file over the cap is an unreadable file of its student, and the others are read."""
        inbox = read({"kim/a.ipynb": b"x" * 2001, "20231111/a.ipynb": notebook()}, notebook=2000)
        assert [found.files[0].problem for found in inbox.found] == [None, "is larger than 2000 bytes"]

    def test_one_student_with_much(self, read):
        """A student's files over that student's cap are unreadable, and the next student's are read."""
        files = {f"20231111/{n}.ipynb": b"x" * 100 for n in range(4)}
        inbox = read({**files, "kim/a.ipynb": b"y" * 100}, student=250)
        over = "would take the student's files over 250 bytes"
        assert [file.problem for file in inbox.found[0].files] == [None, None, over, over]
        assert inbox.found[1].files[0].problem is None

    def test_too_much(self, read):
        """A class over the cap of all is refused, with what to do."""
        with pytest.raises(DlexamError, match="holds more than 250 bytes of notebooks; grade the class in smaller"):
            read({f"{n}/a.ipynb": b"x" * 100 for n in range(3)}, total=250)

    def test_too_much_within_an_archive(self, read, zipped):
        """The cap of all also stops a student's archive."""
        with pytest.raises(DlexamError, match="holds more than 250 bytes of notebooks"):
            read({"kim/a.zip": zipped({f"{n}.ipynb": b"x" * 100 for n in range(3)})}, total=250)

    def test_many_files(self, read):
        """More files than the cap are refused."""
        with pytest.raises(DlexamError, match="holds more than 2 files"):
            read({f"{n}.ipynb": b"" for n in range(4)}, entries=2)

    def test_links(self, tmp_path, laid_out, notebook, roster):
        """A link in a folder is an unreadable file of its student; a student's folder that is one, a flag."""
        root = laid_out(tmp_path / "in", {"kim/open.ipynb": notebook()})
        (root / "kim/closed.ipynb").symlink_to("/etc/passwd")
        (root / "20231111").symlink_to("/etc")
        link = "is a link and is not followed"
        first, second = read_inbox(root, roster).found
        assert (first.student_id, first.files) == ("20231111", ())
        assert first.flags == (f"20231111 {link}", "it holds no notebook")
        assert second.files[0] == SubmittedFile("closed.ipynb", b"", "", link)
        assert second.flags == (f"closed.ipynb {link}",)

    def test_given_files(self, tmp_path, laid_out, notebook, roster):
        """Files that students were given may come back with the notebook; only what else there is is said."""
        root = laid_out(tmp_path / "in", {"kim/open.ipynb": notebook(), "kim/x/digits.npz": b"", "kim/mine.py": b""})
        (one,) = read_inbox(root, roster, given={"digits.npz"}).found
        assert one.flags == ("not read, being no notebook: mine.py",)

    def test_bad_members(self, tmp_path, zipped, notebook, roster):
        """Members that climb out are nobody's; a link and a double are their student's unreadable files."""
        link = zipfile.ZipInfo("kim/closed.ipynb")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        path = tmp_path / "in.zip"
        path.write_bytes(
            zipped(
                [
                    (link, b"/etc/passwd"),
                    ("../kim/x.ipynb", b"1"),
                    ("/kim/y.ipynb", b"1"),
                    ("20231111/../kim/z.ipynb", b"1"),
                    ("20231113/a.ipynb", b"1"),
                    ("20231113/a.ipynb", b"2"),
                    ("20231114/a.ipynb", notebook()),
                ]
            )
        )
        inbox = read_inbox(path, roster)
        assert {found.student_id: [(file.name, file.problem) for file in found.files] for found in inbox.found} == {
            "20231111": [("../kim/z.ipynb", "has a path that climbs out of its folder")],
            "20231113": [("a.ipynb", "stands in the archive more than once")],
            "20231114": [("a.ipynb", None)],
            "kim": [("closed.ipynb", "is a link and is not followed")],
        }
        assert [found.source for found in inbox.strangers] == ["..", "/"]


class TestRefused:
    """What is no inbox at all."""

    def refusal(self, path, roster) -> str:
        """The one line that says why *path* is no inbox."""
        with pytest.raises(DlexamError) as caught:
            read_inbox(path, roster)
        line = str(caught.value)
        assert line.startswith(f"{path}: ")
        assert "give the folder or the zip file" in line
        return line

    def test_missing(self, tmp_path, roster):
        """A path to nothing is refused."""
        assert "cannot be opened (No such file or directory)" in self.refusal(tmp_path / "x", roster)

    def test_empty_folder(self, tmp_path, laid_out, roster):
        """A folder of nothing but leavings is refused."""
        laid_out(tmp_path, {".DS_Store": b"", "__MACOSX/x.ipynb": b""})
        assert "holds no submissions" in self.refusal(tmp_path, roster)

    def test_empty_zip(self, tmp_path, zipped, roster):
        """An empty archive is refused."""
        (tmp_path / "in.zip").write_bytes(zipped({}))
        assert "holds no submissions" in self.refusal(tmp_path / "in.zip", roster)

    @pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04" + b"x" * 100])
    def test_no_zip(self, tmp_path, roster, data):
        """A file that is no zip archive is refused."""
        (tmp_path / "in.zip").write_bytes(data)
        assert "is not a zip archive that can be read" in self.refusal(tmp_path / "in.zip", roster)

    def test_empty_student_folder(self, tmp_path, roster):
        """A student's empty folder is something: it is found, with a flag."""
        (tmp_path / "kim").mkdir()
        found = only(read_inbox(tmp_path, roster))
        assert (found.files, found.flags) == ((), ("it holds no notebook",))


TOPS = st.sampled_from(
    [
        "kim",
        "20231111",
        "홍길동_1_assignsubmission_file_",
        "..",
        "x",
        "홍길동",
        "a\\b",
        "kim_1_2_a.ipynb",
        "c.zip",
    ]
)
MEMBERS = st.dictionaries(
    st.lists(TOPS | st.sampled_from(["closed.ipynb", "open.ipynb", "z.zip"]), min_size=1, max_size=3).map("/".join),
    st.binary(max_size=30) | st.just(b'{"nbformat": 4, "cells": [], "metadata": {"dlexam": {"student": "20231112"}}}'),
    max_size=6,
)


class TestAnything:
    """Whatever comes in, every file comes out once, or there is one clear error."""

    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(MEMBERS)
    def test_nothing_is_lost(self, tmp_path, zipped, roster, members):
        """Each notebook has one owner or is one stranger's, and each student is found or missing."""
        (tmp_path / "in.zip").write_bytes(zipped(members))
        try:
            inbox = read_inbox(tmp_path / "in.zip", roster)
        except DlexamError:
            assert not members
            return
        files = [file for found in (*inbox.found, *inbox.strangers) for file in found.files]
        assert sum(name.endswith((".ipynb", ".zip")) for name in members) == len(files)
        ids = [found.student_id for found in inbox.found]
        assert sorted([*ids, *inbox.missing]) == sorted(student.id for student in roster)
        assert all(found.student_id is None and found.flags for found in inbox.strangers)

    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_mutated_zip(self, tmp_path, zipped, notebook, roster, data):
        """An archive with bytes changed, within an archive or alone, is read or refused."""
        inner = zipped({"closed.ipynb": notebook(student="kim")})
        good = zipped({"kim/closed.ipynb": notebook(), "20231111/a.zip": inner, "x/": b""})
        at = data.draw(st.integers(0, len(good)))
        changed = good[:at] + data.draw(st.binary(max_size=5)) + good[at + data.draw(st.integers(0, 5)) :]
        (tmp_path / "in.zip").write_bytes(changed)
        try:
            inbox = read_inbox(tmp_path / "in.zip", roster)
        except DlexamError:
            return
        assert isinstance(inbox, Inbox)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        order=st.permutations(["20231111 (2)/a.ipynb", "20231111/a.ipynb", "홍길동/b.ipynb", "x.ipynb", "kim.ipynb"])
    )
    def test_order_makes_no_difference(self, tmp_path, zipped, notebook, roster, order):
        """The order in an archive decides nothing."""
        results = []
        for files in (order, sorted(order)):
            (tmp_path / "in.zip").write_bytes(zipped({name: notebook(student="20231112") for name in files}))
            results.append(read_inbox(tmp_path / "in.zip", roster))
        assert results[0] == results[1]

    def test_folder_and_zip_agree(self, tmp_path, zipped, laid_out, notebook, roster):
        """The same files give the same inbox as a folder and as an archive."""
        files = {
            "kim/a.ipynb": notebook(),
            "20231111_open.ipynb": notebook(student="kim"),
            MOODLE.format("Kim Minji", 3, "b.ipynb"): b"junk",
            "nobody/c.txt": b"",
        }
        (tmp_path / "in.zip").write_bytes(zipped(files))
        assert read_inbox(laid_out(tmp_path / "in", files), roster) == read_inbox(tmp_path / "in.zip", roster)

    def test_archive_is_not_unpacked(self, tmp_path, zipped, notebook, roster):
        """Reading an archive writes nothing."""
        (tmp_path / "in.zip").write_bytes(zipped({"kim/a.ipynb": notebook(), "../x.ipynb": b""}))
        read_inbox(tmp_path / "in.zip", roster)
        assert [path.name for path in tmp_path.rglob("*")] == ["in.zip"]


def test_a_class_waits_on_disk(read) -> None:
    """What was handed in takes no memory until it is marked, and reaches another process whole."""
    data = b"{}" * 50_000
    [file] = only(read({"kim/a.ipynb": data})).files
    assert not isinstance(file._data, bytes)
    assert file.data == data
    sent = pickle.loads(pickle.dumps(file))
    assert (sent, hash(sent), isinstance(sent._data, bytes)) == (file, hash(file), True)


def test_a_disk_without_room_is_no_obstacle(read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be set aside, submissions stay in memory."""

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    [file] = only(read({"kim/a.ipynb": b"{}"})).files
    assert file.data == file._data == b"{}"
