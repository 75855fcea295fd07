"""A table of counts, rows against columns, shaded by size as confusion matrices are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from question_bank.drawings.canvas import INK, canvas

__all__ = ["Matrix"]


@dataclass(frozen=True)
class Matrix:
    """
    A confusion matrix, or any small table of counts.

    Args:
        counts: one tuple a row.
        rows: the rows' names, English.
        columns: the columns' names, English.
        row_label: what the rows are, such as `true class`.
        column_label: what the columns are, such as `predicted class`.
    """

    counts: tuple[tuple[int, ...], ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_label: str = "true class"
    column_label: str = "predicted class"

    def png(self) -> bytes:
        """The drawing as a PNG, about 190 pixels for a cell."""
        largest = max(max(row) for row in self.counts) or 1
        with canvas(1.4 + 0.95 * len(self.columns), 0.9 + 0.75 * len(self.rows)) as drawing:
            axes = drawing.axes
            # pale enough for black numbers everywhere, also in print
            axes.imshow(self.counts, cmap="Blues", vmin=0, vmax=2.4 * largest, aspect="auto")
            for y, row in enumerate(self.counts):
                for x, count in enumerate(row):
                    axes.text(x, y, str(count), ha="center", va="center", fontsize=12, color="#0b1b2b")
            axes.set_xticks(range(len(self.columns)), self.columns)
            axes.set_yticks(range(len(self.rows)), self.rows)
            axes.set_xticks([x + 0.5 for x in range(len(self.columns) - 1)], minor=True)
            axes.set_yticks([y + 0.5 for y in range(len(self.rows) - 1)], minor=True)
            axes.grid(which="minor", color=INK, linewidth=1)
            axes.tick_params(which="both", length=0)
            axes.set_xlabel(self.column_label)
            axes.set_ylabel(self.row_label)
            return drawing.png()
