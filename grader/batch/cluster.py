"""A class graded by the workers of a Dask cluster; the only module here that imports Dask."""

from __future__ import annotations

import ipaddress
import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any, TypeVar
from urllib.parse import urlsplit

from grader.batch.one import Graded, Task
from grader.batch.team import Setup, Team
from grader.grading.keys import versions
from grader.sandbox import Isolation
from question_bank import DlexamError

try:
    import dask
    from distributed import Client, KilledWorker

    from grader.batch.cluster_worker import Examined, Grading, examine, grade_there, terms_of, terms_there
except ModuleNotFoundError as missing:
    raise DlexamError(f"no {missing.name} here, which --dask needs", mend='pip install "dlexam[cluster]"') from None

__all__ = ["Cluster", "connected"]

T = TypeVar("T")

_CONNECT_SECONDS = 15.0
_EXAMINE_SECONDS = 120.0
_EMPTY_SECONDS = 120.0
_GO_ON = "run the same command again when it is back: what is finished is kept"


class Cluster:
    """
    Workers that are fit to grade, and the walls that all of them have. Made by `connected`.

    Args:
        isolation: the tier, the same on every worker.
    """

    def __init__(self, client: Client, isolation: Isolation) -> None:
        self.isolation = isolation
        self._client = client

    @contextmanager
    def team(self, setup: Setup) -> Iterator[Team]:
        """
        The workers as a team for one batch.

        Raises:
            DlexamError: a worker marks otherwise than this process would; names it.
        """
        name = f"dlexam-{setup.lock.build}-{secrets.token_hex(4)}"
        terms = terms_of(setup)
        self._client.register_plugin(Grading(name, setup, terms), name=name)
        try:
            for worker, found in _of_each(self._client, terms_there, name).items():
                other = [what for what, hash in terms.items() if found.get(what) != hash]
                if other:
                    problem = f"marks otherwise than this machine: {', '.join(other[:3])}"
                    raise DlexamError(problem, place=worker, mend="install the same dlexam there")
            yield _Workers(self._client, name)
        except CancelledError:
            raise DlexamError("the connection to the scheduler was lost", mend=_GO_ON) from None
        finally:
            with suppress(Exception):
                self._client.unregister_worker_plugin(name)


@contextmanager
def connected(address: str, *, unsafe: bool = False) -> Iterator[Cluster]:
    """
    The cluster whose scheduler is at *address*, once every worker has been found fit.

    Certificates come from Dask's own configuration.

    Args:
        address: as `tls://HOST:PORT`; `tcp://` on this machine alone.
        unsafe: workers without walls will do.

    Raises:
        DlexamError: nobody answers, the connection is not encrypted, or a worker is not fit; names it.
    """
    _refuse_open_wire(address, "the scheduler")
    # what Dask logs of a connection that was lost is said in one line by whoever asked
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
        try:
            client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="dlexam")
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            mend = "is it running, is the address right, and are the certificates in Dask's configuration?"
            raise DlexamError(f"no scheduler at {address}: {error}", mend=mend) from None
        try:
            yield Cluster(client, _fit(client, unsafe=unsafe))
        finally:
            with suppress(Exception):
                client.close(timeout=5)


def _refuse_open_wire(address: str, whose: str) -> None:
    """Papers, answers and marks cross no network in the clear."""
    url = urlsplit(address)
    if url.scheme == "tls":
        return
    host = url.hostname or ""
    with suppress(ValueError):
        if url.scheme == "tcp" and (host == "localhost" or ipaddress.ip_address(host).is_loopback):
            return
    raise DlexamError(
        f"{whose} is at {address}, which is neither encrypted nor on this machine",
        mend="start it with certificates and use tls:// (docs/cluster.md)",
    )


