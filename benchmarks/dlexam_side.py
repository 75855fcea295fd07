"""dlexam: `dlexam grade` of the class, in a process of its own, as a TA would start it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time

from grader.results.records import read_records

from .classes import SchoolClass

__all__ = ["Ours"]


class Ours:
    """The class, ready to be graded by dlexam."""

    def __init__(self, school: SchoolClass) -> None:
        self._school = school
        self._results = school.folder / "results"

    def seconds(self) -> float:
        """Wall time of grading everybody anew."""
        shutil.rmtree(self._results, ignore_errors=True)
        folder = self._school.folder
        command = [sys.executable, "-m", "dlexam", "grade", folder / "exam", folder / "submissions"]
        begun = time.monotonic()
        done = subprocess.run(
            [*command, "-o", self._results, "--bank", folder / "bank"], capture_output=True, text=True, check=False
        )
        seconds = time.monotonic() - begun
        if done.returncode:
            raise SystemExit(f"dlexam grade: {done.stderr[-2000:]}")
        return seconds

    def marks(self) -> dict[str, dict[str, float]]:
        """Points by student and slot."""
        return {
            record.student: {id: slot.points or 0.0 for id, slot in record.slots.items()}
            for record in read_records(self._results)
        }
