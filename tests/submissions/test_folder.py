"""Folders, read without following a link."""

from __future__ import annotations

import os

import pytest

from grader.submissions.entry import Caps, Refused
from grader.submissions.folder import list_folder


def listed(root, **caps) -> dict[str, str | bytes | None]:
    """What lies in a folder by path: bytes, the reason why there are none, or None for a folder."""
    result: dict[str, str | bytes | None] = {}
    for entry in list_folder(root, Caps(**caps)):
        try:
            result["/".join(entry.parts)] = None if entry.folder else entry.problem or entry.read(100)
        except Refused as refused:
            result["/".join(entry.parts)] = str(refused)
    return result


class TestListFolder:
    """What is listed and what is read."""

    def test_files_and_folders(self, tmp_path, laid_out):
        """Files are read, folders are listed, leavings are ignored."""
        laid_out(tmp_path, {"a/b/x.ipynb": b"1", "a/.ipynb_checkpoints/x.ipynb": b"2", ".DS_Store": b""})
        (tmp_path / "empty").mkdir()
        assert listed(tmp_path) == {"a": None, "a/b": None, "a/b/x.ipynb": b"1", "empty": None}

    def test_links(self, tmp_path, laid_out):
        """A link to a file, to a folder or to nothing is refused, whatever it points to."""
        root = laid_out(tmp_path / "in", {"ok.ipynb": b"1"})
        laid_out(tmp_path / "out", {"secret": b"s"})
        (root / "file.ipynb").symlink_to(tmp_path / "out/secret")
        (root / "folder").symlink_to(tmp_path / "out")
        (root / "nothing").symlink_to("nowhere")
        link = "is a link and is not followed"
        assert listed(root) == {"ok.ipynb": b"1", "file.ipynb": link, "folder": link, "nothing": link}

    def test_special_files(self, tmp_path):
        """A pipe is refused and never waited for."""
        os.mkfifo(tmp_path / "pipe.ipynb")
        assert listed(tmp_path) == {"pipe.ipynb": "is not a regular file"}

    @pytest.mark.parametrize("swapped", ["a/x.ipynb", "a"])
    def test_swapped_for_a_link(self, tmp_path, laid_out, swapped):
        """A file or folder that becomes a link after it was listed is not read."""
        root = laid_out(tmp_path / "in", {"a/x.ipynb": b"1"})
        laid_out(tmp_path / "out", {"x.ipynb": b"secret"})
        entry = next(entry for entry in list_folder(root, Caps()) if not entry.folder)
        (root / swapped).rename(tmp_path / "gone")
        target = tmp_path / "out" / ("" if swapped == "a" else "x.ipynb")
        (root / swapped).symlink_to(target)
        with pytest.raises(Refused, match=r"is a link|Not a directory"):
            entry.read(100)

    def test_swapped_for_a_pipe(self, tmp_path, laid_out):
        """A file that becomes a pipe after it was listed is refused at once."""
        root = laid_out(tmp_path, {"x.ipynb": b"1"})
        [entry] = list_folder(root, Caps())
        (root / "x.ipynb").unlink()
        os.mkfifo(root / "x.ipynb")
        with pytest.raises(Refused, match="is not a regular file"):
            entry.read(100)

    def test_gone(self, tmp_path, laid_out):
        """A file that is gone after it was listed is refused."""
        [entry] = list_folder(laid_out(tmp_path, {"x.ipynb": b"1"}), Caps())
        (tmp_path / "x.ipynb").unlink()
        with pytest.raises(Refused, match="cannot be opened"):
            entry.read(100)

    def test_large(self, tmp_path, laid_out):
        """A file larger than the limit is refused."""
        assert listed(laid_out(tmp_path, {"x": b"1" * 101})) == {"x": "is larger than 100 bytes"}

    def test_deep(self, tmp_path, laid_out):
        """Folders below the deepest that is looked into are refused, and the rest is read."""
        root = laid_out(tmp_path, {"a/b/x.ipynb": b"1", "a/y.ipynb": b"2"})
        assert listed(root, depth=2) == {"a": None, "a/b": "lies too many folders deep", "a/y.ipynb": b"2"}

    def test_too_many(self, tmp_path, laid_out):
        """A folder of more files than the cap is refused as a whole."""
        root = laid_out(tmp_path, {"a": b"", "b": b"", "c": b""})
        with pytest.raises(Refused, match="holds more than 2 files"):
            listed(root, entries=2)

    def test_korean_windows_names(self, tmp_path, laid_out):
        """Names that another program unpacked as cp949 are read."""
        name = os.fsdecode("홍길동.ipynb".encode("cp949"))
        try:
            laid_out(tmp_path, {name: b"1"})
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
        assert listed(tmp_path) == {"홍길동.ipynb": b"1"}

    def test_no_folder(self, tmp_path):
        """A folder that is not there is refused."""
        with pytest.raises(Refused, match=r"cannot be opened \(No such file or directory\)"):
            list_folder(tmp_path / "x", Caps())

    def test_leaves_nothing_open(self, tmp_path, laid_out):
        """Listing and reading leave no file open, also where they fail."""
        root = laid_out(tmp_path, {"a/b/x.ipynb": b"1" * 200, "a/y.ipynb": b"2"})
        (root / "a/l").symlink_to("y.ipynb")
        # The lowest free number is taken, so it is the same again if nothing was left open below it.
        before = os.dup(0)
        os.close(before)
        for _ in range(3):
            listed(root)
        after = os.dup(0)
        os.close(after)
        assert after == before
