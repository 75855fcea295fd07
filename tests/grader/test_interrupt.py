"""Ctrl-C in the middle of a class, on the real command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from grader.sandbox.inside import watch
from papers.from_files import build_files
from tests.exams import one_part

EXAM = one_part("quiz", "gradient_descent/numpy_step")
STUDENTS = ("a1", "b2", "c3")


def handed_in(folder: Path) -> Path:
    """Two who hand in something short, and one whose cell sleeps longer than anybody waits."""
    (folder / "exam.toml").write_text(EXAM, encoding="utf-8")
    (folder / "roster.csv").write_text("id,name\n" + "".join(f"{id},{id}\n" for id in STUDENTS), encoding="utf-8")
    build_files(folder / "exam.toml", folder / "roster.csv", folder / "out")
    for id in STUDENTS:
        notebook = json.loads((folder / "out" / "students" / id / "open.ipynb").read_bytes())
        cell = next(cell for cell in notebook["cells"] if cell["id"] == "open-01-answer")
        cell["source"] = "import time\ntime.sleep(300)" if id == "c3" else "step = 1"
        to = folder / "in" / id / "open.ipynb"
        to.parent.mkdir(parents=True)
        to.write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def family(process: int) -> set[int]:
    return watch.families([process], watch.processes())[process]


@pytest.mark.slow
def test_interrupted_cleanly_and_gone_on_with(tmp_path: Path) -> None:
    """One line, exit code 130, no process and no half-written file left; the second run keeps what was finished."""
    folder = handed_in(tmp_path)
    results = folder / "results"
    command = [sys.executable, "-m", "dlexam", "grade", folder / "out", folder / "in", "-o", results]
    command += ["--jobs", "1", "--cell-seconds", "12"]
    running = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        # tests that a shell has put into the background ignore it, and all that they start
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    finished = [results / "records" / f"{id}.json" for id in STUDENTS[:2]]
    deadline = time.monotonic() + 120
    while not all(file.exists() for file in finished):
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.1)
    # the third session has begun or is about to
    time.sleep(1)
    started = family(running.pid)
    assert len(started) >= 4
    # as a terminal does: to the whole group in front
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert said.splitlines()[-1].startswith("dlexam: stopped; what is finished is kept")
    deadline = time.monotonic() + 15
    while left := started & watch.processes().keys():
        assert time.monotonic() < deadline, left
        time.sleep(0.1)
    assert not [path for path in results.rglob("*") if path.name.startswith(".")]
    before = {file: file.stat().st_mtime_ns for file in finished}
    again = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "2 unchanged" in again.stdout
    assert {file: file.stat().st_mtime_ns for file in finished} == before
    assert (results / "records" / "c3.json").exists()
