"""Tiny banks, an exam and a class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from papers import Exam, Student
from question_bank import Bank, load_bank

NUMBER = """
from question_bank import Draw, Mistake, Number, Variant, question

@question(facts=["F20"], points={points}, minutes={minutes}, book="{book}", final={final})
def ask(draw: Draw) -> Variant:
    a = draw.integer(1, {largest})
    return Variant({{"a": a}}, Number(2 * a, mistakes={{a: Mistake("halved", credit=0.5)}}))
"""
TEXT = """
{% block title_ko %}두 배{% endblock %}{% block title_en %}Twice{% endblock %}
{% block prompt_ko %}{{ a }}의 두 배는 얼마인가?{% endblock %}
{% block prompt_en %}What is twice {{ a }}?{% endblock %}
{% block explanation_ko %}EXPLAINED {{ a }} + {{ a }}이다.{% endblock %}
{% block explanation_en %}EXPLAINED {{ a }} + {{ a }}.{% endblock %}
{% block mistake_halved_ko %}두 배 하지 않았다.{% endblock %}
{% block mistake_halved_en %}You did not double.{% endblock %}
"""
CHOICE = """
from question_bank import Choice, Draw, Variant, question

@question(facts=["F20"], points=1, minutes=1, book="both")
def ask(draw: Draw) -> Variant:
    return Variant({}, Choice.shuffled(draw, right="yes", wrong=["no", "maybe"]))
"""
CHOICE_TEXT = """
{% block title_ko %}고르기{% endblock %}{% block title_en %}Choose{% endblock %}
{% block prompt_ko %}맞는 것은?{% endblock %}{% block prompt_en %}Which?{% endblock %}
{% block explanation_ko %}예이다.{% endblock %}{% block explanation_en %}Yes it is.{% endblock %}
{% block option_yes_ko %}예{% endblock %}{% block option_yes_en %}Yes{% endblock %}
{% block option_no_ko %}아니요{% endblock %}{% block option_no_en %}No{% endblock %}
{% block option_maybe_ko %}글쎄{% endblock %}{% block option_maybe_en %}Maybe{% endblock %}
"""
ESSAY = """
from question_bank import Draw, Essay, Variant, question

@question(facts=["F20"], points=5, minutes=10, book="both")
def ask(draw: Draw) -> Variant:
    return Variant({}, Essay({"idea": 0.6, "example": 0.4}))
"""
ESSAY_TEXT = """
{% block title_ko %}서술{% endblock %}{% block title_en %}Essay{% endblock %}
{% block prompt_ko %}설명하시오.{% endblock %}{% block prompt_en %}Explain.{% endblock %}
{% block explanation_ko %}여러 답이 있다.{% endblock %}{% block explanation_en %}Many answers.{% endblock %}
{% block rubric_idea_ko %}생각{% endblock %}{% block rubric_idea_en %}the idea{% endblock %}
{% block rubric_example_ko %}예{% endblock %}{% block rubric_example_en %}an example{% endblock %}
"""
CODE = """
from question_bank import Code, Draw, Variant, question

@question(facts=["F20"], points=4, minutes=5, book="open", data=["digits"])
def ask(draw: Draw) -> Variant:
    return Variant({"a": draw.integer(2, 99)}, Code("function", ("times",)))
"""
CODE_TEXT = """
{% block title_ko %}곱{% endblock %}{% block title_en %}Times{% endblock %}
{% block prompt_ko %}{{ a }}배 하는 함수를 쓰시오.{% endblock %}{% block prompt_en %}Multiply by {{ a }}.{% endblock %}
{% block explanation_ko %}곱한다.{% endblock %}{% block explanation_en %}Multiply.{% endblock %}
{% block check_test_times_ko %}곱{% endblock %}{% block check_test_times_en %}the product{% endblock %}
"""

MakeBank = Callable[..., Bank]


@pytest.fixture
def make_bank(tmp_path: Path) -> MakeBank:
    """Writes a bank: `make_bank("topic/name", …)` of number questions, each with the options given by name."""

    def write(folder: Path, **files: str) -> None:
        folder.mkdir(parents=True)
        for name, text in files.items():
            file = {"py": "question.py", "text": "text.md.j2", "starter": "starter.py.j2"}.get(name, f"{name}.py")
            (folder / file).write_text(text, encoding="utf-8")

    def make(*ids: str, **options: object) -> Bank:
        questions = tmp_path / "bank"
        for id in ids:
            known = {"points": 2, "minutes": 3, "book": "closed", "final": False, "largest": 99}
            write(questions / id, py=NUMBER.format(**{**known, **options}), text=TEXT)
        for id, py, text in (("other/choice", CHOICE, CHOICE_TEXT), ("other/essay", ESSAY, ESSAY_TEXT)):
            if not (questions / id).exists():
                write(questions / id, py=py, text=text)
        if not (questions / "other/code").exists():
            write(
                questions / "other/code",
                py=CODE,
                text=CODE_TEXT,
                starter="def times(x):\n    ...\n",
                solution="def times(x):\n    return SOLVED * x\n",
                hidden_test=(
                    "from question_bank.checks import points\n\n\n@points(1)\n"
                    'def test_times(student, variant):\n    """The product."""\n'
                ),
            )
        return load_bank(questions)

    return make


@pytest.fixture(scope="session")
def exam_of_all() -> Callable[[str, int], Exam]:
    """Makes an exam of the whole bank, a part a topic: `exam_of_all(language, variants)`."""

    def make(language: str, variants: int) -> Exam:
        bank = load_bank()
        parts = [
            {"name": topic, "minutes": 999, "slot": [{"question": question.id} for question in bank.of_topic(topic)]}
            for topic in bank.topics
        ]
        plan = {"id": "all", "title": "all", "date": "2025-04-23", "language": language, "variants": variants}
        return Exam.model_validate({**plan, "part": parts})

    return make


@pytest.fixture
def bank(make_bank: MakeBank) -> Bank:
    """One number question, and one each of choice, essay and code."""
    return make_bank("numbers/twice")


@pytest.fixture
def exam() -> Exam:
    """A closed part of three questions and an open part with code."""
    return Exam.model_validate(
        {
            "id": "quiz-1",
            "title": {"ko": "쪽지 시험", "en": "Quiz"},
            "date": "2025-04-23",
            "language": "both",
            "variants": 5,
            "part": [
                {
                    "name": "closed",
                    "minutes": 20,
                    "slot": [{"question": "numbers/twice"}, {"question": "other/choice"}, {"question": "other/essay"}],
                },
                {"name": "open", "minutes": 20, "open_book": True, "slot": [{"question": "other/code", "points": 8}]},
            ],
        }
    )


@pytest.fixture
def roster() -> Sequence[Student]:
    """Seven students, two of them without a seat."""
    names = ("김하늘", "이바다", "박|산*<b>", "Ada Lovelace", "=1+2", "최강", "정들")
    seats = ("A1", "A2", "B1", "B2", "C1", None, None)
    return [Student(f"20250{i}", name, seat) for i, (name, seat) in enumerate(zip(names, seats, strict=True))]
