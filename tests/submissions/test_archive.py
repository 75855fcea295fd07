"""Zip archives, read in memory."""

from __future__ import annotations

import io
import stat
import struct
import time
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.submissions.archive import open_archive
from grader.submissions.entry import Refused


def listed(data: bytes, most: int = 100) -> dict[str, str | bytes]:
    """The files of an archive by path, each with its bytes or the reason why it has none."""
    with open_archive(io.BytesIO(data), most) as entries:
        return {"/".join(entry.parts): read(entry) for entry in entries if not entry.folder}


def read(entry, limit: int = 1000) -> str | bytes:
    """The entry's bytes, or the reason why there are none."""
    if entry.problem is not None:
        return entry.problem
    try:
        return entry.read(limit)
    except Refused as refused:
        return str(refused)


def info(name: str, mode: int) -> zipfile.ZipInfo:
    """A member with a Unix *mode*."""
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = mode << 16
    return member


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with a name's bytes replaced, both where it is listed and where it lies."""
    assert len(old) == len(new)
    assert data.count(old) == 2
    return data.replace(old, new)


def flagged(data: bytes, bit: int) -> bytes:
    """The one-member archive with a general purpose bit set in both headers."""
    raw = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(signature) + offset
        raw[at : at + 2] = struct.pack("<H", struct.unpack("<H", raw[at : at + 2])[0] | bit)
    return bytes(raw)


class TestNames:
    """Names of members."""

    @pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
    def test_no_utf8_flag(self, zipped, encoding):
        """Korean names are read as Windows (cp949) and Macs (UTF-8) write them without saying so."""
        name = "홍길동.ipynb".encode(encoding)
        place = b"x" * (len(name) - 6) + b".ipynb"
        assert listed(renamed(zipped({place.decode(): b"1"}), place, name)) == {"홍길동.ipynb": b"1"}

    def test_utf8_flag(self, zipped):
        """Names that say they are UTF-8 are, and come out composed."""
        assert listed(zipped({unicodedata.normalize("NFD", "홍길동/한.ipynb"): b"1"})) == {"홍길동/한.ipynb": b"1"}

    def test_backslashes(self, zipped):
        """Backslashes separate folders, as some Windows programs write them."""
        data = renamed(zipped({"20231111/a.ipynb": b"1"}), b"20231111/a", b"20231111\\a")
        assert listed(data) == {"20231111/a.ipynb": b"1"}

    @pytest.mark.parametrize(
        ("name", "shown", "problem"),
        [
            ("../../x.ipynb", "../../x.ipynb", "has a path that climbs out of its folder"),
            ("a/../b/x.ipynb", "a/../b/x.ipynb", "has a path that climbs out of its folder"),
            ("/etc/passwd", "//etc/passwd", "has an absolute path"),
            ("//host/x.ipynb", "//host/x.ipynb", "has an absolute path"),
            ("C:/x.ipynb", "C:/x.ipynb", "has an absolute path"),
        ],
    )
    def test_outside(self, zipped, name, shown, problem):
        """A member named outside the archive is refused and the others are read."""
        assert listed(zipped({name: b"1", "ok.ipynb": b"2"})) == {shown: problem, "ok.ipynb": b"2"}

    def test_dots_and_slashes(self, zipped):
        """Empty and dot components mean nothing."""
        assert listed(zipped({"./a//b.ipynb": b"1"})) == {"a/b.ipynb": b"1"}

    def test_controls(self, zipped):
        """Names are safe to show."""
        assert list(listed(zipped({"a\x1b\u202e.ipynb": b""}))) == ["a\\x1b\\u202e.ipynb"]

    def test_ignored(self, zipped):
        """What Macs and Jupyter leave behind is not listed."""
        names = [
            "__MACOSX/a/._x.ipynb",
            "a/.DS_Store",
            "a/.ipynb_checkpoints/x.ipynb",
            "a/._x.ipynb",
            "a/x.ipynb",
        ]
        assert list(listed(zipped(dict.fromkeys(names, b"")))) == ["a/x.ipynb"]

    def test_folders(self, zipped):
        """A folder is listed as one, so that an empty one is seen."""
        with open_archive(io.BytesIO(zipped({"20231111/": b""})), 10) as entries:
            assert [(entry.parts, entry.folder) for entry in entries] == [(("20231111",), True)]


