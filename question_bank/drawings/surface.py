"""A loss surface over two weights, seen from above: the darker, the lower."""

from __future__ import annotations

import math
from dataclasses import dataclass

from question_bank.drawings.canvas import ACCENT, INK, canvas
from question_bank.drawings.chart import Mark

__all__ = ["Hollow", "Surface"]

_STEPS = 140


@dataclass(frozen=True)
class Hollow:
    """
    A valley of the surface.

    Args:
        x: where its bottom is.
        y: where its bottom is.
        depth: how far it goes down; negative for a hill.
        width: how far it reaches, as the standard deviation of a bell; (along x, along y).
    """

    x: float
    y: float
    depth: float
    width: tuple[float, float]


@dataclass(frozen=True)
class Surface:
    """
    The loss `top - Σ depth * bell` as a contour map, with marked points and a path.

    Args:
        hollows: what shapes it.
        top: the loss far from every hollow.
        marks: points with a label.
        path: points that are joined by arrows, as weights walk down.
        extent: both axes go from minus to plus this.
    """

    hollows: tuple[Hollow, ...]
    top: float = 5.0
    marks: tuple[Mark, ...] = ()
    path: tuple[tuple[float, float], ...] = ()
    extent: float = 3.0
    x_label: str = "weight $w_1$"
    y_label: str = "weight $w_2$"

    def height(self, x: float, y: float) -> float:
        """The loss at weights *x*, *y*."""
        return self.top - sum(
            h.depth * math.exp(-(((x - h.x) / h.width[0]) ** 2 + ((y - h.y) / h.width[1]) ** 2) / 2)
            for h in self.hollows
        )

    def png(self) -> bytes:
        """The map as a PNG of 1,080 by 880 pixels, for 540 by 440 on screen."""
        along = [-self.extent + 2 * self.extent * i / _STEPS for i in range(_STEPS + 1)]
        heights = [[self.height(x, y) for x in along] for y in along]
        with canvas(5.4, 4.4) as drawing:
            axes = drawing.axes
            filled = axes.contourf(along, along, heights, levels=14, cmap="Blues_r")
            axes.contour(along, along, heights, levels=14, colors=INK, linewidths=0.4)
            bar = axes.figure.colorbar(filled, ax=axes)
            bar.set_label("loss")
            for (x0, y0), (x1, y1) in zip(self.path, self.path[1:], strict=False):
                axes.annotate(
                    "", (x1, y1), xytext=(x0, y0), arrowprops={"arrowstyle": "->", "color": ACCENT, "linewidth": 1.6}
                )
            for mark in self.marks:
                axes.plot([mark.x], [mark.y], marker="o", color=ACCENT, markersize=6, markeredgecolor="white")
                axes.annotate(
                    mark.label,
                    (mark.x, mark.y),
                    xytext=(7, 5),
                    textcoords="offset points",
                    fontweight="bold",
                    fontsize=11,
                    bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
                )
            axes.set_xlabel(self.x_label)
            axes.set_ylabel(self.y_label)
            return drawing.png()
