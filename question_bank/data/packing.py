"""Arrays as the bytes of an npz file that are always the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["npz_bytes"]


def npz_bytes(arrays: Mapping[str, npt.NDArray[Any]], *, compressed: bool = False) -> bytes:
    """
    What `np.load` reads as *arrays*.

    Args:
        compressed: smaller; equal on one machine only, as compressors differ.
    """
    buffer = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
            # np.savez stamps the time of day; a fixed date makes equal papers equal bytes
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(2025, 1, 1, 0, 0, 0))
            info.compress_type = kind
            # else the member says on which system it was packed
            info.create_system = 3
            archive.writestr(info, member.getvalue())
    return buffer.getvalue()
