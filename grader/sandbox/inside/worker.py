"""The child's side of a session: carries out the fixed requests of the trusted side, one after the other."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

import numpy as np

from . import codec, models, values

__all__ = ["prepare", "serve"]

MESSAGE: Final = 500
TRACEBACK: Final = 4000
PLOTTING: Final = ("matplotlib", "matplotlib.pyplot", "matplotlib_inline.backend_inline")


class _MissingError(Exception):
    """A name that student code did not define."""


def prepare() -> Any:
    """Import what student code imports, in the zygote, and return the shell that every child inherits."""
    import keras  # noqa: F401
    import tensorflow as tf
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    tf.keras.Sequential  # noqa: B018 - tf.keras is loaded when first touched
    for name in PLOTTING:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)

    class Shell(InteractiveShell):
        """The shell of a notebook without a terminal, a history or tracebacks on the screen."""

        def system(self, command: str) -> None:
            # The usual one wants a pseudo-terminal, and there is none.
            expanded = self.var_expand(command, depth=1)  # type: ignore[no-untyped-call]
            self.user_ns["_exit_code"] = subprocess.call(expanded, shell=True, stdin=subprocess.DEVNULL)

        def enable_gui(self, gui: str | None = None) -> None:
            """Windows are not shown."""

        def showtraceback(self, *_: Any, **__: Any) -> None:
            """The reply carries the traceback."""

        showsyntaxerror = showtraceback

    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    return Shell.instance(config=config)


def serve(sock: socket.socket, shell: Any, nonce: str, scratch: str) -> NoReturn:
    """Settle in *scratch*, greet with *nonce*, then answer requests until the socket ends."""
    _settle(Path(scratch))
    codec.send(sock, nonce, {"ready": True}, None)
    worker = _Worker(shell)
    while True:
        nonce, request = codec.receive(sock, None)
        reply = worker.answer(request)
        try:
            codec.send(sock, nonce, reply, None)
        except codec.UnsendableError as error:
            codec.send(sock, nonce, {"not_plain": str(error)}, None)


def _settle(scratch: Path) -> None:
    os.environ.update(HOME=str(scratch / "home"), TMPDIR=str(scratch / "tmp"))
    os.environ.update(IPYTHONDIR=str(scratch / "home" / ".ipython"), MPLCONFIGDIR=str(scratch / "home"))
    tempfile.tempdir = None
    os.chdir(scratch / "work")
    # As in a notebook, modules beside it can be imported.
    sys.path.insert(0, "")


class _Worker:
    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.converter = values.Converter()
        self.verbs: dict[str, Callable[..., Any]] = {
            "lay": self.lay,
            "run": self.run,
            "get": self.get,
            "call": self.call,
            "export": self.export,
            "predict": self.predict,
        }

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"value": self.verbs[request.pop("do")](**request)}
        except _MissingError as missing:
            return {"missing": str(missing)}
        except codec.UnsendableError as error:
            return {"not_plain": str(error)}
        except BaseException as error:
            return {"raised": [type(error).__name__[:100], _message(error)]}

    def lay(self, files: dict[str, np.ndarray[Any, Any]], seed: int) -> None:
        for name, content in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.tobytes())
        _seed(seed)

    def run(self, source: str, seed: int) -> dict[str, Any]:
        _seed(seed)
        result = self.shell.run_cell(source, store_history=False)
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            return {"ok": True, "error_type": None, "message": None, "traceback": None}
        return {
            "ok": False,
            "error_type": type(error).__name__[:100],
            "message": _message(error),
            "traceback": _traceback(error),
        }

    def look_up(self, target: str | codec.RemoteObject) -> Any:
        if isinstance(target, codec.RemoteObject):
            return self.converter.kept(target)
        try:
            value = self.shell.user_ns[target]
        except KeyError:
            raise _MissingError(target) from None
        if value is Ellipsis:
            raise _MissingError(target)
        return value

    def get(self, name: str, of: codec.RemoteObject | None) -> Any:
        if of is None:
            return self.converter.tree(self.look_up(name))
        owner = self.look_up(of)
        if not hasattr(owner, name):
            raise _MissingError(name)
        return self.converter.tree(getattr(owner, name))

    def call(
        self,
        target: str | codec.RemoteObject,
        args: list[Any],
        kwargs: dict[str, Any],
        method: str | None,
        seed: int,
    ) -> Any:
        function = self.look_up(target)
        if method is not None:
            if not hasattr(function, method):
                raise _MissingError(method)
            function = getattr(function, method)
        args, kwargs = self.converter.rebuilt(args), self.converter.rebuilt(kwargs)
        _seed(seed)
        result = function(*args, **kwargs)
        if asyncio.iscoroutine(result):
            result = asyncio.run(result)
        return self.converter.tree(result)

    def export(self, model: codec.RemoteObject) -> dict[str, Any]:
        return models.export(self.look_up(model))

    def predict(self, model: codec.RemoteObject, x: np.ndarray[Any, Any]) -> Any:
        made = self.look_up(model).predict(x, batch_size=256, verbose=0)
        return self.converter.tree(made)


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed % 2**32)
    import keras

    keras.utils.set_random_seed(seed % 2**32)


def _message(error: BaseException) -> str:
    try:
        return str(error)[:MESSAGE]
    except BaseException:
        return "(an error whose text cannot be read)"


def _traceback(error: BaseException) -> str:
    try:
        frames = traceback.TracebackException.from_exception(error, limit=-20)
        # Frames of the shell and of Keras say nothing to a student.
        mine = [frame for frame in frames.stack if "ipython-input" in frame.filename]
        frames.stack = traceback.StackSummary.from_list(mine)
        return "".join(frames.format())[-TRACEBACK:]
    except BaseException:
        return ""
