"""Which walls student code gets on this machine."""

from __future__ import annotations

from grader.sandbox import Isolation, detect
from question_bank import DlexamError

__all__ = ["choose"]


def choose(*, unsafe: bool = False) -> Isolation:
    """
    The isolation to grade with.

    Args:
        unsafe: a process without walls will do where bubblewrap does not work.

    Raises:
        DlexamError: bubblewrap does not work here and *unsafe* is not given.
    """
    found = detect()
    if found.isolation is Isolation.PROCESS and not unsafe:
        raise DlexamError(
            f"no sandbox: {found.detail}",
            mend="mend it (`dlexam doctor`), or accept the risk with --unsafe-no-sandbox",
        )
    return found.isolation
