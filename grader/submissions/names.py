"""Names of files as they come: made safe to show, compared, recognised."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence

__all__ = [
    "fold",
    "from_disk",
    "is_archive",
    "is_ignored",
    "is_notebook",
    "listed",
    "natural",
    "shown",
    "stem",
]

_LONGEST = 300
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"

# Browsers save a raw notebook as text or as JSON.
_NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json))?\Z", re.IGNORECASE)
_ARCHIVE = re.compile(r"\.zip\Z", re.IGNORECASE)

_IGNORED = {
    "__macosx",
    "__pycache__",
    ".ds_store",
    ".git",
    ".ipynb_checkpoints",
    ".venv",
    "desktop.ini",
    "thumbs.db",
}


def shown(name: str, longest: int = _LONGEST) -> str:
    """
    A *name* that a terminal, a page or a record may hold: NFC, on one line, no controls, no bidi overrides.

    What cannot be seen is written as an escape, so that two names stay two names.
    """
    text = "".join(
        _escape(char) if unicodedata.category(char) in _UNSEEN or char in _HANGUL_FILLERS else char
        for char in unicodedata.normalize("NFC", name)
    )
    # The end stays: it tells what kind of file it is.
    return text if len(text) <= longest else f"{text[: longest // 2]}…{text[-(longest // 2 - 1) :]}"


def _escape(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def from_disk(name: str) -> str:
    """A file *name* as Python lists it, its undecodable bytes read as Korean Windows writes them."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def fold(text: str) -> str:
    """*text* for comparing: NFC, caseless, single spaces."""
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def natural(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """A sort key under which ``closed (10)`` follows ``closed (9)``; no two names are equal."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", fold(name))
    key = tuple((1, _number(piece), piece) if piece[0] in "0123456789" else (2, 0, piece) for piece in pieces)
    return key, name


def _number(digits: str) -> int:
    return int(digits[:18])


def listed(names: Sequence[str], most: int = 5) -> str:
    """The first *most* of *names* in one line, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def is_notebook(name: str) -> bool:
    """Whether the file of this *name* should hold a notebook."""
    return _NOTEBOOK.search(name) is not None


def is_archive(name: str) -> bool:
    """Whether the file of this *name* should hold a zip archive."""
    return _ARCHIVE.search(name) is not None


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this *name* is left behind by a system or a tool, nobody's answer."""
    return name.casefold() in _IGNORED or name.startswith("._")


def stem(path: str) -> str:
    """The last component of *path* without its notebook or archive suffix."""
    last = path.rpartition("/")[2]
    return _ARCHIVE.sub("", _NOTEBOOK.sub("", last))
