"""Files that are whole or not there, and CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["csv_bytes", "csv_text", "is_leftover", "write_atomic"]

# full-width signs count as well: some spreadsheets fold them before they look
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}")


def write_atomic(path: Path, data: bytes, *, mode: int = 0o666, sync: bool = True) -> None:
    """
    Write *data* to *path* so that a reader sees the old file or the new one, never a part.

    Args:
        mode: permissions before the umask; they hold from the first byte on.
        sync: wait until the disk has it; without, a power cut may lose it: for what can be made again.

    Raises:
        OSError: the folder cannot be written; *path* is as it was.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def is_leftover(name: str) -> bool:
    """Whether a file of this *name* is what `write_atomic` leaves of a file when its process is killed."""
    return _TEMPORARY.fullmatch(name) is not None


def csv_text(value: object) -> str:
    """
    *value* as a CSV cell that a spreadsheet shows and never runs.

    A text that begins like a formula gets an apostrophe before it; numbers stay numbers; None is empty.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    # spreadsheets strip spaces before they look
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file with a BOM, so that Excel reads its Korean; every cell has gone through `csv_text`."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([csv_text(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")
