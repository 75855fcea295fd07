"""The paper that all drawings are drawn on: one look, one resolution, bytes that depend on the drawing alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ACCENT", "FILL", "INK", "LINE", "Canvas", "canvas"]

INK, LINE, FILL, ACCENT = "#24405c", "#8a97a6", "#cfe3f7", "#c2410c"

DPI = 200


class Canvas:
    """
    Axes to draw on, and the PNG when done.

    Args:
        width: of the figure in inches; a notebook shows an inch as 100 pixels.
        height: of the figure in inches.
    """

    def __init__(self, width: float, height: float) -> None:
        # imported where used: matplotlib takes half a second that most commands don't need
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self._figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
        FigureCanvasAgg(self._figure)
        self.axes: Axes = self._figure.add_subplot()

    def png(self) -> bytes:
        """The drawing; twice as sharp as it is shown."""
        buffer = io.BytesIO()
        # no software version in the file: equal drawings are equal bytes
        self._figure.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()


@contextmanager
def canvas(width: float, height: float) -> Iterator[Canvas]:
    """
    A canvas in the package's own style, whatever a user's matplotlibrc says.
    """
    import matplotlib

    style: Any = {"font.family": "DejaVu Sans", "font.size": 9, "text.color": INK, "axes.labelcolor": INK}
    style |= {"xtick.color": INK, "ytick.color": INK, "axes.edgecolor": INK}
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(style)
        yield Canvas(width, height)
