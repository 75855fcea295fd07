"""Which walls student code gets on this machine, and whether they hold."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from grader.sandbox import Isolation, canaries, detect
from papers.lock import Lock
from question_bank import Bank, DlexamError

__all__ = ["choose", "try_walls"]

_TRIED = 3


def choose(*, unsafe: bool = False) -> Isolation:
    """
    The isolation to grade with.

    Args:
        unsafe: a process without walls will do where no other tier works.

    Raises:
        DlexamError: neither bubblewrap nor Landlock works here and *unsafe* is not given.
    """
    found = detect()
    if found.isolation is Isolation.PROCESS and not unsafe:
        raise DlexamError(
            f"no sandbox: {found.detail}",
            mend="mend it (`dlexam doctor`), or accept the risk with --unsafe-no-sandbox",
        )
    return found.isolation


def try_walls(isolation: Isolation, bank: Bank, lock: Lock, out: Path, submissions: Path) -> None:
    """
    Have canaries try the walls before a batch, with this exam's own files among what they are after.

    Raises:
        DlexamError: one got through.
    """
    tests = [bank[slot.question].hidden_test for slot in lock.slots]
    hidden = [*islice((test for test in tests if test.is_file()), _TRIED), out.resolve() / "private" / "lock.json"]
    handed_in = [submissions] if submissions.is_file() else islice(submissions.rglob("*.ipynb"), _TRIED)
    canaries.require(isolation, hidden=hidden, submissions=[path.resolve() for path in handed_in])
