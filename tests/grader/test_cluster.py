"""A class on a Dask cluster: refused unless it is fit, equal to a local run, and no submission is lost with a worker."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dask
import pytest
from distributed import Client

from grader.batch.batch import Batch, grade_batch
from grader.batch.cluster import connected
from grader.results.records import Outcome
from grader.sandbox import Isolation, detect
from papers import load_lock
from papers.cells import answer_cell_id
from papers.from_files import build_files
from papers.notebook import right_source
from question_bank import DlexamError
from question_bank.bank import QUESTIONS
from tests.exams import one_part

EXAM = one_part("spread", "dense_layers/count_weights", "gradient_descent/numpy_step", "activations/softmax")
STUDENTS = [f"s{number:02}" for number in range(16)]
NO_SPILLING = {
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False",
}

MANUAL = Path(__file__).parents[2] / "docs" / "cluster.md"
CERTIFICATE_COMMANDS = [
    line.strip() for line in MANUAL.read_text(encoding="utf-8").splitlines() if line.startswith("    openssl ")
]


class Running:
    """A scheduler and its workers, each started as Dask's manual says."""

    def __init__(self, folder: Path, scheme: str) -> None:
        self.folder = folder
        self.environment = {**os.environ, **NO_SPILLING}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"{scheme}://127.0.0.1:{port}"
        self.start("scheduler", "scheduler", "--host", self.address, "--no-dashboard")

    def start(self, name: str, *command: str) -> None:
        log = (self.folder / f"{name}.log").open("wb")
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            env=self.environment,
            cwd=self.folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def worker(self, name: str, nanny: bool, *options: str) -> None:
        host = self.address.rpartition(":")[0]
        common = ("--name", name, "--host", host, "--no-dashboard", "--local-directory", str(self.folder))
        threads = () if "--nthreads" in options else ("--nthreads", "1")
        # without a nanny the process is the worker itself
        alone = () if nanny else ("--no-nanny",)
        self.start(name, "worker", self.address, *alone, *common, *threads, *options)

    def close(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def cluster(folder: Path, *workers: str, scheme: str = "tcp", nanny: bool = False, **options: str) -> Iterator[Running]:
    """A cluster of workers of these names, once all have joined."""
    running = Running(folder, scheme)
    try:
        for name in workers:
            running.worker(name, nanny, *(part for pair in options.items() for part in (f"--{pair[0]}", pair[1])))
        with Client(running.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(len(workers), timeout=120) if workers else None
        yield running
    finally:
        running.close()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exam and what a class handed in: right, wrong, blank, nothing at all."""
    root = tmp_path_factory.mktemp("spread")
    (root / "exam.toml").write_text(EXAM, encoding="utf-8")
    (root / "roster.csv").write_text("id,name\n" + "".join(f"{s},{s}\n" for s in STUDENTS), encoding="utf-8")
    build_files(root / "exam.toml", root / "roster.csv", root / "out")
    lock = load_lock(root / "out")
    for number, student in enumerate(STUDENTS[:-1]):
        notebook = json.loads((root / "out" / "students" / student / "open.ipynb").read_bytes())
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        for place, slot in enumerate(lock.slots):
            if (number + place) % 4:
                cells[answer_cell_id(slot)]["source"] = right_source(slot, lock.variant(student, slot.id))
        if number % 5 == 0:
            cells[answer_cell_id(lock.slots[1])]["source"] = "1 / 0"
        (root / "in" / student).mkdir(parents=True)
        (root / "in" / student / "open.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return root / "out"


Progress = Callable[[str, int, int], None]


def local(out: Path, results: Path, isolation: Isolation) -> Batch:
    return grade_batch(out, out.parent / "in", results, isolation=isolation, jobs=1)


def spread(out: Path, results: Path, address: str, progress: Progress = lambda *_: None, **options: Path) -> Batch:
    with connected(address, unsafe=True) as there:
        return grade_batch(
            out,
            out.parent / "in",
            results,
            isolation=there.isolation,
            cluster=there,
            progress=progress,
            **options,  # type: ignore[arg-type]
        )


@pytest.mark.parametrize(
    "address", ["tcp://grader.example.org:8786", "ucx://127.0.0.1:8786", "127.0.0.1:8786", "tcp://8.8.8.8:1"]
)
def test_an_open_wire_is_refused(address: str) -> None:
    """Without encryption only this machine itself is spoken to."""
    with pytest.raises(DlexamError, match="neither encrypted nor on this machine; start it with certificates"):
        connected(address).__enter__()


def test_nobody_answers() -> None:
    """A wrong address is one line."""
    with socket.socket() as free, pytest.MonkeyPatch.context() as patch:
        free.bind(("127.0.0.1", 0))
        patch.setattr("grader.batch.cluster._CONNECT_SECONDS", 1)
        with pytest.raises(DlexamError, match=r"no scheduler at tcp://127\.0\.0\.1:"):
            connected(f"tcp://127.0.0.1:{free.getsockname()[1]}").__enter__()


def test_tls_without_certificates_is_refused() -> None:
    """An encrypted address without certificates in Dask's configuration is one line too."""
    with pytest.raises(DlexamError, match=r"no scheduler at tls://.*certificates in Dask's configuration"):
        connected("tls://127.0.0.1:9").__enter__()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "environment", "line"),
    [
        ({"nthreads": "2"}, {}, r"worker w \(tcp://.*\): runs 2 tasks at a time; start it with --nthreads 1"),
        ({}, {"DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "0.7"}, r"worker w \(.*\): may write answers to its disk"),
        (None, {}, "the scheduler has no workers; start some with `dask worker`"),
    ],
)
def test_a_worker_that_is_not_fit_is_refused_by_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, str] | None,
    environment: dict[str, str],
    line: str,
) -> None:
    """Several threads, spilling, and no worker at all: one line says which worker, and how to mend it."""
    for name, value in environment.items():
        monkeypatch.setitem(NO_SPILLING, name, value)
    names = () if options is None else ("w",)
    with (
        cluster(tmp_path, *names, **(options or {})) as running,
        pytest.raises(DlexamError, match=line),
        connected(running.address, unsafe=True),
    ):
        pass


