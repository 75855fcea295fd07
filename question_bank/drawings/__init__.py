"""Figures that questions show, drawn by the package."""

from question_bank.drawings.base import Drawing
from question_bank.drawings.chart import Chart, Line, Mark
from question_bank.drawings.matrix import Matrix
from question_bank.drawings.network import Network
from question_bank.drawings.surface import Hollow, Surface

__all__ = ["Chart", "Drawing", "Hollow", "Line", "Mark", "Matrix", "Network", "Surface"]
