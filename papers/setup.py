"""The code that stands before a notebook's first question."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np

from question_bank.errors import DlexamError

__all__ = ["setup_code"]


def setup_code(files: Mapping[str, bytes], *, keras: bool) -> str:
    """
    Imports, and the arrays of the data *files* under their own names.

    Raises:
        DlexamError: two files give an array of the same name.
    """
    lines = []
    if keras:
        # set before TensorFlow starts: its notes on the processor look like errors to students
        lines += ["import os", "", 'os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")', "", "import keras"]
    lines.append("import numpy as np")
    owner: dict[str, str] = {}
    for file, data in files.items():
        if not file.endswith(".npz"):
            continue
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            names = list(arrays.files)
        for name in names:
            if owner.setdefault(name, file) != file:
                raise DlexamError(
                    f"{owner[name]} and {file} both give {name}", mend="put their questions into two parts"
                )
        loads = ", ".join(f'data["{name}"]' for name in names)
        lines += ["", f'with np.load("{file}") as data:', f"    {', '.join(names)} = {loads}"]
    return "\n".join(lines)
