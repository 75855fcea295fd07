"""What the demo's students write: right answers, the mistakes that the questions list, and accidents."""

from __future__ import annotations

from collections.abc import Callable

from grader.bank_exam.check import ListedResponse, given_of, read_responses
from papers.lock import PooledVariant, Slot
from papers.notebook import right_source
from question_bank import Bank, Essay, Expression, Fields, Number, Term
from question_bank.answers import Choice, Choices, Code, Order

__all__ = ["crash", "endless", "leave", "partly", "right", "surprising", "vanish", "wrong"]

Write = Callable[[Bank, Slot, PooledVariant], str]
"""The source of a slot's answer cell, as some student leaves it."""

_ESSAY = (
    "정렬된 데이터를 그대로 나누면 훈련 세트와 검증 세트의 클래스가 달라진다. "
    "모델은 훈련할 때 보지 못한 클래스로 검증되므로 검증 정확도가 매우 낮다. "
    "나누기 전에 데이터를 섞되 입력과 레이블을 함께 섞어야 한다."
)


def right(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """The reference answer; for an essay, a good one."""
    return _ESSAY if slot.is_essay else right_source(slot, variant)


def surprising(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """Right, in a form that nobody asked for."""
    answer = variant.answer
    match answer:
        case Number():
            text: object = f"= {answer.value:g} + 0"
        case Term():
            text = f"the {answer.right()}."
        case Expression():
            return f"{slot.variable} = 1 * ({answer.value})"
        case Choice():
            text = f"({str(answer.right()).lower()})"
        case Choices() | Order():
            text = " / ".join(answer.right())
        case Fields():
            return f"loss_name = {answer.right()['loss']!r}\n{slot.variable} = dict({answer.shown()})"
        case _:
            return right(bank, slot, variant)
    return f"# 풀이\n{slot.variable} = {text!r}"


def partly(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """The first listed response that earns a part of the points; right where there is none."""
    return _listed(bank, slot, variant, _earns_part)


def wrong(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """The first listed response that shows a named mistake and earns nothing; right where there is none."""
    return _listed(bank, slot, variant, _shows_mistake)


def leave(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """The cell as it was handed out."""
    return variant.untouched(slot.variable)


def crash(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """An accident: the interpreter itself dies."""
    return "import ctypes\n\nctypes.string_at(0)  # 메모리 주소를 잘못 읽었다"


def endless(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """A loop whose end was forgotten."""
    return "step = 0\nwhile step < 10:\n    loss = step ** 2"


def vanish(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """The process ends in the middle of the notebook."""
    return "import os\n\nos._exit(0)"


def _listed(bank: Bank, slot: Slot, variant: PooledVariant, wanted: Callable[[ListedResponse], bool]) -> str:
    question = bank[slot.question]
    drawn = question.variant(variant.seed)
    found = next((r for r in read_responses(question) if wanted(r)), None)
    if found is None:
        return right(bank, slot, variant)
    given = given_of(question, drawn, found)
    return given if isinstance(variant.answer, Code | Essay) else f"{slot.variable} = {given!r}"


def expected_credit(bank: Bank, slot: Slot, write: Write) -> float | None:
    """What the question's author says the answer by *write* earns; None where a person must look."""
    if slot.is_essay:
        return 0.0 if write is leave else None
    if write in (leave, crash, endless, vanish):
        return 0.0
    if write in (right, surprising):
        return 1.0
    wanted = _earns_part if write is partly else _shows_mistake
    return next((float(r.credit) for r in read_responses(bank[slot.question]) if wanted(r)), 1.0)


def _earns_part(response: ListedResponse) -> bool:
    # a credit that depends on the variant is a text
    return isinstance(response.credit, float) and 0 < response.credit < 1


def _shows_mistake(response: ListedResponse) -> bool:
    return response.credit == 0 and response.mistake is not None
