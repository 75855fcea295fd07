"""Which tier works on this machine."""

from __future__ import annotations

import functools
import sys

from . import bubblewrap, landlock
from .inside.landlock import abi
from .tiers import Detection, Isolation

__all__ = ["detect"]


@functools.cache
def detect() -> Detection:
    """Try the tiers, strongest first, and return the first that works: about 0.2 s, once per process."""
    if sys.platform != "linux":
        return Detection(Isolation.PROCESS, f"bubblewrap and Landlock need Linux, and this is {sys.platform}")
    bwrap, about = bubblewrap.find()
    if bwrap is not None:
        return Detection(Isolation.BUBBLEWRAP, about, bwrap)
    trouble = landlock.trouble()
    if trouble is None:
        return Detection(Isolation.LANDLOCK, f"Landlock of version {abi()}, because: {about}")
    return Detection(Isolation.PROCESS, f"{about}; {trouble}")
