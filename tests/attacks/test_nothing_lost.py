"""
A batch that is killed, loses its sandbox or fills the disk goes on where it stopped, and nothing is lost.

Each round disturbs a real `dlexam grade` at a moment drawn from a seed, runs it again, and compares all that
is there with what an undisturbed run left.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from papers import load_lock
from papers.cells import answer_cell_id
from papers.files import is_leftover
from papers.from_files import build_files
from papers.notebook import right_source

SLOTS = {
    "typed": ("dense_layers/count_weights",),
    "code": ("dense_layers/count_weights", "gradient_descent/numpy_step", "preprocessing/min_max"),
}
CRASH = "import ctypes\nctypes.string_at(0)"
GONE_SECONDS = 20.0
RUN_SECONDS = 240.0


@pytest.fixture(scope="module", autouse=True)
def subreaper() -> Iterator[None]:
    """Orphans of what these tests start become children of this process, so that it sees them all."""
    set_subreaper = ctypes.CDLL(None).prctl
    if set_subreaper(36, 1, 0, 0, 0):
        pytest.skip("needs Linux")
    yield
    set_subreaper(36, 0, 0, 0, 0)


@dataclass(frozen=True)
class Exam:
    """A class that has handed in, what an undisturbed run makes of it, and how long that takes."""

    root: Path
    whole: dict[str, Any]
    seconds: float


@pytest.fixture(scope="module")
def exam_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Exam]:
    made: dict[str, Exam] = {}

    def exam(kind: str) -> Exam:
        if kind not in made:
            root = tmp_path_factory.mktemp(f"lost-{kind}")
            hand_in(root, SLOTS[kind])
            begun = time.monotonic()
            run = start(root, root / "undisturbed")
            assert ended(run) == ""
            made[kind] = Exam(root, contents(root / "undisturbed"), time.monotonic() - begun)
        return made[kind]

    return exam


def hand_in(root: Path, questions: Sequence[str]) -> None:
    """Eight students: four right, a crash, a blank paper, no notebook, nothing."""
    slots = "".join(f'[[part.slot]]\nquestion = "{question}"\n' for question in questions)
    text = '[exam]\nid = "lost"\ntitle = "Lost"\ndate = 2025-04-23\nlanguage = "en"\n'
    part = '[[part]]\nname = "open"\nminutes = 90\nopen_book = true\n'
    (root / "exam.toml").write_text(text + part + slots, encoding="utf-8")
    (root / "roster.csv").write_text("id,name\n" + "".join(f"s{i},김{i}\n" for i in range(8)), encoding="utf-8")
    build_files(root / "exam.toml", root / "roster.csv", root / "out")
    lock = load_lock(root / "out")
    for number in range(7):
        notebook = json.loads((root / "out" / "students" / f"s{number}" / "open.ipynb").read_bytes())
        cells = {cell["id"]: cell for cell in notebook["cells"]}
        for slot in lock.slots:
            if number < 5:
                cells[answer_cell_id(slot)]["source"] = right_source(slot, lock.variant(f"s{number}", slot.id))
        if number == 4 and len(lock.slots) > 1:
            cells[answer_cell_id(lock.slots[1])]["source"] = CRASH
        folder = root / "in" / f"s{number}"
        folder.mkdir(parents=True)
        (folder / "open.ipynb").write_text("<html>" if number == 6 else json.dumps(notebook), encoding="utf-8")


def start(
    root: Path, results: Path, inside: Sequence[str] = (), *, jobs: str = "1", **environment: str
) -> subprocess.Popen[str]:
    grade = [sys.executable, "-m", "dlexam", "grade", str(root / "out"), str(root / "in"), "-o", str(results)]
    return subprocess.Popen(
        [*inside, *grade, "--jobs", jobs],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def ended(run: subprocess.Popen[str]) -> str:
    """What the run said last, or nothing if it went well."""
    said = run.communicate(timeout=RUN_SECONDS)[1]
    assert "Traceback" not in said, said
    return "" if run.returncode == 0 else said.strip().splitlines()[-1] if said.strip() else "killed"


def contents(results: Path) -> dict[str, Any]:
    """All files by path; times aside, and where results lie aside."""
    found: dict[str, Any] = {}
    for path in sorted(results.rglob("*")):
        if path.is_file() and path.name != "origin.json":
            data = path.read_bytes()
            found[str(path.relative_to(results))] = timeless(json.loads(data)) if path.suffix == ".json" else data
    return found


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: timeless(inner) for key, inner in value.items() if key != "seconds"}
    return [timeless(inner) for inner in value] if isinstance(value, list) else value


def parents() -> dict[int, int]:
    """The parent of each living process."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(stat.parent.name)] = int(parent)
    return found


def below(pid: int) -> list[int]:
    """All that *pid* has started, and what that has started."""
    found, families = [pid], parents()
    for one in found:
        found += [child for child, parent in families.items() if parent == one]
    return found[1:]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def left_over(before: Sequence[int]) -> list[str]:
    """The processes that are still there some time after their batch, and were not before it."""
    deadline = time.monotonic() + GONE_SECONDS
    while True:
        left = {pid for pid in below(os.getpid()) if pid not in before}
        if not left or time.monotonic() > deadline:
            return [command(pid)[-200:] for pid in left]
        time.sleep(0.1)


def kill_batch(run: subprocess.Popen[str], draw: random.Random) -> None:
    del draw
    run.kill()


