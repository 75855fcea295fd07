"""Processes that grade: as many as there are cores and memory for, and none that outlives who asked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import nullcontext

import pytest

from grader import memory
from grader.batch.pool import cores, worker_pool
from grader.sandbox.inside import watch


def test_an_interrupt_ends_what_processes_are_at() -> None:
    """Ctrl-C in the process that asked waits for nobody: the others are gone when the pool is closed."""
    before = watch.own_children()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), worker_pool(2, nullcontext, 60) as submit:
        sleeping = [submit(time.sleep) for _ in range(3)]
        while not all(future.running() for future in sleeping[:2]):
            time.sleep(0.05)
        started = watch.own_children() - before
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 50
    assert len(started) >= 2
    # the resource tracker stays: it is Python's own
    assert len(watch.own_children() & started) <= 1


def test_a_worker_has_one_thread_of_each_kind_and_hears_no_interrupt() -> None:
    """Workers take a core each; what this process is told of threads stays as it was."""
    before = dict(os.environ)
    with worker_pool(1, nullcontext, "OPENBLAS_NUM_THREADS") as submit:
        assert submit(os.getenv).result() == "1"
    assert dict(os.environ) == before


def test_one_job_a_core_if_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default is the cores that this process may use; on a machine short of memory fewer, never none."""
    monkeypatch.setattr(memory, "available_mb", lambda: None)
    assert memory.default_jobs() == cores() == len(os.sched_getaffinity(0))
    monkeypatch.setattr(memory, "cores", lambda: 8)
    for free, jobs in ((100_000, 8), (3 * memory.JOB_MB + 5, 3), (10, 1)):
        monkeypatch.setattr(memory, "available_mb", lambda free=free: free)
        assert memory.default_jobs() == jobs


def test_memory_of_a_family_counts_shared_pages_once() -> None:
    """A forked child that writes to nothing adds next to nothing; one that fills 64 MiB adds those."""
    program = """
import os, sys, time
from grader.memory import family_mb
held = bytearray(os.urandom(1)) * (64 << 20)
alone = family_mb()
def forked(fill):
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        more = bytearray(os.urandom(1)) * (fill << 20)
        os.write(write, b"x")
        time.sleep(60)
        os._exit(0)
    os.read(read, 1)
    grown = family_mb() - alone
    os.kill(pid, 9); os.waitpid(pid, 0)
    return grown
print(alone, forked(0), forked(64))
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    alone, idle, filled = map(int, said.stdout.split())
    assert alone >= 64
    assert idle <= 8
    assert 60 <= filled <= 80


def test_grading_loads_neither_tensorflow_nor_a_notebook_library() -> None:
    """A trusted process starts in a second: what takes longer to import than all the rest is not imported."""
    program = "import sys, grader.batch.batch, grader.batch.team; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert not {"tensorflow", "keras", "IPython", "nbformat", "jsonschema", "matplotlib"} & set(said.stdout.split())


def test_a_core_each() -> None:
    """Where there is a process for each core, each keeps to its own; fewer go where the kernel puts them."""
    mine = os.sched_getaffinity(0)
    with worker_pool(cores(), nullcontext, 1.0) as submit:
        kept_to = [submit(_slow_affinity) for _ in range(cores())]
        assert sorted(core for future in kept_to for core in future.result()) == sorted(mine)
    with worker_pool(cores() + 1, nullcontext, 0.0) as submit:
        assert submit(_slow_affinity).result() == mine


def _slow_affinity(seconds: float) -> set[int]:
    time.sleep(seconds)
    return os.sched_getaffinity(0)
