"""A solved notebook, run in a real Jupyter kernel."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from question_bank.errors import DlexamError

__all__ = ["execute"]

_CELL_SECONDS = 600


def execute(notebook: NotebookNode, file: Path) -> NotebookNode:
    """
    Run *notebook* where *file* lies, beside its data; it comes back with outputs.

    Raises:
        DlexamError: a cell fails, or the kernel does.
    """
    # a processor only, and none of TensorFlow's notes on this machine: outputs are read elsewhere
    quiet = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
    client = NotebookClient(
        notebook,
        timeout=_CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(file.parent)}},
    )
    try:
        client.execute(env={**os.environ, **quiet}, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        raise DlexamError(f"a cell fails: {error.ename}: {error.evalue}", file=file) from None
    except (RuntimeError, TimeoutError) as error:
        raise DlexamError(f"cannot be run: {error}", file=file) from None
    for cell in notebook.cells:
        if cell.id == "setup":
            # TensorFlow's word on this machine's processor
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    return notebook
