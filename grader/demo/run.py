"""Build the demo's exam, hand it in, grade it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from grader.batch.batch import Batch, grade_batch
from grader.demo.students import CLASS, handed_in
from grader.grading.limits import TimeLimits
from grader.isolation import choose
from papers.files import write_atomic
from papers.from_files import build_files
from papers.lock import load_lock
from question_bank import DlexamError, load_bank

__all__ = ["Demo", "run_demo", "write_submissions"]

# honest training takes some seconds; the demo's endless loop should not keep anybody waiting for a minute
_LIMITS = TimeLimits(cell=20, call=60)
_MARKER = ".dlexam-demo"


@dataclass(frozen=True)
class Demo:
    """A finished demo: its batch, where its results are, and what is worth a look."""

    batch: Batch
    results: Path
    look_at: Mapping[str, Path]


def run_demo(
    to: Path,
    *,
    jobs: int | None = None,
    progress: Callable[[str, int, int], None] = lambda student, done, total: None,
) -> Demo:
    """
    Make the demo anew in the folder *to*.

    Raises:
        DlexamError: *to* holds something that no demo wrote.
    """
    if to.exists() and any(to.iterdir()) and not (to / _MARKER).exists():
        raise DlexamError("holds files that no demo wrote", file=to, mend="give an empty folder with --to")
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    (to / _MARKER).touch()
    out, submissions, results = to / "exam", to / "submissions.zip", to / "results"
    with as_file(files("grader.demo")) as here:
        for name in ("exam.toml", "roster.csv"):
            shutil.copy(here / name, to / name)
    build_files(to / "exam.toml", to / "roster.csv", out)
    write_submissions(out, submissions)
    # on a machine without bubblewrap the demo still runs: its submissions are its own
    isolation = choose(unsafe=True)
    batch = grade_batch(out, submissions, results, isolation=isolation, jobs=jobs, limits=_LIMITS, progress=progress)
    student = batch.records[1].student
    look_at = {
        "a student's notebook": out / "students" / student / "closed.ipynb",
        "the same, solved": out / "private" / "solved" / student / "closed.ipynb",
        "the marking key": out / "private" / "key.html",
        "a feedback page": results / "feedback" / f"{student}.html",
        "a record": results / "records" / f"{student}.json",
        "all marks": results / "marks.csv",
    }
    return Demo(batch, results, look_at)


def write_submissions(out: Path, to: Path) -> None:
    """Write what the demo's class hands in for the exam in *out*, as the zip that Moodle would give."""
    bank, lock = load_bank(), load_lock(out)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, paper in enumerate(lock.students, start=4001):
            # Moodle names a folder by name and participant number, never by the student's id
            folder = f"{paper.name}_{number}_assignsubmission_file_"
            for name, data in handed_in(bank, lock, paper, CLASS[paper.id], out / "students" / paper.id).items():
                archive.writestr(f"{folder}/{name}", data)
        archive.writestr("홍길동_4999_assignsubmission_file_/closed.ipynb", b"{}")
    write_atomic(to, buffer.getvalue())
