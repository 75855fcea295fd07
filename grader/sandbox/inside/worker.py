"""The child's side of a session: carries out the fixed requests of the trusted side, one after the other."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import socket
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any, Final, NoReturn

import numpy as np

from . import codec
from .requests import Requests, message_of, seed_all

__all__ = ["prepare", "serve"]

TRACEBACK: Final = 4000
# What a first `fit`, plot, summary or magic imports late: once here, not once in every child.
LATE: Final = (
    *("matplotlib", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "rich._emoji_codes", "encodings.cp437"),
    *(f"PIL.{name}" for name in ("BmpImagePlugin", "GifImagePlugin", "JpegImagePlugin", "PpmImagePlugin")),
    *(f"tensorflow.python.data.ops.{name}_op" for name in ("concatenate", "flat_map", "from_tensors", "range", "zip")),
    *(f"IPython.core.magics.{name}" for name in ("ast_mod", "execution", "pylab")),
)
# A child is short-lived: the collector looks so seldom that it costs nothing, yet a loop over models is bounded.
COLLECT_AFTER: Final = (50_000, 20, 100)


def prepare(preload: bool = True) -> Any:
    """
    Import what student code imports, in the zygote, and return the shell that every child inherits.

    Args:
        preload: import TensorFlow and what plots too; the canaries need neither.
    """
    if preload:
        _preload()
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

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


def _preload() -> None:
    import keras  # noqa: F401
    import tensorflow as tf

    tf.keras.Sequential  # noqa: B018 - tf.keras is loaded when first touched
    for name in LATE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def serve(sock: socket.socket, shell: Any, nonce: str, scratch: str) -> NoReturn:
    """Settle in *scratch*, greet with *nonce*, then answer requests until the socket ends."""
    _settle(Path(scratch))
    gc.set_threshold(*COLLECT_AFTER)
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


class _Worker(Requests):
    """Beside what can be asked of names: files, and cells that run in *shell*."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell.user_ns)
        self.shell = shell
        self.verbs.update(lay=self.lay, run=self.run)

    def lay(self, files: dict[str, np.ndarray[Any, Any]], seed: int) -> None:
        for name, content in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.tobytes())
        seed_all(seed)

    def run(self, source: str, seed: int) -> dict[str, Any]:
        seed_all(seed)
        result = self.shell.run_cell(source, store_history=False)
        error = result.error_before_exec or result.error_in_exec
        if error is None:
            return {"ok": True, "error_type": None, "message": None, "traceback": None}
        return {
            "ok": False,
            "error_type": type(error).__name__[:100],
            "message": message_of(error),
            "traceback": _traceback(error),
        }


def _traceback(error: BaseException) -> str:
    try:
        frames = traceback.TracebackException.from_exception(error, limit=-20)
        # Frames of the shell and of Keras say nothing to a student.
        mine = [frame for frame in frames.stack if "ipython-input" in frame.filename]
        frames.stack = traceback.StackSummary.from_list(mine)
        return "".join(frames.format())[-TRACEBACK:]
    except BaseException:
        return ""
