"""The student's work as tests see it when it lives in this very process."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from grader.marking.remote import SandboxStudent
from grader.sandbox import LocalSession

__all__ = ["LocalStudent"]


class LocalStudent(SandboxStudent):
    """
    A `question_bank.checks.Student` whose code is what *names* hold, such as the `globals()` of a notebook.

    Tests meet the values, models and exceptions that they meet through the sandbox's channel, without its
    walls and its clock: for practice, and for nbgrader alone.
    """

    def __init__(self, names: Mapping[str, Any], *, seed: int = 0) -> None:
        super().__init__(LocalSession(names), seconds=math.inf, seed=seed)
