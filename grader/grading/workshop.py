"""What a grading process keeps open: the pytest session, the zygote, the hidden tests."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.grading.keys import Keys
from grader.grading.limits import TimeLimits
from grader.marking import Bench
from grader.sandbox import Isolation, Zygote
from papers.lock import Lock
from question_bank import Bank

__all__ = ["Workshop"]


class Workshop:
    """
    The tools of one trusted grading process, opened once and used for many submissions.

    Args:
        bank: where the hidden tests are found.
        isolation: how student code is kept apart.
        limits: how long it may run.
    """

    def __init__(self, bank: Bank, isolation: Isolation, limits: TimeLimits | None = None) -> None:
        self.bank = bank
        self.isolation = isolation
        self.limits = limits or TimeLimits()
        self.bench = Bench()
        self.zygote = Zygote(isolation)
        self._keys: tuple[Lock, Keys] | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        # the zygote starts with its first session: a batch of short answers never needs it
        self._stack.enter_context(self.bench)
        self._stack.callback(self.zygote.close)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def keys(self, lock: Lock) -> Keys:
        """The keys of the slots of *lock*, as marked here."""
        if self._keys is None or self._keys[0] is not lock:
            self._keys = lock, Keys(lock, self.bank, self.isolation, self.limits)
        return self._keys[1]

    def hidden_test(self, question: str) -> Path:
        """The hidden test of *question*."""
        return self.bank[question].hidden_test
