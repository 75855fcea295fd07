"""Data sets that ship with the package: what students are given, and what stays hidden."""

from question_bank.data.digits import Digits, digits
from question_bank.data.given import given_files

__all__ = ["Digits", "digits", "given_files"]
