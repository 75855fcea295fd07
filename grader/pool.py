"""Processes that keep their tools open: what opens slowly opens once in each."""

from __future__ import annotations

import atexit
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from multiprocessing import get_context
from typing import Any

__all__ = ["worker_pool"]

Submit = Callable[..., Future[Any]]

_tool: Any = None


@contextmanager
def worker_pool(jobs: int, make: Callable[..., AbstractContextManager[Any]], *setup: Any) -> Iterator[Submit]:
    """
    *jobs* processes, each with the tool that `make(*setup)` opens; closed with the process.

    Yields `submit(function, *arguments)`, which calls `function(tool, *arguments)` in one of them. Functions,
    arguments and results are pickled: they are ours, never a student's.
    """
    # spawn: a forked copy of this process would inherit its threads' locks
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_open, initargs=(make, *setup))
    try:
        yield lambda function, *arguments: pool.submit(_call, function, *arguments)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _open(make: Callable[..., AbstractContextManager[Any]], *setup: Any) -> None:
    global _tool
    # Ctrl-C reaches the whole process group; the process that asked decides what stops
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stack = ExitStack()
    _tool = stack.enter_context(make(*setup))
    atexit.register(stack.close)


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(_tool, *arguments)
