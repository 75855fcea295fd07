"""What works on this machine, and how to mend what does not."""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from grader.memory import available_mb, default_jobs, family_mb
from grader.sandbox import Isolation, Limits, SandboxBroken, StudentError, Zygote, canaries, detect, landlock
from question_bank import DlexamError

__all__ = ["Finding", "examine"]


@dataclass(frozen=True)
class Finding:
    """
    One thing that was tried.

    Args:
        what: what it is.
        ok: whether it works; None where nobody promises that it does.
        seen: what was seen.
        mend: what to do if it does not work.
    """

    what: str
    ok: bool | None
    seen: str
    mend: str = ""


def examine() -> list[Finding]:
    """Try everything that grading needs; takes some seconds, because TensorFlow is really started."""
    return [_python(), *_packages(), *_sandbox()]


def _python() -> Finding:
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("Python", ok, platform.python_version(), "" if ok else "use Python 3.11 to 3.13")


def _packages() -> Iterator[Finding]:
    for name in ("numpy", "tensorflow", "keras", "nbgrader", "pytest", "ipython"):
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, "not installed", f"pip install {name}")
    if importlib.util.find_spec("question_bank.data") is not None:
        from question_bank.data import digits

        data = digits()
        yield Finding("digits", True, f"{len(data.x_train)} given, {len(data.x_test)} hidden images")


def _sandbox() -> Iterator[Finding]:
    found = detect()
    mends = {
        Isolation.BUBBLEWRAP: "",
        Isolation.LANDLOCK: "good enough to grade; user namespaces and bubblewrap would hide processes too",
        Isolation.PROCESS: "install bubblewrap and allow user namespaces; else grade with --unsafe-no-sandbox",
    }
    walled = found.isolation is not Isolation.PROCESS
    yield Finding("isolation", walled, f"{found.isolation}: {found.detail}", mends[found.isolation])
    if found.isolation is Isolation.BUBBLEWRAP:
        yield _second_tier()
    yield from _canaries(found.isolation)
    try:
        with Zygote(found.isolation) as zygote, zygote.session() as session:
            result = session.run(_TRAINING, seconds=60, seed=0)
            used = family_mb()
    except (SandboxBroken, StudentError) as error:
        yield Finding("student process", False, str(error), "run it again; if it stays, report it with this output")
        return
    yield Finding("student process", result.ok, "Keras trains in it" if result.ok else str(result.message))
    yield _memory(used)


_TRAINING = """
import keras, numpy as np
x, y = np.random.rand(2000, 784).astype("float32"), np.random.randint(0, 10, 2000)
model = keras.Sequential([keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10, activation="softmax")])
model.compile("rmsprop", "sparse_categorical_crossentropy")
model.fit(x, y, verbose=0)
"""


def _memory(used: int) -> Finding:
    """What a job takes: this process stands for a grading one."""
    if not used:
        return Finding("memory", None, "this system does not say what processes use")
    jobs, free = default_jobs(), available_mb()
    seen = f"{used} MB a job while a network trains; {jobs} at a time by default; {free} MB free"
    seen += f"; a student's session is ended at {Limits().memory_mb} MB"
    short = free is not None and jobs * used > free
    return Finding("memory", not short, seen, "close other programs, or give a smaller --jobs" if short else "")


def _second_tier() -> Finding:
    trouble = landlock.trouble()
    if trouble:
        return Finding("second tier", None, trouble)
    sent = list(_canaries(Isolation.LANDLOCK))
    through = [finding for finding in sent if finding.ok is False]
    if through:
        return Finding("second tier", False, f"landlock: {through[0].what}: {through[0].seen}", through[0].mend)
    held = sum(finding.ok is True for finding in sent)
    return Finding("second tier", True, f"landlock works too: {held} canaries held, {len(sent) - held} not promised")


def _canaries(isolation: Isolation) -> Iterator[Finding]:
    """What a submission cannot do here, each tried for real as before every batch."""
    if not canaries.promises(isolation):
        yield Finding("canaries", None, f"not sent: {isolation} promises nothing")
        return
    try:
        sent = canaries.send(isolation)
    except DlexamError as error:
        yield Finding("canaries", False, error.problem, "report it with this output")
        return
    for canary in sent:
        what = f"cannot {canary.what}"
        if not canary.promised:
            yield Finding(what, None, canary.seen)
        elif canary.held:
            yield Finding(what, True, "held")
        else:
            yield Finding(what, False, f"got through: {canary.seen}", "don't grade here; report it with this output")
