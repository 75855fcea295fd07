"""One pytest session that stays open and is fed with slots."""

from __future__ import annotations

import hashlib
import queue
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Protocol, Self

import pytest
from _pytest.runner import runtestprotocol

from question_bank.checks import Measured, measuring

__all__ = ["Bench", "Here", "Raised", "Runner"]

_OPTIONS = (
    *("--import-mode=importlib", "-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:faulthandler"),
    *("-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "no:logging", "-p", "no:capture"),
    *("-p", "no:doctest", "-p", "no:unittest", "--assert=plain", "-W", "ignore"),
    *("-o", "addopts=", "-o", "python_files=*.py"),
    # else the conftest.py of whatever folder this is started in runs here, and of any test*/ in it: of submissions, say
    "--noconftest",
)


@dataclass(frozen=True)
class Raised:
    """How one test ended: the exception that it raised, or None where it passed, and what it measured."""

    id: str
    error: BaseException | None
    measured: tuple[Measured, ...] = ()


class Runner(Protocol):
    """What runs hidden tests."""

    def run(self, file: Path, **fixtures: Any) -> list[Raised]:
        """Run all tests in *file*, in its order, and say how each ended."""
        ...


@dataclass(frozen=True)
class _Job:
    file: Path
    fixtures: Mapping[str, Any]
    result: Future[list[Raised]]


class Bench:
    """
    Runs hidden tests, one file at a time, without starting pytest anew for each (5 ms against 50).

    pytest is meant to be called once and to own its process, so it gets a thread of its own, whose run
    loop takes jobs until the bench is closed.
    """

    def __init__(self) -> None:
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._main, name="hidden-tests", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join(timeout=30)

    def run(self, file: Path, **fixtures: Any) -> list[Raised]:
        """
        Run all tests in *file*, in its order, and say how each ended.

        Args:
            fixtures: what the tests get as `student`, `variant`, `rng` and `marking`.

        Raises:
            Exception: the file itself does not load.
        """
        if self._thread is None or not self._thread.is_alive():
            raise RuntimeError("the bench is not open")
        job = _Job(file, fixtures, Future())
        self._jobs.put(job)
        return job.result.result()

    def _main(self) -> None:
        if _serve(self._jobs):
            return
        # whoever waits must not wait for ever
        while (job := self._jobs.get()) is not None:
            job.result.set_exception(RuntimeError("pytest did not start"))


class Here:
    """
    Runs tests in the caller's thread: slower to start, but an interrupt reaches the student's code in it, and
    what that prints reaches the cell that asked.
    """

    def run(self, file: Path, **fixtures: Any) -> list[Raised]:
        """Run all tests in *file*, in its order, and say how each ended."""
        jobs: queue.Queue[_Job | None] = queue.Queue()
        job = _Job(file, fixtures, Future())
        jobs.put(job)
        jobs.put(None)
        _serve(jobs)
        if not job.result.done():
            raise RuntimeError("pytest did not start")
        return job.result.result()


def _serve(jobs: queue.Queue[_Job | None]) -> bool:
    """Run pytest on *jobs* until one is None; False if pytest ended before that."""
    # an empty configuration file keeps pytest from looking for one upwards of the tests
    args = ["-c", str(Path(__file__).with_name("hidden.ini")), *_OPTIONS]
    loop = _Loop(jobs)
    pytest.main(args, plugins=[loop, _fixtures(loop)])
    return loop.closed


class _AsItStands(pytest.Module):
    """
    A file of tests as its bytes are now.

    Python itself would give an edited file's old code again, from memory, or from a cache that is as old to the
    second and as long: marks must be those of the code whose hash they carry.
    """

    def _getobj(self) -> ModuleType:
        source = self.path.read_bytes()
        name = f"hidden_{hashlib.sha256(str(self.path).encode() + source).hexdigest()}"
        if name not in sys.modules:
            module = ModuleType(name)
            module.__file__ = str(self.path)
            # dataclasses look their module up there
            sys.modules[name] = module
            try:
                exec(compile(source, str(self.path), "exec"), module.__dict__)
            except BaseException:
                del sys.modules[name]
                raise
        return sys.modules[name]


class _Loop:
    """The plugin: pytest's run loop, and the fixtures of the job at hand."""

    def __init__(self, jobs: queue.Queue[_Job | None]) -> None:
        self.closed = False
        self._jobs = jobs
        self._job: _Job | None = None
        self._modules: dict[tuple[Path, bytes], list[pytest.Item]] = {}
        self._raised: dict[str, BaseException] = {}

    def pytest_collection(self) -> bool:
        return True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        while (job := self._jobs.get()) is not None:
            try:
                job.result.set_result(self._run(session, job))
            except BaseException as error:
                job.result.set_exception(error)
        self.closed = True
        return True

    def _run(self, session: pytest.Session, job: _Job) -> list[Raised]:
        self._job = job
        items = self._collect(session, job.file)
        ended = []
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._raised.clear()
            with measuring() as measured:
                runtestprotocol(item, log=False, nextitem=following)
            error = next((self._raised[when] for when in ("setup", "call", "teardown") if when in self._raised), None)
            ended.append(Raised(item.name, error, tuple(measured)))
        self._job = None
        return ended

    def _collect(self, session: pytest.Session, file: Path) -> Sequence[pytest.Item]:
        key = (file, file.read_bytes())
        if key not in self._modules:
            module = _AsItStands.from_parent(session, path=file)
            self._modules[key] = list(session.genitems(module))
        return self._modules[key]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:  # noqa: ARG002
        if call.excinfo is not None:
            self._raised.setdefault(call.when, call.excinfo.value)

    def fixture(self, name: str) -> Any:
        """What the job at hand gives for the fixture *name*."""
        assert self._job is not None
        return self._job.fixtures[name]


def _fixtures(loop: _Loop) -> ModuleType:
    """The fixtures of hidden tests: `student`, `variant`, `rng`, and `marking` for typed answers."""

    def named(name: str) -> Any:
        # module scope, so that a hidden test may train once and check several things
        @pytest.fixture(scope="module", name=name)
        def fixture() -> Any:
            return loop.fixture(name)

        return fixture

    # a module: of other objects pytest looks for fixtures on the type
    plugin = ModuleType("fixtures_of_hidden_tests")
    for name in ("student", "variant", "rng", "marking"):
        setattr(plugin, name, named(name))
    return plugin