def kill_one(run: subprocess.Popen[str], draw: random.Random, mark: str) -> None:
    """Kill one of the processes of the batch whose command line holds *mark*, as soon as there is one."""
    while run.poll() is None:
        if found := [pid for pid in below(run.pid) if mark in command(pid)]:
            with suppress(ProcessLookupError):
                os.kill(draw.choice(found), signal.SIGKILL)
            return
        time.sleep(0.005)


def kill_zygote(run: subprocess.Popen[str], draw: random.Random) -> None:
    """bubblewrap around it, bubblewrap inside, itself, or the child that runs a student's code."""
    kill_one(run, draw, "zygote_main")


def kill_worker(run: subprocess.Popen[str], draw: random.Random) -> None:
    kill_one(run, draw, "spawn_main")


Disturb = Callable[[subprocess.Popen[str], random.Random], None]


def kill_new_worker(run: subprocess.Popen[str], draw: random.Random) -> None:
    """Kill a grading process before it has read what it was started with."""
    kill_one(run, draw, "spawn_main")


def disturbed(exam: Exam, disturb: Disturb, seed: int) -> None:
    draw, results = random.Random(f"{disturb.__name__} {seed}"), exam.root / f"{disturb.__name__}-{seed}"
    before = below(os.getpid())
    run = start(exam.root, results)
    if disturb is not kill_new_worker:
        with suppress(subprocess.TimeoutExpired):
            run.wait(draw.uniform(0, exam.seconds))
    disturb(run, draw)
    ended(run)
    assert left_over(before) == []
    # nothing half-written bears a file's name
    there = {name: what for name, what in contents(results).items() if not is_leftover(Path(name).name)}
    if disturb is not kill_zygote:
        assert {name: exam.whole[name] for name in there} == there
    assert ended(start(exam.root, results)) == ""
    assert contents(results) == exam.whole
    assert left_over(before) == []
    shutil.rmtree(results)


def test_killed_batch_of_short_answers(exam_of: Callable[[str], Exam]) -> None:
    """After kill -9 no process is left, no file is half, and a second run leaves what an undisturbed one does."""
    disturbed(exam_of("typed"), kill_batch, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(24))
def test_killed_batch(exam_of: Callable[[str], Exam], seed: int) -> None:
    """The same while students' code runs."""
    disturbed(exam_of("code"), kill_batch, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(16))
def test_killed_zygote(exam_of: Callable[[str], Exam], seed: int) -> None:
    """The same when a process of the sandbox is killed: its student's marks do not suffer."""
    disturbed(exam_of("code"), kill_zygote, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_killed_worker(exam_of: Callable[[str], Exam], seed: int) -> None:
    """The same when a grading process is killed, as the kernel does when memory runs out."""
    disturbed(exam_of("code"), kill_worker, seed)


@pytest.mark.slow
def test_worker_killed_as_it_starts(exam_of: Callable[[str], Exam]) -> None:
    """A grading process that is killed before it has read what it is started with keeps nobody waiting."""
    disturbed(exam_of("code"), kill_new_worker, 0)


@dataclass(frozen=True)
class Volume:
    """A small disk of its own, seen by the processes *inside* its mount namespace."""

    inside: tuple[str, ...]
    mounted: Path
    seen: Path

    def fill(self) -> None:
        """Take all the room there is."""
        with suppress(OSError), (self.seen / "ballast").open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                with suppress(OSError):
                    while True:
                        file.write(b"\0" * size)

    def free(self) -> None:
        (self.seen / "ballast").unlink(missing_ok=True)


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Volume]:
    mounted = tmp_path / "volume"
    mounted.mkdir()
    # nobody but root may mount, except in a user namespace of their own
    own = () if os.geteuid() == 0 else ("--user", "--map-current-user", "--keep-caps")
    mount = 'mount -t tmpfs -o size=8m,nr_inodes=4k tmpfs "$0" && echo mounted && exec sleep 3600'
    holder = subprocess.Popen(
        ["unshare", *own, "--mount", "sh", "-c", mount, str(mounted)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        if holder.stdout.readline() != "mounted\n":
            pytest.skip("no small volume can be mounted here")
        joined = ("--user", "--preserve-credentials") if own else ()
        inside = ("nsenter", "--target", str(holder.pid), *joined, "--mount", "--")
        yield Volume(inside, mounted, Path(f"/proc/{holder.pid}/root{mounted}"))
    finally:
        holder.kill()
        holder.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_full_disk(exam_of: Callable[[str], Exam], volume: Volume, seed: int) -> None:
    """A disk that fills up ends in one line or in open points, and once there is room nothing is missing."""
    exam, draw = exam_of("code"), random.Random(f"disk {seed}")
    (volume.seen / "tmp").mkdir()
    results, temporary = volume.mounted / "results", {"TMPDIR": str(volume.mounted / "tmp")}
    before = below(os.getpid())
    run = start(exam.root, results, volume.inside, **temporary)
    with suppress(subprocess.TimeoutExpired):
        run.wait(draw.uniform(0, exam.seconds))
    volume.fill()
    said = ended(run)
    assert said == "" or "No space left" in said, said
    assert left_over(before) == []
    if (volume.seen / "results").exists():
        names = contents(volume.seen / "results")
        assert names.keys() <= exam.whole.keys()
    volume.free()
    assert ended(start(exam.root, results, volume.inside, **temporary)) == ""
    assert contents(volume.seen / "results") == exam.whole
    assert left_over(before) == []