@pytest.mark.slow
def test_other_versions_and_other_marking_code_are_refused(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker with another numpy, or other hidden tests, marks nothing; the line names it and what differs."""
    with cluster(tmp_path, "w") as running:
        with monkeypatch.context() as patch:
            patch.setattr("grader.batch.cluster.versions", lambda: {"numpy": "0.1"})
            with (
                pytest.raises(DlexamError, match=r"worker w .*: has numpy .*, and here it is 0\.1"),
                connected(running.address, unsafe=True),
            ):
                pass
        with monkeypatch.context() as patch:
            patch.setattr("grader.batch.cluster.terms_of", lambda _: {"training/digits": "other"})
            with pytest.raises(DlexamError, match=r"worker w .*: marks otherwise than this machine: training/digits"):
                spread(out, tmp_path / "results", running.address)


def assert_the_same(one: Batch, other: Batch) -> None:
    assert [record.student for record in one.records] == [record.student for record in other.records]
    for mine, theirs in zip(one.records, other.records, strict=True):
        for id, slot in mine.slots.items():
            assert slot.model_copy(update={"seconds": 0.0}) == theirs.slots[id].model_copy(update={"seconds": 0.0})
        assert mine.same_marks(theirs)


@pytest.mark.slow
def test_marks_are_those_of_a_local_run_though_a_worker_is_killed(out: Path, tmp_path: Path) -> None:
    """Three workers grade a class, one is killed with -9 in the middle: every record is as a local run makes it."""
    isolation = detect().isolation
    with cluster(tmp_path, "w1", "w2", "w3") as running:
        killed: list[str] = []

        def progress(student: str, done: int, total: int) -> None:  # noqa: ARG001
            if done == 4:
                running.processes["w2"].send_signal(signal.SIGKILL)
                killed.append(student)

        batch = spread(out, tmp_path / "spread", running.address, progress)
        assert killed
        assert running.processes["w2"].wait(20) == -signal.SIGKILL
        again = spread(out, tmp_path / "spread", running.address)
        assert again.kept == len(STUDENTS)
    assert batch.missing == (STUDENTS[-1],)
    assert not any(slot.outcome is Outcome.GRADER_ERROR for r in batch.records for slot in r.slots.values())
    assert batch.isolation is isolation
    assert_the_same(batch, local(out, tmp_path / "local", isolation))
    # what the workers answered is what a local regrade replays
    names = sorted(path.name for path in (tmp_path / "spread" / "transcripts").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "local" / "transcripts").iterdir())


@pytest.mark.slow
def test_a_submission_that_kills_workers_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One submission ends every worker that grades it: its points stay open, and all others have their marks."""
    bank = tmp_path / "bank"
    for question in ("dense_layers/count_weights", "gradient_descent/numpy_step", "activations/softmax"):
        shutil.copytree(QUESTIONS / question, bank / question)
    test = bank / "activations" / "softmax" / "hidden_test.py"
    deadly = "    if student.call('deadly'):\n        __import__('os')._exit(9)\n"
    text = test.read_text(encoding="utf-8").replace(
        "    z = rng.normal(scale=1.5", deadly + "    z = rng.normal(scale=1.5", 1
    )
    test.write_text(text, encoding="utf-8")
    (tmp_path / "exam.toml").write_text(EXAM, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\n" + "".join(f"{s},{s}\n" for s in STUDENTS[:5]), encoding="utf-8")
    build_files(tmp_path / "exam.toml", tmp_path / "roster.csv", tmp_path / "out", bank=bank)
    lock = load_lock(tmp_path / "out")
    for student in STUDENTS[:5]:
        notebook = json.loads((tmp_path / "out" / "students" / student / "open.ipynb").read_bytes())
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        right = right_source(lock.slots[2], lock.variant(student, lock.slots[2].id))
        source = f"{right}\ndef deadly():\n    return {student == STUDENTS[0]}"
        cells[answer_cell_id(lock.slots[2])]["source"] = source
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / "open.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    monkeypatch.setitem(NO_SPILLING, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with cluster(tmp_path, "w1", "w2", nanny=True) as running:
        batch = spread(tmp_path / "out", tmp_path / "results", running.address, bank=bank)
    first, *others = (record.slots[lock.slots[2].id] for record in batch.records)
    assert (first.outcome, first.points) == (Outcome.GRADER_ERROR, None)
    assert first.reason == "the grading process died whenever this submission was graded alone"
    assert [slot.outcome for slot in others] == [Outcome.RIGHT] * 4


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
def test_over_tls(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With certificates as docs/cluster.md makes them and Dask's own settings, a class is graded over TLS."""
    for command in CERTIFICATE_COMMANDS:
        subprocess.run(shlex.split(command), cwd=tmp_path, check=True, capture_output=True)
    settings = {"CA_FILE": "ca.pem"}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        settings |= {f"{role}__CERT": "node.pem", f"{role}__KEY": "node.key"}
    for name, file in settings.items():
        monkeypatch.setitem(NO_SPILLING, f"DASK_DISTRIBUTED__COMM__TLS__{name}", str(tmp_path / file))
    config = {"distributed.comm.tls.ca-file": str(tmp_path / "ca.pem")}
    config |= {
        f"distributed.comm.tls.client.{kind}": str(tmp_path / f"node.{end}")
        for kind, end in (("cert", "pem"), ("key", "key"))
    }
    with dask.config.set(config), cluster(tmp_path, "w1", scheme="tls") as running:
        batch = spread(out, tmp_path / "results", running.address)
        assert running.address.startswith("tls://")
    assert [record.status for record in batch.records] == ["graded"] * (len(STUDENTS) - 1) + ["missing"]
    with pytest.raises(DlexamError, match="no scheduler at tls://"):
        # without the certificates nobody gets in
        connected(running.address).__enter__()
