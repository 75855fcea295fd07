"""What every drawing can do."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Drawing"]


class Drawing(Protocol):
    """Plain data that draws itself; equal data gives equal bytes on one machine."""

    def png(self) -> bytes:
        """The drawing as a PNG, sharp at twice the size it is shown in."""
        ...
