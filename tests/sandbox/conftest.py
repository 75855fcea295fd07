from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from grader.sandbox import Isolation, Limits, Session, Zygote, detect, landlock

SECRET = "a-token-that-no-student-may-see"
LIMITS = Limits(memory_mb=2048, files_mb=16, processes=40)
VALUES = """
import collections, enum
import numpy as np
import tensorflow as tf
import keras

class Colour(enum.IntEnum):
    RED = 3

class Name(str):
    def __str__(self):
        return "somebody else"

def half(x, *, by=2):
    return x / by

def fail(text):
    raise ValueError(text)

async def later():
    return 7

class Net:
    units = 5
    def forward(self, x):
        return x + self.units

unwritten = ...
net = Net()
cyclic = []
cyclic.append(cyclic)
"""


def started(isolation: Isolation, *, preload: bool = True) -> Iterator[Zygote]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DLEXAM_TEST_SECRET", SECRET)
        left_open = os.open(__file__, os.O_RDONLY)
        os.set_inheritable(left_open, True)
        try:
            with Zygote(isolation, LIMITS, preload=preload) as zygote:
                yield zygote
        finally:
            os.close(left_open)


@pytest.fixture(scope="session")
def secret() -> str:
    """What stands in our environment, and may not stand in the child's."""
    return SECRET


@pytest.fixture(scope="session")
def walled() -> Iterator[Zygote]:
    """A zygote in bubblewrap."""
    if detect().isolation is not Isolation.BUBBLEWRAP:
        pytest.skip(detect().detail)
    yield from started(Isolation.BUBBLEWRAP)


@pytest.fixture(scope="session")
def bare() -> Iterator[Zygote]:
    """A zygote in a process of its own, with nothing around it."""
    yield from started(Isolation.PROCESS)


@pytest.fixture(scope="session")
def fenced() -> Iterator[Zygote]:
    """A zygote without TensorFlow, whose children Landlock fences in."""
    if trouble := landlock.trouble():
        pytest.skip(trouble)
    yield from started(Isolation.LANDLOCK, preload=False)


@pytest.fixture
def fenced_session(fenced: Zygote) -> Iterator[Session]:
    """A fresh session behind Landlock."""
    with fenced.session() as made:
        yield made


SLOW_TIERS = [pytest.param(name, marks=pytest.mark.slow) for name in ("fenced", "bare")]


@pytest.fixture(params=["walled", *SLOW_TIERS])
def zygote(request: pytest.FixtureRequest) -> Zygote:
    """A zygote of each tier."""
    made: Zygote = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def session(zygote: Zygote) -> Iterator[Session]:
    """A fresh session in each tier."""
    with zygote.session() as made:
        yield made


@pytest.fixture
def walled_session(walled: Zygote) -> Iterator[Session]:
    """A fresh session in bubblewrap."""
    with walled.session() as made:
        yield made


@pytest.fixture(scope="module")
def shared(walled: Zygote) -> Iterator[Session]:
    """One session for all that only looks."""
    with walled.session(seed=1) as made:
        assert made.run(VALUES, seconds=30, seed=1).ok
        yield made
