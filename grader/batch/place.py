"""Where student code runs: on this machine, or on a cluster's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from grader.isolation import choose
from grader.sandbox import Isolation

if TYPE_CHECKING:
    from grader.batch.cluster import Cluster

__all__ = ["place"]


@contextmanager
def place(dask: str | None, *, unsafe: bool = False) -> Iterator[tuple[Isolation, Cluster | None]]:
    """
    The isolation that student code gets, and the cluster on which it runs, None for this machine.

    Args:
        dask: the address of a Dask scheduler.
        unsafe: a process without walls will do where no other tier works.

    Raises:
        DlexamError: no tier works, or the cluster is refused.
    """
    if dask is None:
        yield choose(unsafe=unsafe), None
        return
    # the one module that imports Dask: everything else works without it
    from grader.batch.cluster import connected

    with connected(dask, unsafe=unsafe) as cluster:
        yield cluster.isolation, cluster
