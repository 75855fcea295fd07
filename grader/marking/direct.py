"""The test of typed answers, called without pytest around it: for the bank's own exam, which calls it very often."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.marking.bench import Raised
from grader.marking.typed_test import test_answer

__all__ = ["Direct"]


class Direct:
    """Runs the one test of typed answers; no student's mark comes this way."""

    def run(self, file: Path, **fixtures: Any) -> list[Raised]:
        """Call the test of *file*, which must be that one."""
        if file.name != Path(test_answer.__code__.co_filename).name:
            raise ValueError(f"only typed answers can be marked without pytest, not {file}")
        try:
            test_answer(**fixtures)
        except Exception as error:
            return [Raised(test_answer.__name__, error)]
        return [Raised(test_answer.__name__, None)]
