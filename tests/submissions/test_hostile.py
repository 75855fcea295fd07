"""A table of hostile files among honest ones: each is read or refused by name, and the honest are read."""

from __future__ import annotations

import io
import os
import socket
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.submissions import Caps, Found, read_inbox
from grader.submissions.names import shown

MIB = 2**20


def bomb(size: int, name: str = "closed.ipynb") -> bytes:
    """An archive of one member of *size* zeros."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(size // MIB):
            member.write(bytes(MIB))
    return stream.getvalue()


def nested(levels: int) -> bytes:
    """An archive in an archive in an archive."""
    data = b"{}"
    for level in range(levels):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("closed.zip" if level else "closed.ipynb", data)
        data = stream.getvalue()
    return data


def wrong_sum(data: bytes) -> bytes:
    """An archive whose checksums are others."""
    right = struct.pack("<I", zlib.crc32(b"abcdefgh"))
    assert data.count(right) == 2
    return data.replace(right, b"\1\2\3\4")


def stored(name: str = "closed.ipynb") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, b"abcdefgh")
    return stream.getvalue()


def encrypted(data: bytes) -> bytes:
    """An archive whose member says it is encrypted."""
    raw = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    return bytes(raw)


def only(root: Path, roster: list[object], caps: Caps | None = None) -> Found:
    """What kim handed in; the honest one beside them was read."""
    inbox = read_inbox(root, roster, caps=caps)
    by_id = {found.student_id: found for found in inbox.found}
    assert [file.problem for file in by_id["20231111"].files] == [None]
    return by_id["kim"]


@pytest.fixture
def inbox(tmp_path: Path, laid_out: Callable[..., Path], notebook: Callable[..., bytes]) -> Path:
    """An inbox with an honest student and an empty folder of another."""
    root = laid_out(tmp_path / "in", {"20231111/closed.ipynb": notebook()})
    (root / "kim").mkdir()
    return root


ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "ratio of a thousand": (lambda: bomb(200 * MIB), "is larger than 16 MiB"),
    "archive in an archive": (lambda: nested(2), "is an archive in an archive and is not opened"),
    "ten archives deep": (lambda: nested(10), "is an archive in an archive and is not opened"),
    "wrong checksum": (lambda: wrong_sum(stored()), "is damaged in the archive"),
    "encrypted": (lambda: encrypted(stored()), "is encrypted"),
    "climbs out": (lambda: stored("../../closed.ipynb"), "has a path that climbs out of its folder"),
    "climbs out by backslashes": (lambda: stored("..\\..\\closed.ipynb"), "has a path that climbs out of its folder"),
    "absolute": (lambda: stored("/etc/closed.ipynb"), "has an absolute path"),
    "drive of Windows": (lambda: stored("C:\\closed.ipynb"), "has an absolute path"),
    "share of Windows": (lambda: stored("\\\\host\\closed.ipynb"), "has an absolute path"),
    "cut off": (lambda: stored()[:-10], "is not a zip archive that can be read"),
    "begins late": (lambda: stored()[5:], "is damaged in the archive"),
    "7z under another name": (lambda: b"7z\xbc\xaf'\x1c" + bytes(50), "is not a zip archive that can be read"),
    "a tar": (lambda: bytes(257) + b"ustar\x0000" + bytes(247), "is not a zip archive that can be read"),
}


@pytest.mark.parametrize(("data", "problem"), ARCHIVES.values(), ids=ARCHIVES.keys())
def test_archives(inbox: Path, roster: list[object], data: Callable[[], bytes], problem: str) -> None:
    """A hostile archive is its student's unreadable file, and says why."""
    (inbox / "kim" / "work.zip").write_bytes(data())
    found = only(inbox, roster)
    assert [file.problem for file in found.files] == [problem]
    assert any(problem in flag for flag in found.flags)
    assert not [path for path in inbox.parent.rglob("*") if path.is_file() and path.suffix == ".ipynb"][1:]


def test_bomb_of_many_members(inbox: Path, roster: list[object]) -> None:
    """An archive of more members than a student can mean is refused as one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2_100):
            archive.writestr(f"{number}.ipynb", b"")
    (inbox / "kim" / "work.zip").write_bytes(stream.getvalue())
    assert [file.problem for file in only(inbox, roster).files] == ["holds more than 2000 files"]


def test_bombs_that_are_small_enough_each(inbox: Path, roster: list[object]) -> None:
    """Many members of just less than the cap are counted together, and the student's rest is refused."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(12):
            archive.writestr(f"{number}.ipynb", bytes(MIB - 1))
    (inbox / "kim" / "work.zip").write_bytes(stream.getvalue())
    problems = [file.problem for file in only(inbox, roster, Caps(notebook=MIB, student=8 * MIB)).files]
    assert 6 <= problems.count(None) <= 8
    assert set(problems) == {None, "would take the student's files over 8 MiB"}


