"""
What is asked: the questions of a deep-learning course, their variants, texts and answers.

    from question_bank import load_bank

    question = load_bank()["dense_layers/count_weights"]
    variant = question.variant(7)
    print(question.texts(variant, "en").prompt)
    variant.answer.mark(variant.answer.read("4 * (2 + 1)"))

This package knows nothing of students, papers or marks in points.
"""

from question_bank.answers import (
    Answer,
    Choice,
    Choices,
    Code,
    Essay,
    Expression,
    Fields,
    Mistake,
    Number,
    Order,
    Term,
    Verdict,
)
from question_bank.bank import Bank, Check, Question, load_bank
from question_bank.draw import Draw
from question_bank.drawings import Chart, Hollow, Line, Mark, Matrix, Network, Surface
from question_bank.errors import DlexamError
from question_bank.question import Variant, question
from question_bank.texts import Texts

__all__ = [
    "Answer",
    "Bank",
    "Chart",
    "Check",
    "Choice",
    "Choices",
    "Code",
    "DlexamError",
    "Draw",
    "Essay",
    "Expression",
    "Fields",
    "Hollow",
    "Line",
    "Mark",
    "Matrix",
    "Mistake",
    "Network",
    "Number",
    "Order",
    "Question",
    "Surface",
    "Term",
    "Texts",
    "Variant",
    "Verdict",
    "load_bank",
    "question",
]