def _fit(client: Client, *, unsafe: bool) -> Isolation:
    """The walls of all workers, none of which does anything that would change a mark."""
    workers: Mapping[str, Mapping[str, Any]] = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise DlexamError("the scheduler has no workers", mend="start some with `dask worker` (docs/cluster.md)")
    for address in workers:
        _refuse_open_wire(address, f"worker {workers[address].get('name', '')}")
    mine = {**versions(), "distributed": version("distributed")}
    tiers: dict[Isolation, str] = {}
    for worker, found in _of_each(client, examine, unsafe).items():
        _refuse_unfit(worker, found, mine)
        tiers.setdefault(found.isolation, worker)
    if len(tiers) > 1:
        each = ", ".join(f"{tier} on {worker}" for tier, worker in tiers.items())
        raise DlexamError(f"the workers have different walls: {each}", mend="`dlexam doctor` there says why")
    return next(iter(tiers))


def _refuse_unfit(worker: str, found: Examined, mine: Mapping[str, str]) -> None:
    if found.threads != 1:
        problem = f"runs {found.threads} tasks at a time"
        raise DlexamError(problem, place=worker, mend="start it with --nthreads 1, and --nworkers for more")
    if found.spills:
        problem = "may write answers to its disk"
        mend = "start it with DASK_DISTRIBUTED__WORKER__MEMORY__TARGET=False and …__SPILL=False, or --memory-limit 0"
        raise DlexamError(problem, place=worker, mend=mend)
    for name, number in mine.items():
        if found.versions.get(name) != number:
            problem = f"has {name} {found.versions.get(name)}, and here it is {number}"
            raise DlexamError(problem, place=worker, mend="install the same there")


def _of_each(client: Client, ask: Callable[..., T], *arguments: object) -> dict[str, T]:
    """
    What *ask* returns on each worker, by the worker's name.

    Raises:
        DlexamError: a worker can't say; names it.
    """
    workers = client.scheduler_info(n_workers=-1)["workers"]
    asked = {
        address: client.submit(ask, *arguments, workers=[address], allow_other_workers=False, pure=False)
        for address in workers
    }
    answers = {}
    deadline = time.monotonic() + _EXAMINE_SECONDS
    for address, future in asked.items():
        name = f"worker {workers[address].get('name', address)} ({address})"
        try:
            answers[name] = future.result(timeout=max(1.0, deadline - time.monotonic()))
        except ModuleNotFoundError as error:
            raise DlexamError(f"has no {error.name}", place=name, mend='pip install "dlexam[cluster]" there') from None
        except DlexamError as error:
            raise DlexamError(error.problem, place=name, mend=error.mend) from None
        except Exception as error:
            problem = f"does not say what it is: {type(error).__name__}: {error}"
            raise DlexamError(problem[:300], place=name, mend="install the same dlexam there, or stop it") from None
    return answers


class _Workers:
    """A `Team` of a cluster's workers."""

    died: tuple[type[BaseException], ...] = (KilledWorker,)
    # the scheduler itself has begun it again on other workers before it gives up
    tries = 1

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._name = name
        self._executor = client.get_executor(pure=False)
        self._counted = 0.0
        self._size = 1
        self._there = time.monotonic()

    def size(self) -> int:
        """How many workers there are now."""
        if time.monotonic() - self._counted > 2:
            self._size = max(1, self._count())
            self._counted = time.monotonic()
        return self._size

    def submit(self, task: Task) -> Future[Graded]:
        """Grade *task* on some worker; one that loses its worker is begun again by the scheduler."""
        future: Future[Graded] = self._executor.submit(grade_there, self._name, task)
        return future

    def look(self, waited: float) -> None:  # noqa: ARG002
        """Give up when the last worker has been gone for long."""
        if self._count():
            self._there = time.monotonic()
        elif time.monotonic() - self._there > _EMPTY_SECONDS:
            raise DlexamError("the scheduler has no workers any more", mend=_GO_ON)

    def check(self) -> None:
        """Workers were examined before, and others may join at any time."""

    def _count(self) -> int:
        try:
            return len(self._client.nthreads())
        except Exception:
            raise DlexamError("the connection to the scheduler was lost", mend=_GO_ON) from None
