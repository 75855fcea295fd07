"""
Mutated notebooks of the demo's class, from the inbox to a record: `python tests/fuzz/notebooks.py --count 10000`.

Each must end in a record or in a refusal that says what is wrong. What would have to run is not run here, but
told apart: the walls around student code have their own tests.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from grader.batch.one import Task
from grader.batch.team import Setup, opened
from grader.demo.run import write_submissions
from grader.feedback import render_feedback
from grader.grading.limits import TimeLimits
from grader.results.answers import answers_json
from grader.results.records import Outcome, Record
from grader.sandbox import Isolation
from grader.submissions import SubmittedNotebook, UnreadableNotebook, pick_parts, read_inbox
from papers.from_files import build_files
from papers.lock import Lock, load_figures, load_lock

sys.path.insert(0, str(Path(__file__).parent))
from mutations import mutated

__all__ = ["Demo", "demo_class", "fuzz", "unfit"]

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Demo:
    """The demo's exam, and what its class hands in: file name to bytes, by student."""

    root: Path
    lock: Lock
    notebooks: dict[str, dict[str, bytes]]


@contextmanager
def demo_class() -> Iterator[Demo]:
    """The demo's class, built in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="dlexam-fuzz-") as folder, as_file(files("grader.demo")) as here:
        root = Path(folder)
        for name in ("exam.toml", "roster.csv"):
            shutil.copy(here / name, root / name)
        build_files(root / "exam.toml", root / "roster.csv", root / "out")
        write_submissions(root / "out", root / "in.zip")
        lock = load_lock(root / "out")
        with zipfile.ZipFile(root / "in.zip") as archive:
            all_files = {name: archive.read(name) for name in archive.namelist()}
        notebooks = {
            paper.id: {
                name.split("/")[1]: data
                for name, data in all_files.items()
                if name.startswith(f"{paper.name}_") and data.startswith(b"{\n")
            }
            for paper in lock.students
        }
        yield Demo(root, lock, {student: found for student, found in notebooks.items() if found})


def fuzz(demo: Demo, count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """How *count* mutants ended, and a line for each that ended as none may."""
    ended: Counter[str] = Counter()
    faults: list[str] = []
    draw = random.Random(seed)
    figures = load_figures(demo.root / "out", demo.lock)
    papers = {paper.id: paper for paper in demo.lock.students}
    setup = Setup.of(demo.lock, None, Isolation.PROCESS, TimeLimits())
    with opened(setup) as worker:
        while sum(ended.values()) < count:
            inbox, made = demo.root / "in", {}
            shutil.rmtree(inbox, ignore_errors=True)
            for student, notebooks in demo.notebooks.items():
                part = draw.choice(sorted(notebooks) if draw.random() < 0.2 else ["closed.ipynb"])
                data, made[student] = mutated(notebooks[part], draw)
                (inbox / student).mkdir(parents=True)
                (inbox / student / part).write_bytes(data)
            found = {one.student_id: one for one in read_inbox(inbox, demo.lock.students).found}
            assert found.keys() == made.keys()
            for student, names in made.items():
                if sum(ended.values()) == count:
                    break
                task = Task(papers[student], ["closed", "open"], found[student], may_run=False)
                try:
                    graded = worker.grade(task)
                    how = "would have to run" if graded.must_run else _how(graded.record)
                    if graded.must_run:
                        read = pick_parts(found[student], ["closed", "open"], exam=demo.lock.exam.id)
                        assert all(isinstance(each, SubmittedNotebook | UnreadableNotebook) for each in read.values())
                        assert [answers_json(each) for each in read.values() if isinstance(each, SubmittedNotebook)]
                    else:
                        assert Record.model_validate_json(graded.record.to_json().encode()) == graded.record
                        render_feedback(demo.lock, graded.record, figures).encode()
                    problem = "" if graded.must_run else unfit(graded.record)
                except Exception as error:
                    how, problem = "traceback", f"{type(error).__name__}: {error}"
                ended[how] += 1
                if problem:
                    faults.append(f"{student} {', '.join(names)}: {problem}")
                    _keep(inbox / student, faults)
    return ended, faults


def _how(record: Record) -> str:
    states = {part.status for part in record.parts.values()}
    return "refused by name" if "unreadable" in states else "record" if "graded" in states else "belongs to no part"


def unfit(record: Record) -> str:
    """What is wrong with a record that a submission led to, or nothing."""
    said = [slot.reason or "" for slot in record.slots.values()]
    said += [flag for part in record.parts.values() for flag in (*part.flags, part.source or "")]
    if found := [text for text in said if _CONTROLS.search(text)]:
        return f"control characters in {found[0]!r}"
    broken = [slot for slot in record.slots.values() if slot.outcome is Outcome.GRADER_ERROR]
    if broken:
        return f"{broken[0].slot}: {broken[0].reason}"
    if any(not 0 <= (slot.points or 0) <= slot.max_points for slot in record.slots.values()):
        return "points out of range"
    refused = [part for part in record.parts.values() if part.status == "unreadable"]
    return "" if all(part.flags for part in refused) else "refused without a word"


def _keep(folder: Path, faults: list[str]) -> None:
    kept = Path(tempfile.gettempdir()) / "dlexam-fuzz-faults" / f"{len(faults):04}"
    if len(faults) <= 50:
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder, kept)


def main() -> None:
    """Fuzz, and say how it went."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    with demo_class() as demo:
        ended, faults = fuzz(demo, given.count, given.seed)
    for how, number in ended.most_common():
        print(f"{number:7} {how}")
    for fault in faults[:50]:
        print(fault.encode("ascii", "backslashreplace").decode()[:400])
    print(f"{len(faults)} ended as none may")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
