"""
The kinds of answer, one class each.

| kind | class |
|---|---|
| term | `Term` |
| choice, choices | `Choice`, `Choices` |
| number | `Number` |
| order | `Order` |
| fields | `Fields` |
| code | `Expression`, `Code` |
| essay | `Essay` |
"""

from typing import Annotated

from pydantic import Field, TypeAdapter

from question_bank.answers.base import (
    CREDITS,
    LETTERS,
    Answer,
    AnswerError,
    Malformed,
    Mistake,
    Response,
    Verdict,
    is_blank,
)
from question_bank.answers.choice import Choice, Choices
from question_bank.answers.code import Code, Essay
from question_bank.answers.expression import Expression
from question_bank.answers.fields import Fields
from question_bank.answers.number import Number
from question_bank.answers.order import Order
from question_bank.answers.term import Term

__all__ = [
    "CREDITS",
    "KINDS",
    "LETTERS",
    "Answer",
    "AnswerError",
    "AnyAnswer",
    "Choice",
    "Choices",
    "Code",
    "Essay",
    "Expression",
    "Fields",
    "Malformed",
    "Mistake",
    "Number",
    "Order",
    "Response",
    "Term",
    "Verdict",
    "dump_answer",
    "is_blank",
    "load_answer",
]

KINDS = ("term", "choice", "choices", "number", "order", "fields", "code", "essay")

AnyAnswer = Annotated[
    Term | Choice | Choices | Number | Order | Fields | Expression | Code | Essay,
    Field(discriminator="type"),
]
"""Any answer, told apart by its `type` when it is read from a lock."""

_ADAPTER: TypeAdapter[Answer] = TypeAdapter(AnyAnswer)


def dump_answer(answer: Answer) -> dict[str, object]:
    """*answer* as plain JSON data, for a lock."""
    return _ADAPTER.dump_python(answer, mode="json")  # type: ignore[no-any-return]


def load_answer(data: object) -> Answer:
    """
    The answer that `dump_answer` wrote.

    Raises:
        pydantic.ValidationError: *data* is no answer.
    """
    return _ADAPTER.validate_python(data)
