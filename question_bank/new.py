"""A new question's folder, to be filled in."""

from __future__ import annotations

import keyword
import re
import shutil
import tempfile
from pathlib import Path

from question_bank.bank import QUESTIONS
from question_bank.errors import DlexamError

__all__ = ["BLANK_MARK", "NEW_KINDS", "new_question"]

_SKELETONS = Path(__file__).parent / "skeletons"

BLANK_MARK = "TODO"
"""What stands in a new question wherever its author has to write; `dlexam check` says where one is left."""

NEW_KINDS = (
    *("term", "choice", "choices", "number", "order", "fields", "expression"),
    *("function", "model", "training", "essay"),
)
"""The kinds of new question; `code` is another word for `function`."""


def new_question(id: str, kind: str, bank: Path | None = None) -> list[Path]:
    """
    Write the folder of a new question: a small working one, with a mark wherever its author has to write.

    Args:
        id: `TOPIC/NAME`.
        kind: one of `NEW_KINDS`.
        bank: the folder of questions; default: the package's own.

    Returns:
        Its files.

    Raises:
        DlexamError: the id or the kind cannot be, or the folder is there already; nothing was written.
    """
    kind = "function" if kind == "code" else kind
    if kind not in NEW_KINDS:
        raise DlexamError(f"no kind of question {kind!r}", mend=f"the kinds are {', '.join(NEW_KINDS)}")
    parts = id.split("/")
    if len(parts) != 2 or not all(re.fullmatch(r"[a-z][a-z0-9_]*", part) for part in parts):
        raise DlexamError(f"no id of a question: {id!r}", mend="write TOPIC/NAME in small letters, digits and _")
    if keyword.iskeyword(parts[1]):
        raise DlexamError(f"{parts[1]!r} is a word of Python's own", mend="the name becomes a function's name")
    bank = QUESTIONS if bank is None else bank
    if not bank.is_dir():
        raise DlexamError("no such folder of questions", file=bank)
    folder = bank.joinpath(*parts)
    if folder.exists():
        raise DlexamError("is there already", file=folder, mend="choose another name")
    try:
        _write(_SKELETONS / kind, folder)
    except OSError as error:
        raise DlexamError(f"cannot be written: {error.strerror or error}", file=folder) from None
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write(skeleton: Path, folder: Path) -> None:
    """A copy of *skeleton*, whole or not at all."""
    topic_is_new = not folder.parent.exists()
    folder.parent.mkdir(exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        copy = staging / folder.name
        shutil.copytree(skeleton, copy, ignore=shutil.ignore_patterns("__pycache__"))
        file = copy / "question.py"
        file.write_text(
            file.read_text(encoding="utf-8").replace("def skeleton(", f"def {folder.name}("), encoding="utf-8"
        )
        copy.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if topic_is_new and not any(folder.parent.iterdir()):
            folder.parent.rmdir()
