"""The code that stands before a notebook's first question."""

from __future__ import annotations

from question_bank.data import MODULE

__all__ = ["setup_code"]


def setup_code(*, data: bool, keras: bool) -> str:
    """
    Imports, and with *data* the line by which `keras.datasets` reads the files beside the notebook.

    No array is loaded: answers load what they need by the book's own line.
    """
    lines = []
    if keras or data:
        # set before TensorFlow starts: its notes on the processor look like errors to students
        lines += ["import os", "", 'os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")', "", "import keras"]
    lines.append("import numpy as np")
    if data:
        lines += [f"import {MODULE}", "", f"{MODULE}.install()"]
    return "\n".join(lines)
