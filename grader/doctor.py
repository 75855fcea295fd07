"""What works on this machine, and how to mend what does not."""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from grader.sandbox import Isolation, SandboxBroken, StudentError, Zygote, detect

__all__ = ["Finding", "examine"]


@dataclass(frozen=True)
class Finding:
    """One thing that was tried: whether it works, what was seen, and what to do if not."""

    what: str
    ok: bool
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
    walled = found.isolation is Isolation.BUBBLEWRAP
    yield Finding(
        "isolation",
        walled,
        f"{found.isolation}: {found.detail}",
        "" if walled else "install bubblewrap and allow user namespaces; else grade with --unsafe-no-sandbox",
    )
    try:
        with Zygote(found.isolation) as zygote, zygote.session() as session:
            result = session.run("import keras\nlayer = keras.layers.Dense(1)", seconds=60, seed=0)
    except (SandboxBroken, StudentError) as error:
        yield Finding("student process", False, str(error), "run it again; if it stays, report it with this output")
        return
    yield Finding("student process", result.ok, "Keras builds a layer in it" if result.ok else str(result.message))
