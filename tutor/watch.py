"""What an open test called and what came back: shown to the student whose code fails it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.marking import LocalStudent
from grader.sandbox import RemoteObject

__all__ = ["WatchedStudent"]

_FEW = 24


class WatchedStudent(LocalStudent):
    """A `LocalStudent` that remembers the last call of each test, as a line of text, in *calls*."""

    def __init__(self, names: Mapping[str, Any], *, seed: int = 0) -> None:
        super().__init__(names, seed=seed)
        self.calls: dict[str, str] = {}

    def call(self, name: str, *args: Any, seed: int = 0, **kwargs: Any) -> Any:
        """What the student's *name* returns for these arguments."""
        # pytest says here which test is running
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition("::")[2].partition(" ")[0]
        given = [*map(_shown, args), *(f"{key}={_shown(value)}" for key, value in kwargs.items())]
        line = f"{name if isinstance(name, str) else _shown(name)}({', '.join(given)})"
        self.calls[test] = line
        result = super().call(name, *args, seed=seed, **kwargs)
        self.calls[test] = f"{line} → {_shown(result)}"
        return result


def _shown(value: Any) -> str:
    """*value* in a few characters: small arrays in full, large ones by their shape."""
    if isinstance(value, np.ndarray):
        if value.size > _FEW:
            return f"<{value.dtype} {value.shape}>"
        return " ".join(np.array2string(value, precision=4, separator=", ").split())
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_shown, value[:_FEW]))}{', …' if len(value) > _FEW else ''}]"
    if isinstance(value, float):
        return f"{value:.6g}"
    if value is None or isinstance(value, int | str):
        return repr(value)[:80]
    return f"<{value.type_name}>" if isinstance(value, RemoteObject) else "<Model>"
