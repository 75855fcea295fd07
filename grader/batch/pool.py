"""Processes that keep their tools open: what opens slowly opens once in each."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from pathlib import Path
from typing import Any

__all__ = ["cores", "worker_pool"]

Submit = Callable[..., Future[Any]]

_tool: Any = None
_CLOSING_SECONDS = 5.0
_ENVIRONMENT = {
    # as many processes as cores: more threads than that in each would only fight over them
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    # they start with `python -c`, which would take a pickle.py of the current folder, of a submission say, for Python's
    "PYTHONSAFEPATH": "1",
}


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def worker_pool(jobs: int, make: Callable[..., AbstractContextManager[Any]], *setup: Any) -> Iterator[Submit]:
    """
    *jobs* processes, each with the tool that `make(*setup)` opens; closed with the process.

    An error or an interrupt in the context ends them at once, whatever they are at.

    Yields `submit(function, *arguments)`, which calls `function(tool, *arguments)` in one of them. Functions,
    arguments and results are pickled: they are ours, never a student's.
    """
    # by a file: what is handed to a process as it starts goes through a pipe whose reading end this process holds
    # too, and of more than such a pipe takes the writing never ends if the process is killed before it reads
    with tempfile.NamedTemporaryFile(prefix="dlexam-setup-") as handed:
        pickle.dump((make, setup), handed)
        handed.flush()
        # spawn: a forked copy of this process would inherit its threads' locks
        spawn = get_context("spawn")
        told, tell = spawn.Pipe(duplex=False)
        own_cores = _own_cores(spawn, jobs)
        # its queues start a process of their own
        with _quiet_start():
            opening = (handed.name, told, own_cores)
            pool = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_open, initargs=opening)
        started = False

        def submit(function: Callable[..., Any], *arguments: Any) -> Future[Any]:
            nonlocal started
            if started:
                return pool.submit(_call, function, *arguments)
            # the first call starts all of them
            with _quiet_start():
                started = True
                return pool.submit(_call, function, *arguments)

        try:
            yield submit
        except BaseException:
            tell.close()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            for end in (tell, told, own_cores):
                end.close()


def _own_cores(spawn: SpawnContext, jobs: int) -> Connection:
    """
    From where each process takes the number of its own core; empty unless there is a process for each.

    TensorFlow hands each step from thread to thread. Left to the kernel, those of one process wake on the core of
    another, and a fifth of the time some core was idle.
    """
    receive, send = spawn.Pipe(duplex=False)
    with send:
        if hasattr(os, "sched_setaffinity") and jobs == cores():
            os.write(send.fileno(), b"".join(core.to_bytes(2) for core in sorted(os.sched_getaffinity(0))))
    return receive


@contextmanager
def _quiet_start() -> Iterator[None]:
    """
    Processes that start in this context import nothing from the current folder, are deaf to Ctrl-C from their first
    instruction, and of one thread.
    """
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    # it unblocks the signal when it starts by itself
    resource_tracker.ensure_running()
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _open(handed: str, told: Connection, own_cores: Connection) -> None:
    global _tool
    # not `recv`, whose several readings another process may come between
    if core := os.read(own_cores.fileno(), 2):
        os.sched_setaffinity(0, {int.from_bytes(core)})
    # Ctrl-C reaches the whole process group; the process that asked decides what stops
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    stack = ExitStack()
    threading.Thread(target=_end_with_parent, args=(stack, told), name="end-with-parent", daemon=True).start()
    make, setup = pickle.loads(Path(handed).read_bytes())
    _tool = stack.enter_context(make(*setup))
    atexit.register(stack.close)


def _end_with_parent(stack: ExitStack, told: Connection) -> None:
    """
    Go when the process that asked is gone, or closes its end of *told*.

    The pool's own queue never ends for a worker, which holds its writing end too: killed without a chance to
    shut the pool down, the parent would leave workers and their zygotes behind for ever.
    """
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel, told])
    closing = threading.Thread(target=stack.close, daemon=True)
    closing.start()
    closing.join(_CLOSING_SECONDS)
    os._exit(1)


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(_tool, *arguments)
