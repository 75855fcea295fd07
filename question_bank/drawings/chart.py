"""Lines over two axes: loss curves, histories, functions, curves of a threshold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self

from question_bank.drawings.canvas import ACCENT, INK, LINE, canvas

__all__ = ["Chart", "Line", "Mark"]

# told apart by dashes and by the letter at the end, not by colour alone: papers are printed grey
_DASHES = {"solid": "-", "dashed": (0, (5, 2)), "dotted": (0, (1, 1.6)), "dashdot": (0, (6, 2, 1, 2))}
_COLOURS = {"solid": INK, "dashed": ACCENT, "dotted": "#15803d", "dashdot": "#7c3aed"}


@dataclass(frozen=True)
class Line:
    """
    A line through *points*.

    Args:
        points: (x, y) pairs in the order drawn.
        label: a short text at the line's right end, or "" for none.
        style: how it is dashed, which also sets its colour.
        dots: mark each point, as for one value an epoch.
    """

    points: tuple[tuple[float, float], ...]
    label: str = ""
    style: Literal["solid", "dashed", "dotted", "dashdot"] = "solid"
    dots: bool = False

    @classmethod
    def of(
        cls,
        function: Callable[[float], float],
        low: float,
        high: float,
        *,
        label: str = "",
        style: Literal["solid", "dashed", "dotted", "dashdot"] = "solid",
        steps: int = 200,
    ) -> Self:
        """The graph of *function* from *low* to *high*."""
        xs = [low + (high - low) * i / steps for i in range(steps + 1)]
        return cls(tuple((x, function(x)) for x in xs), label, style)


@dataclass(frozen=True)
class Mark:
    """
    A point with a label, such as the letter that a question asks about.

    Args:
        x: where.
        y: where.
        label: a letter or a short text.
        place: on which side of the point the label stands.
    """

    x: float
    y: float
    label: str
    place: Literal["above", "below", "left", "right"] = "above"


_OFFSETS = {
    "above": (0, 8, "center", "bottom"),
    "below": (0, -8, "center", "top"),
    "left": (-8, 0, "right", "center"),
    "right": (8, 0, "left", "center"),
}


@dataclass(frozen=True)
class Chart:
    """
    Lines and marked points over two named axes.

    Args:
        lines: what is drawn.
        x_label: English, so that every font has its letters.
        y_label: English.
        marks: points with a label.
        x_range: (low, high) of the axis; chosen to fit if None.
        y_range: (low, high) of the axis; chosen to fit if None. A line that leaves it is cut off there.
        ticks: whether numbers stand at the axes.
        grid: whether thin lines help to read values off.
    """

    lines: tuple[Line, ...]
    x_label: str
    y_label: str
    marks: tuple[Mark, ...] = ()
    x_range: tuple[float, float] | None = None
    y_range: tuple[float, float] | None = None
    ticks: bool = True
    grid: bool = True

    def png(self) -> bytes:
        """The chart as a PNG of 1,200 by 760 pixels, for 600 by 380 on screen."""
        with canvas(6.0, 3.8) as drawing:
            axes = drawing.axes
            for side in ("top", "right"):
                axes.spines[side].set_visible(False)
            if self.grid and self.ticks:
                axes.grid(True, color=LINE, alpha=0.3, linewidth=0.6)
            if self.x_range is not None:
                axes.set_xlim(*self.x_range)
            if self.y_range is not None:
                axes.set_ylim(*self.y_range)
            if all(x == int(x) for line in self.lines for x, _ in line.points):
                # epochs and steps are counted
                axes.locator_params(axis="x", integer=True)
            for line in self.lines:
                xs, ys = zip(*line.points, strict=True)
                axes.plot(
                    xs,
                    ys,
                    linestyle=_DASHES[line.style],
                    color=_COLOURS[line.style],
                    linewidth=1.8,
                    marker="o" if line.dots else None,
                    markersize=3.5,
                )
                if line.label:
                    end = self._end(line)
                    axes.annotate(
                        line.label,
                        end,
                        xytext=(5, 0),
                        textcoords="offset points",
                        va="center",
                        fontweight="bold",
                        color=_COLOURS[line.style],
                        annotation_clip=False,
                    )
            for mark in self.marks:
                across, up, horizontal, vertical = _OFFSETS[mark.place]
                axes.plot([mark.x], [mark.y], marker="o", color=ACCENT, markersize=6, zorder=3)
                axes.annotate(
                    mark.label,
                    (mark.x, mark.y),
                    xytext=(across, up),
                    textcoords="offset points",
                    ha=horizontal,
                    va=vertical,
                    fontweight="bold",
                    fontsize=11,
                )
            axes.set_xlabel(self.x_label)
            axes.set_ylabel(self.y_label)
            if not self.ticks:
                axes.set_xticks([])
                axes.set_yticks([])
            return drawing.png()

    def _end(self, line: Line) -> tuple[float, float]:
        """The last point of *line* that lies inside the axes."""
        low, high = self.y_range or (float("-inf"), float("inf"))
        inside = [(x, y) for x, y in line.points if low <= y <= high]
        return inside[-1] if inside else line.points[-1]
