"""One student's exam, and a worker that marks it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.batch.one import Graded, Task, Worker
from grader.grading.limits import TimeLimits
from grader.sandbox import Zygote
from grader.submissions import SubmittedNotebook
from grader.submissions.notebook import Cell
from papers.lock import Lock
from question_bank import load_bank

__all__ = ["SOFTMAX", "STEP", "Desk"]

SOFTMAX = "activations/softmax"
STEP = "gradient_descent/numpy_step"
# a little off: 3e-5 in the largest entry, three times what the hidden test tolerates
NEAR = """
import numpy as np
import time

def {function}({argument}):
    powers = np.exp({argument} - {argument}.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True) + 3e-5
"""


class Desk:
    """One student's exam from a bank that a test may change, and a worker that may run only if told."""

    def __init__(self, bank: Path, lock: Lock, zygote: Zygote) -> None:
        self.bank = bank
        self.lock = lock
        self.zygote = zygote
        [self.paper] = lock.students

    def variant(self, slot: str) -> Any:
        return self.lock.variant("a1", slot)

    def notebook(self, **sources: str) -> SubmittedNotebook:
        """Answers by slot: a number that is written, softmax almost right, steps right, a number that is computed."""
        near = NEAR.format(**self.variant("open-02").parameters)
        right = self.variant("open-04").answer.right()
        given = {
            "open-01": f"q01 = {self.variant('open-01').answer.right()}",
            "open-02": near,
            "open-03": self.variant("open-03").solution,
            "open-04": f"half = {right} / 2\nq04 = half + half",
            **sources,
        }
        own = Cell(None, "code", "half = 1")
        cells = (own, *(Cell(f"{slot}-answer", "code", source) for slot, source in given.items()))
        return SubmittedNotebook(cells, None, None, None, None, (), "open.ipynb", "0" * 64)

    def grade(
        self, before: Graded | None = None, *, may_run: bool = True, notebook: SubmittedNotebook | None = None
    ) -> Graded:
        """What a new grading process makes of it."""
        known: Mapping[str, bytes] = before.transcripts if before else {}
        old = before.record if before else None
        stored = {"open": notebook or self.notebook()}
        worker = Worker(self.lock, load_bank(self.bank), self.zygote.isolation, TimeLimits())
        worker.workshop.zygote = self.zygote
        with worker.workshop.bench:
            return worker.grade(Task(self.paper, ["open"], None, stored, old, known, None, may_run))

    def edit(self, question: str, old: str, new: str, file: str = "hidden_test.py") -> None:
        """Replace *old* by *new* in a file of the bank."""
        path = self.bank / question / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
