"""Figures that questions show, drawn by the package."""

from question_bank.drawings.base import Drawing
from question_bank.drawings.network import Network

__all__ = ["Drawing", "Network"]
