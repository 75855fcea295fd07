"""Figures: sharp, equal for equal data, different for different data."""

from __future__ import annotations

import math
import struct

import matplotlib
import pytest

from question_bank import Chart, Hollow, Line, Mark, Matrix, Network, Surface
from question_bank.drawings import Drawing

EXAMPLES: dict[str, tuple[Drawing, Drawing]] = {
    "network": (Network((2, 3, 1), ("a", "b", "c")), Network((2, 3, 1), ("a", "b", "c"), absent=((0, 0, 2),))),
    "chart": (
        Chart((Line(((1, 2), (2, 1)), "A", dots=True),), "epoch", "loss"),
        Chart((Line(((1, 2), (2, 1)), "B"),), "epoch", "loss", marks=(Mark(1, 2, "P"),)),
    ),
    "matrix": (Matrix(((1, 2), (3, 4)), ("a", "b"), ("a", "b")), Matrix(((1, 2), (4, 3)), ("a", "b"), ("a", "b"))),
    "surface": (Surface((Hollow(0, 0, 3, (1, 1)),)), Surface((Hollow(0, 1, 3, (1, 1)),), path=((2, 2), (1, 1)))),
}


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("name", EXAMPLES)
def test_equal_data_gives_equal_bytes(name: str) -> None:
    """A drawing is a pure function of its data, whatever matplotlib was told before."""
    drawing, other = EXAMPLES[name]
    png = drawing.png()
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9}):
        assert drawing.png() == png
        assert matplotlib.rcParams["font.size"] == 30
    assert other.png() != png


@pytest.mark.parametrize("name", EXAMPLES)
def test_sharp(name: str) -> None:
    """A figure has pixels enough for twice the size it is shown in, and no more than a quiz can carry."""
    png = EXAMPLES[name][0].png()
    width, height = size(png)
    assert 500 <= width <= 2400
    assert 300 <= height <= 1800
    assert len(png) < 300_000


def test_a_line_of_a_function() -> None:
    """`Line.of` follows the function from end to end."""
    line = Line.of(math.sin, 0, math.pi, steps=10)
    assert len(line.points) == 11
    assert line.points[0] == (0, 0)
    assert line.points[5][1] == pytest.approx(1)


def test_surface_height() -> None:
    """At the bottom of a lone hollow the loss is top minus depth; far away it is the top."""
    surface = Surface((Hollow(1, -1, 3, (0.5, 0.5)),), top=5)
    assert surface.height(1, -1) == pytest.approx(2)
    assert surface.height(-3, 3) == pytest.approx(5)
