"""
How seconds and memory grow with the class: 30, 300 and 3,000 submissions of short answers, graded and read again.

    python -m benchmarks.scale
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .classes import KINDS, make_class

__all__ = ["main"]


def measured(what: str, folder: Path) -> dict[str, float]:
    """Seconds and the peak of this process's own memory in MB, of one step; in a process that does nothing else."""
    begun = time.monotonic()
    if what == "grade":
        from grader.batch.batch import grade_batch
        from grader.isolation import choose

        exam, submissions, results = (folder / name for name in ("exam", "submissions", "results"))
        grade_batch(exam, submissions, results, isolation=choose(), bank=folder / "bank")
    else:
        from grader.results.ledger import Ledger
        from grader.results.marks_csv import write_marks
        from grader.results.records import read_records
        from papers.lock import load_lock

        lock = load_lock(folder / "exam")
        if what == "marks":
            write_marks(lock, read_records(folder / "results"), folder / "marks.csv")
        else:
            ledger = Ledger(folder / "results", folder / "exam", lock)
            for record in read_records(folder / "results"):
                ledger.page(record)
    seconds = time.monotonic() - begun
    return {"s": round(seconds, 2), "mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)}


def _apart(what: str, folder: Path) -> dict[str, float]:
    code = f"import json,sys; from benchmarks.scale import measured; from pathlib import Path; \
print(json.dumps(measured({what!r}, Path(sys.argv[1]))))"
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{what}: {done.stderr[-2000:]}")
    made: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return made


def main() -> int:
    """Print the curve as a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--students", type=int, nargs="+", default=[30, 300, 3000])
    given = parser.parse_args()
    print("| submissions | grade s | peak MB | the same again s | peak MB | marks.csv s | peak MB | all pages s |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for students in given.students:
        with tempfile.TemporaryDirectory(prefix="scale-") as name:
            folder = make_class(KINDS["short"], students, Path(name) / "class", variants=12).folder
            row: list[float] = []
            for what in ("grade", "grade", "marks", "pages"):
                row += _apart(what, folder).values()
        print(f"| {students:,} | {' | '.join(f'{cell:g}' for cell in row[:7])} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
