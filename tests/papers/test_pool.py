"""Which questions an exam draws."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from papers import Exam
from papers.pool import draw_slots
from question_bank import Bank, DlexamError

SECRET = b"s" * 32
MakeBank = Callable[..., Bank]


def exam(*slots: dict[str, object], **part: object) -> Exam:
    parts = [{"name": "closed", "minutes": 99, **part, "slot": slots}]
    plan = {"id": "e", "title": "t", "date": "2025-04-23", "language": "en", "variants": 3, "part": parts}
    return Exam.model_validate(plan)


def questions(plan: Exam, bank: Bank, secret: bytes = SECRET) -> list[str]:
    return [slot.question for slot in draw_slots(plan, secret, bank).slots]


@pytest.fixture
def wide(make_bank: MakeBank) -> Bank:
    """A topic of three questions for 2 points, two for 1, one for open book and one for the final exam."""
    make_bank("t/a", "t/b", "t/c")
    make_bank("t/d", "t/e", points=1)
    make_bank("t/f", book="open")
    return make_bank("t/g", final=True)


def test_pick_is_of_one_sort(wide: Bank) -> None:
    """What is picked has equal points, fits the part, and is no final question; all get their turn."""
    seen = set()
    for number in range(40):
        picked = questions(exam({"topic": "t", "pick": 2}), wide, bytes([number]) * 32)
        assert len(set(picked)) == 2
        assert set(picked) <= {"t/a", "t/b", "t/c"} or set(picked) == {"t/d", "t/e"}
        seen |= set(picked)
    assert seen == {"t/a", "t/b", "t/c", "t/d", "t/e"}


def test_pick_leaves_out_what_is_named(wide: Bank) -> None:
    """A question named anywhere in the exam, or picked before, is not picked."""
    for number in range(20):
        plan = exam({"topic": "t", "pick": 2}, {"topic": "t", "pick": 2}, {"question": "t/a"})
        asked = questions(plan, wide, bytes([number]) * 32)
        assert len(set(asked)) == 5
        assert asked[4] == "t/a"


def test_pick_for_open_book(wide: Bank) -> None:
    """An open-book part picks what is fit for open book."""
    assert questions(exam({"topic": "t"}, open_book=True), wide) == ["t/f"]


def test_pick_by_kind(wide: Bank) -> None:
    """A kind narrows the choice."""
    assert questions(exam({"topic": "other", "kind": "essay"}), wide) == ["other/essay"]


def test_pure(wide: Bank) -> None:
    """Equal secrets draw equal exams; the slot's points count for each question picked."""
    plan = exam({"topic": "t", "pick": 2, "points": 7})
    one, other = (draw_slots(plan, SECRET, wide) for _ in range(2))
    assert one == other
    assert [slot.points for slot in one.slots] == [7, 7]


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ({"question": "t/aa"}, "part closed: slot 1: no question 't/aa'; did you mean t/a"),
        ({"topic": "u"}, "part closed: slot 1: no topic 'u'; the topics are other, t"),
        (
            {"topic": "t", "pick": 4},
            "part closed: slot 1: pick = 4, but topic 't' has 3 of one kind and equal points left for closed book; "
            "pick fewer, or name the questions",
        ),
        (
            {"topic": "t", "kind": "essay"},
            "part closed: slot 1: pick = 1, but topic 't' has 0 of kind 'essay' and equal points left for closed "
            "book; pick fewer, or name the questions",
        ),
    ],
)
def test_refuses(wide: Bank, slot: dict[str, object], message: str) -> None:
    """What cannot be drawn is one line that names part and slot."""
    with pytest.raises(DlexamError) as error:
        draw_slots(exam(slot), SECRET, wide)
    assert str(error.value).startswith(message)


def test_a_question_that_fails(wide: Bank) -> None:
    """A question whose code fails is named by file and seed, when it is asked for."""
    file = wide["other/choice"].folder / "question.py"
    file.write_text(file.read_text().replace("draw, right", "draw, wrong"))
    from question_bank import load_bank

    bank = load_bank(wide.folder)
    with pytest.raises(DlexamError) as error:
        bank["other/choice"]
    assert str(error.value).startswith(f"{file}: ")
