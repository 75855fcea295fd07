"""The bank's own exam, as tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.bank_exam.check import check_question
from grader.grading.workshop import Workshop
from grader.isolation import choose
from question_bank import Question, load_bank
from question_bank.answers import KINDS
from question_bank.answers.code import Code, Essay
from question_bank.bank import variant_key
from question_bank.texts import LANGUAGES

BANK = load_bank()
IDS = [question.id for question in BANK]


def trains(question: Question) -> bool:
    answer = question.variant(0).answer
    return isinstance(answer, Code) and answer.form_of == "training"


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with Workshop(BANK, choose(unsafe=True)) as workshop:
        yield workshop


def test_every_kind_is_asked() -> None:
    """The bank holds at least one question of each kind of answer, and 12 in all."""
    assert {question.kind for question in BANK} == set(KINDS)
    assert len(BANK) >= 12


@pytest.mark.parametrize("id", IDS)
def test_listed_responses(id: str, workshop: Workshop) -> None:
    """Every listed response earns the credit that its author states (a few variants; all of them in `check`)."""
    question = BANK[id]
    if trains(question):
        pytest.skip("trains networks: tested by test_training_responses")
    report = check_question(question, workshop, seeds=2 if question.is_code else 10)
    assert [str(problem) for problem in report.problems] == []


@pytest.mark.slow
@pytest.mark.parametrize("id", [id for id in IDS if trains(BANK[id])])
def test_training_responses(id: str, workshop: Workshop) -> None:
    """Training questions mark their listed responses as stated."""
    assert [str(problem) for problem in check_question(BANK[id], workshop, seeds=1).problems] == []


@pytest.mark.slow
@pytest.mark.parametrize("id", [id for id in IDS if not trains(BANK[id])])
def test_listed_responses_over_200_variants(id: str, workshop: Workshop) -> None:
    """The same over 200 seeds."""
    assert [str(problem) for problem in check_question(BANK[id], workshop, seeds=200).problems] == []


@pytest.mark.parametrize("id", IDS)
def test_variants_differ(id: str) -> None:
    """A question has 12 variants or more, each a pure function of its seed; an essay needs one."""
    question = BANK[id]
    variants = [question.variant(seed) for seed in range(100)]
    least = 1 if isinstance(variants[0].answer, Essay) else 12
    assert len({variant_key(variant) for variant in variants}) >= least
    assert variant_key(question.variant(7)) == variant_key(variants[7])


@pytest.mark.parametrize("id", IDS)
def test_options_differ(id: str) -> None:
    """No two options of a question read the same, and each stands in every place now and then."""
    question = BANK[id]
    for seed in range(60):
        variant = question.variant(seed)
        for language in LANGUAGES:
            options = question.texts(variant, language).options
            assert len(set(options.values())) == len(options)


@pytest.mark.parametrize("id", IDS)
def test_korean_particles(id: str) -> None:
    """No Korean text leaves the choice of a particle to the reader."""
    question = BANK[id]
    for seed in range(20):
        texts = question.texts(question.variant(seed), "ko")
        everything = " ".join(
            [texts.title, texts.prompt, texts.explanation]
            + [text for group in (texts.options, texts.mistakes, texts.checks, texts.rubric) for text in group.values()]
        )
        assert not [pair for pair in ("을(를)", "를(을)", "이(가)", "은(는)", "와(과)", "(으)로") if pair in everything]
