"""A network of neurons with its connections, as the TensorFlow Playground draws it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Network"]


@dataclass(frozen=True)
class Network:
    """
    A densely connected network: circles for neurons, lines for connections.

    Args:
        sizes: inputs, then the neurons of each layer.
        labels: a line below each column; English, so that every font has its letters.
    """

    sizes: tuple[int, ...]
    labels: tuple[str, ...]

    def png(self) -> bytes:
        """The drawing as a PNG of about 1,300 pixels across, for 650 on screen."""
        # imported where used: matplotlib takes half a second that most commands don't need
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        columns, rows = len(self.sizes), max(self.sizes)
        figure = Figure(figsize=(1.2 + 1.5 * (columns - 1), 0.62 * rows + 0.7), dpi=200, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        axes.set_axis_off()
        axes.set_aspect("equal")
        places = [[(2.2 * x, (size - 1) / 2 - y) for y in range(size)] for x, size in enumerate(self.sizes)]
        for left, right in pairwise(places):
            for a in left:
                for b in right:
                    axes.plot([a[0], b[0]], [a[1], b[1]], color="#8a97a6", linewidth=0.9, zorder=1)
        for x, column in enumerate(places):
            face = "#ffffff" if x == 0 else "#cfe3f7"
            across, down = zip(*column, strict=True)
            axes.scatter(across, down, s=330, color=face, edgecolors="#24405c", linewidths=1.2, zorder=2)
            axes.text(2.2 * x, -rows / 2 - 0.25, self.labels[x], ha="center", va="top", fontsize=9, color="#24405c")
        axes.margins(0.08)
        buffer = io.BytesIO()
        # no software version in the file: equal drawings are equal bytes
        figure.savefig(buffer, format="png", metadata={"Software": None})
        return buffer.getvalue()
