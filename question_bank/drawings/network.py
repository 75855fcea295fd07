"""A network of neurons with its connections, as the TensorFlow Playground draws it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from question_bank.drawings.canvas import FILL, INK, LINE, canvas

__all__ = ["Network"]


@dataclass(frozen=True)
class Network:
    """
    A layered network: circles for neurons, lines for connections.

    Args:
        sizes: inputs, then the neurons of each layer.
        labels: a line below each column; English, so that every font has its letters.
        absent: connections left out, each as (column it starts in, from, to), all counted from 0, neurons
            from the top; none is left out of a densely connected network.
    """

    sizes: tuple[int, ...]
    labels: tuple[str, ...]
    absent: tuple[tuple[int, int, int], ...] = ()

    def png(self) -> bytes:
        """The drawing as a PNG of about 1,300 pixels across, for 650 on screen."""
        columns, rows = len(self.sizes), max(self.sizes)
        left_out = set(self.absent)
        places = [[(2.2 * x, (size - 1) / 2 - y) for y in range(size)] for x, size in enumerate(self.sizes)]
        with canvas(1.2 + 1.5 * (columns - 1), 0.62 * rows + 0.7) as drawing:
            axes = drawing.axes
            axes.set_axis_off()
            axes.set_aspect("equal")
            for column, (left, right) in enumerate(pairwise(places)):
                for start, a in enumerate(left):
                    for end, b in enumerate(right):
                        if (column, start, end) not in left_out:
                            axes.plot([a[0], b[0]], [a[1], b[1]], color=LINE, linewidth=0.9, zorder=1)
            for x, column_places in enumerate(places):
                face = "#ffffff" if x == 0 else FILL
                across, down = zip(*column_places, strict=True)
                axes.scatter(across, down, s=330, color=face, edgecolors=INK, linewidths=1.2, zorder=2, clip_on=False)
                axes.text(2.2 * x, -rows / 2 - 0.25, self.labels[x], ha="center", va="top")
            # room for whole circles, however few columns there are
            axes.set_xlim(-0.55, 2.2 * (columns - 1) + 0.55)
            axes.margins(y=0.1)
            return drawing.png()
