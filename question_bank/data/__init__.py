"""Data sets that ship with the package: what students are given, and what stays hidden."""

from question_bank.data.digits import Digits, digits
from question_bank.data.documents import Coded, multi_hot
from question_bank.data.given import GENERATED, MODULE, given_files
from question_bank.data.houses import FEATURES, Houses, houses
from question_bank.data.newswires import newswires
from question_bank.data.reviews import reviews

__all__ = [
    "FEATURES",
    "GENERATED",
    "MODULE",
    "Coded",
    "Digits",
    "Houses",
    "digits",
    "given_files",
    "houses",
    "multi_hot",
    "newswires",
    "reviews",
]