class TestMembers:
    """A bad member does not stop the others."""

    @pytest.mark.parametrize(
        ("mode", "problem"),
        [
            (stat.S_IFLNK | 0o777, "is a link and is not followed"),
            (stat.S_IFIFO | 0o644, "is not a regular file"),
            (stat.S_IFCHR | 0o644, "is not a regular file"),
        ],
    )
    def test_special(self, zipped, mode, problem):
        """Links and devices are refused."""
        data = zipped([(info("x.ipynb", mode), b"/etc/passwd"), ("ok.ipynb", b"2")])
        assert listed(data) == {"x.ipynb": problem, "ok.ipynb": b"2"}

    def test_twice(self, zipped):
        """Neither of two members of one name is read, however it is composed; they are one entry."""
        nfc, nfd = (unicodedata.normalize(form, "한.ipynb") for form in ("NFC", "NFD"))
        data = zipped([("a.ipynb", b"1"), ("a.ipynb", b"2"), (nfc, b"1"), (nfd, b"2"), ("ok.ipynb", b"3")])
        twice = "stands in the archive more than once"
        assert listed(data) == {"a.ipynb": twice, "한.ipynb": twice, "ok.ipynb": b"3"}

    def test_encrypted(self, zipped):
        """An encrypted member is refused without asking for a password."""
        assert listed(flagged(zipped({"x.ipynb": b"1"}), 1)) == {"x.ipynb": "is encrypted"}

    def test_unusual_packing(self):
        """Only plain and deflated members are read: others may take memory before their first byte."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
            archive.writestr("x.ipynb", b"1" * 100)
        assert listed(stream.getvalue()) == {"x.ipynb": "is packed in an unusual way"}

    def test_damaged(self):
        """A member whose bytes are damaged is refused and the others are read."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("x.ipynb", b"abcdefgh")
            archive.writestr("ok.ipynb", b"2")
        assert listed(stream.getvalue().replace(b"abcd", b"abcx")) == {
            "x.ipynb": "is damaged in the archive",
            "ok.ipynb": b"2",
        }

    def test_bomb(self, zipped):
        """A member larger than the limit is refused without being unpacked."""
        data = zipped({"bomb.ipynb": b"0" * 50_000_000, "ok.ipynb": b"2"})
        assert len(data) < 100_000
        assert listed(data) == {"bomb.ipynb": "is larger than 1000 bytes", "ok.ipynb": b"2"}

    def test_bomb_that_lies(self, zipped):
        """A member that says it is smaller than it is yields no more than it says."""
        size = 5_000_000
        data = zipped({"bomb.ipynb": b"0" * size})
        lie = data.replace(struct.pack("<I", size), struct.pack("<I", 10))
        assert lie != data
        assert listed(lie) == {"bomb.ipynb": "is damaged in the archive"}


class TestArchive:
    """An archive that cannot be listed is refused as a whole."""

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Rar!\x1a\x07\x00", b"x" * 1000])
    def test_no_zip(self, data):
        """What is no zip archive is refused."""
        with pytest.raises(Refused, match="is not a zip archive that can be read"):
            listed(data)

    def test_cut(self, zipped):
        """An archive that was cut off is refused."""
        with pytest.raises(Refused, match="is not a zip archive that can be read"):
            listed(zipped({"a.ipynb": b"1" * 100})[:-30])

    def test_too_many(self, zipped):
        """An archive of more members than the cap is refused."""
        with pytest.raises(Refused, match="holds more than 2 files"):
            listed(zipped({"a": b"", "b": b"", "c": b""}), most=2)

    def test_absurd_list(self, zipped):
        """A list of members that is too long is refused before it is read."""
        data = zipped({f"{n:0100}": b"" for n in range(1000)})
        with pytest.raises(Refused, match="holds more than 10 files"):
            listed(data, most=10)

    def test_overlapping(self, zipped):
        """Members that share their bytes are read one by one, under the limit."""
        data = bytearray(zipped({"aa": b"1" * 900, "bb": b"2" * 900}))
        second = data.rindex(b"PK\x01\x02")
        data[second + 42 : second + 46] = b"\0\0\0\0"
        files = listed(bytes(data))
        damaged = "is damaged in the archive"
        assert files["bb"] == damaged
        assert files["aa"] in (b"1" * 900, damaged)  # later Pythons refuse both


def lists_or_refuses(data: bytes) -> None:
    """List and read an archive, or see it refused; anything else is a fault."""
    start = time.monotonic()
    try:
        files = listed(data)
    except Refused:
        return
    assert all(isinstance(read, str) or len(read) <= 1000 for read in files.values())
    assert time.monotonic() - start < 5


class TestAnything:
    """Whatever the bytes, a list or a refusal."""

    @given(st.binary(max_size=200))
    def test_bytes(self, data):
        """Any bytes are an archive or are refused."""
        lists_or_refuses(data)

    @settings(max_examples=300)
    @given(st.data())
    def test_mutated(self, zipped, data):
        """An archive with bytes changed, cut out or put in is listed or refused."""
        good = zipped({"20231111/한.ipynb": b"1" * 50, "b/": b"", "c.ipynb": b"{}"})
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(good)))
            gone = data.draw(st.integers(0, 6))
            good = good[:at] + data.draw(st.binary(max_size=6)) + good[at + gone :]
        lists_or_refuses(good)

    @given(st.lists(st.tuples(st.text(min_size=1, max_size=12), st.binary(max_size=20)), max_size=6))
    def test_any_names(self, zipped, members):
        """Members of any names are listed, and nothing but what was put in is read."""
        try:
            data = zipped([(name, content) for name, content in members])
        except (UnicodeEncodeError, IndexError):  # names that zipfile itself cannot write
            return
        for read in listed(data).values():
            assert isinstance(read, str) or read in [content for _, content in members]