NAMES = {
    "CON.ipynb": "CON.ipynb",
    "nul.ipynb": "nul.ipynb",
    "LPT1.ipynb.": None,
    "COM1": None,
    "-rf.ipynb": "-rf.ipynb",
    "$(reboot).ipynb": "$(reboot).ipynb",
    "a\nb.ipynb": "a\\x0ab.ipynb",
    "\x1b]0;owned\x07.ipynb": "\\x1b]0;owned\\x07.ipynb",
    "\x1b[31mred.ipynb": "\\x1b[31mred.ipynb",
    "bynpi.\u202elmth.ipynb": "bynpi.\\u202elmth.ipynb",
    "zero\u200bwidth.ipynb": "zero\\u200bwidth.ipynb",
    "back\\slash.ipynb": "back\\slash.ipynb",
    "<script>.ipynb": "<script>.ipynb",
    "=1+1.ipynb": "=1+1.ipynb",
    "[bold red]x.ipynb": "[bold red]x.ipynb",
    unicodedata.normalize("NFD", "기말고사.ipynb"): "기말고사.ipynb",
    "가" * 83 + ".ipynb": "가" * 83 + ".ipynb",
    "x" * 249 + ".ipynb": "x" * 249 + ".ipynb",
    "ａ.ipynb": "ａ.ipynb",
    " .ipynb": " .ipynb",
    "..ipynb": "..ipynb",
    ".ipynb": ".ipynb",
    "a.IPYNB": "a.IPYNB",
}


@pytest.mark.parametrize(("name", "as_shown"), NAMES.items(), ids=[ascii(name)[:30] for name in NAMES])
def test_names(
    inbox: Path, roster: list[object], notebook: Callable[..., bytes], name: str, as_shown: str | None
) -> None:
    """A file of any name is its student's by its folder, and its name is shown without what could do harm."""
    try:
        (inbox / "kim" / name).write_bytes(notebook())
    except OSError:
        pytest.skip("this file system has no such names")
    found = only(inbox, roster)
    assert [file.name for file in found.files] == ([] if as_shown is None else [as_shown])
    for text in (*found.flags, found.source, *(file.name for file in found.files)):
        assert shown(text, 10_000) == text


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "cp437"])
def test_names_in_archives_without_a_flag(
    inbox: Path, roster: list[object], notebook: Callable[..., bytes], encoding: str
) -> None:
    """Names in the code page of Korean Windows, in bare UTF-8 and in the oldest code page are read."""
    name = "é.ipynb" if encoding == "cp437" else "한.ipynb"
    raw = name.encode(encoding)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x" * (len(raw) - 6) + ".ipynb", notebook())
    (inbox / "kim" / "work.zip").write_bytes(stream.getvalue().replace(b"x" * (len(raw) - 6) + b".ipynb", raw))
    assert [file.name for file in only(inbox, roster).files] == [f"work.zip/{name}"]


def test_what_is_no_file(inbox: Path, roster: list[object], tmp_path: Path) -> None:
    """Pipes, sockets, devices and links among a student's files are named and not opened."""
    kim = inbox / "kim"
    os.mkfifo(kim / "pipe.ipynb")
    (kim / "link.ipynb").symlink_to("/etc/passwd")
    (kim / "loop").symlink_to(kim)
    (kim / "home").symlink_to(tmp_path)
    refused = {"pipe.ipynb": "is not a regular file", "link.ipynb": "is a link and is not followed"}
    with socket.socket(socket.AF_UNIX) as listener:
        # the path of a socket is short
        shortcut = Path(tempfile.gettempdir()) / f"dlexam-{os.getpid()}"
        shortcut.symlink_to(kim)
        try:
            listener.bind(str(shortcut / "s.ipynb"))
        finally:
            shortcut.unlink()
        refused["s.ipynb"] = "is not a regular file"
        try:
            os.mknod(kim / "zero.ipynb", 0o666 | 0o020000, os.makedev(1, 5))
            refused["zero.ipynb"] = "is not a regular file"
        except PermissionError:
            pass
        found = only(inbox, roster)
    assert {file.name: file.problem for file in found.files} == refused
    assert "home is a link and is not followed" in found.flags


def test_hard_link(inbox: Path, roster: list[object], tmp_path: Path, notebook: Callable[..., bytes]) -> None:
    """A hard link is the file itself: only who could read it could make it, and the kernel knows no difference."""
    (tmp_path / "other.ipynb").write_bytes(notebook())
    os.link(tmp_path / "other.ipynb", inbox / "kim" / "closed.ipynb")
    assert only(inbox, roster).files[0].data == notebook()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files(inbox: Path, roster: list[object], notebook: Callable[..., bytes]) -> None:
    """A file or folder that may not be read is named."""
    (inbox / "kim" / "closed.ipynb").write_bytes(notebook())
    (inbox / "kim" / "closed.ipynb").chmod(0)
    assert only(inbox, roster).files[0].problem == "cannot be opened (Permission denied)"


def test_hundreds_of_megabytes(inbox: Path, roster: list[object]) -> None:
    """A notebook of 800 MiB is refused by its size, before a byte of it is read."""
    with (inbox / "kim" / "closed.ipynb").open("wb") as file:
        file.truncate(800 * MIB)
    assert [file.problem for file in only(inbox, roster).files] == ["is larger than 16 MiB"]


def test_roster_names_never_make_paths(tmp_path: Path, laid_out: Callable[..., Path], student: type) -> None:
    """Two names that look alike stay two students, and none of them takes the other's file."""
    roster = [student("s1", "Kim"), student("s2", "Кim"), student("s3", "Ｋim")]
    root = laid_out(tmp_path, {"Kim/a.ipynb": b"1", "Кim/a.ipynb": b"2", "Ｋim/a.ipynb": b"3"})
    inbox = read_inbox(root, roster)
    assert [(found.student_id, found.files[0].data) for found in inbox.found] == [
        ("s1", b"1"),
        ("s2", b"2"),
        ("s3", b"3"),
    ]
