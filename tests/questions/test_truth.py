"""Marking truth: right earns all, blank nothing, a named mistake what it says; nothing gives the answer away."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from grader.bank_exam.check import read_responses
from question_bank import Choice, Choices, Expression, Fields, Mistake, Number, Order, Term, Variant, load_bank
from question_bank.answers import LETTERS, Malformed, is_blank
from question_bank.answers.code import Code, Essay
from question_bank.texts import LANGUAGES

BANK = load_bank()
IDS = sorted(BANK.questions)
TYPED = [id for id in IDS if not isinstance(BANK[id].variant(0).answer, Code | Essay)]
CODE = [id for id in IDS if isinstance(BANK[id].variant(0).answer, Code)]
CHOICES = [id for id in TYPED if isinstance(BANK[id].variant(0).answer, Choice | Choices)]


@functools.cache
def variants(id: str, count: int) -> tuple[Variant, ...]:
    """The variants of the first *count* seeds."""
    return tuple(BANK[id].variant(seed) for seed in range(count))


@pytest.mark.parametrize("id", TYPED)
def test_right_and_blank(id: str) -> None:
    """Of 500 variants, the right answer in every form of its kind earns full marks, and a blank one is blank."""
    for seed, variant in enumerate(variants(id, 500)):
        samples = variant.answer.samples()
        for given in samples["right"]:
            verdict = variant.answer.mark(variant.answer.read(given))
            assert (verdict.credit, verdict.review) == (1, None), (seed, given)
        assert all(map(is_blank, samples["blank"]))


def made(variant: Variant) -> Iterator[tuple[object, Mistake]]:
    """Answers that make a named mistake, each with it."""
    answer = variant.answer
    match answer:
        case Number() | Expression() | Term():
            yield from answer.mistakes.items()
            if isinstance(answer, Term) and answer.other_language is not None:
                from question_bank import glossary

                yield glossary.preferred(answer.term, "ko" if answer.language == "en" else "en"), answer.other_language
        case Choice():
            for option, mistake in answer.mistakes.items():
                yield LETTERS[answer.options.index(option)], mistake


@pytest.mark.parametrize("id", [id for id in TYPED if not isinstance(BANK[id].variant(0).answer, Fields)])
def test_mistakes(id: str) -> None:
    """Of 200 variants, the answer of every named mistake earns what it says, and is told by its name."""
    for seed, variant in enumerate(variants(id, 200)):
        for given, mistake in made(variant):
            verdict = variant.answer.mark(variant.answer.read(given))
            assert (verdict.mistake, verdict.credit) == (mistake.id, mistake.credit), (seed, given)


@pytest.mark.parametrize("id", [id for id in TYPED if isinstance(BANK[id].variant(0).answer, Fields)])
def test_mistakes_of_fields(id: str) -> None:
    """Every combination with a name is met by some response that shows it, in some variant."""
    known: set[str] = set()
    shown: set[str] = set()
    for variant in variants(id, 100):
        answer = variant.answer
        assert isinstance(answer, Fields)
        credits = {(mistake.id, mistake.credit) for _, mistake in answer.mistakes}
        nonsense = dict.fromkeys(answer.fields, ("? nonsense",))
        for pattern, mistake in answer.mistakes:
            known.add(mistake.id)
            for others in (*answer.accepts, nonsense):
                verdict = answer.mark({name: pattern.get(name, others[name])[0] for name in answer.fields})
                if verdict.mistake is not None:
                    assert (verdict.mistake, verdict.credit) in credits
                    shown.add(verdict.mistake)
    assert known - shown == set()


@pytest.mark.parametrize("id", CODE)
def test_mistakes_of_code(id: str) -> None:
    """Every mistake that a hidden test may name is shown by a listed response, and by name."""
    answer = BANK[id].variant(0).answer
    assert isinstance(answer, Code)
    listed = " ".join(response.mistake or "" for response in read_responses(BANK[id]))
    # a name may stand in an expression that depends on the variant
    assert [mistake for mistake in answer.mistakes if not re.search(rf"\b{mistake}\b", listed)] == []


@pytest.mark.parametrize("id", CODE)
def test_responses_of_code(id: str) -> None:
    """A code question lists three right solutions in different styles and five typical wrong ones, each in a file."""
    responses = [response for response in read_responses(BANK[id]) if response.file]
    assert len([response for response in responses if response.credit == 1]) >= 3
    assert len([r for r in responses if r.credit != 1 and str(r.outcome) != "blank"]) >= 5


@pytest.mark.parametrize("id", [id for id in IDS if id not in CODE])
def test_responses_of_others(id: str) -> None:
    """A typed question lists right, wrong, blank and malformed responses."""
    responses = read_responses(BANK[id])
    outcomes = {str(response.outcome) for response in responses}
    assert "blank" in outcomes
    if id in TYPED:
        assert len([response for response in responses if response.credit == 1]) >= 2
        assert [response for response in responses if response.credit == 0 and str(response.outcome) != "blank"]


@pytest.mark.parametrize("id", CHOICES)
def test_position(id: str) -> None:
    """The place of the right option carries no information."""
    places: Counter[str] = Counter()
    count = 0
    for variant in variants(id, 500):
        letters = variant.answer.right()
        places.update(letters)
        count = max(count, len(variant.answer.option_ids()))
    total = sum(places.values())
    for letter in LETTERS[:count]:
        assert 0.6 < places[letter] / total * count < 1.5, (letter, dict(places))


NUMBER = re.compile(r"^[^\w-]*(-?\d[\d,]*(?:\.\d+)?)\W*$")


def number_of(text: str) -> float | None:
    found = NUMBER.match(text.replace("−", "-").replace("`", ""))
    return float(found[1].replace(",", "")) if found else None


@pytest.mark.parametrize("id", CHOICES)
def test_options_differ(id: str) -> None:
    """No two options are equal, as texts or as numbers."""
    question = BANK[id]
    for seed in range(100):
        for language in LANGUAGES:
            options = list(question.texts(question.variant(seed), language).options.values())
            assert len({" ".join(text.split()) for text in options}) == len(options), seed
            numbers = [number for text in options if (number := number_of(text)) is not None]
            assert len(set(numbers)) == len(numbers), seed


@pytest.mark.parametrize("id", [id for id in CHOICES if isinstance(BANK[id].variant(0).answer, Choice)])
def test_no_strategy(id: str) -> None:
    """Who takes the longest, the shortest, the largest, the smallest or a middle option is not much better than chance."""
    question = BANK[id]
    hits: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    chance = 0.0
    seeds = 150
    for seed in range(seeds):
        variant = question.variant(seed)
        texts = question.texts(variant, "ko").options
        options = list(variant.answer.option_ids())
        right = options[LETTERS.index(variant.answer.right())]
        chance += 1 / len(options) / seeds
        lengths = sorted(options, key=lambda option: len(texts[option]))
        # a difference of a letter or two tells nobody anything
        if len(texts[lengths[-1]]) > 1.15 * len(texts[lengths[-2]]):
            tried["longest"] += 1
            hits["longest"] += lengths[-1] == right
        if 1.15 * len(texts[lengths[0]]) < len(texts[lengths[1]]):
            tried["shortest"] += 1
            hits["shortest"] += lengths[0] == right
        numbers = {option: number_of(texts[option]) for option in options}
        if None not in numbers.values():
            ranked = sorted(options, key=lambda option: numbers[option] or 0.0)
            for name, option in (
                ("smallest", ranked[0]),
                ("largest", ranked[-1]),
                ("middle", ranked[len(ranked) // 2]),
            ):
                tried[name] += 1
                hits[name] += option == right
    for name, count in tried.items():
        if count >= 40:
            assert hits[name] / count <= chance + 0.3, (name, hits[name], count)


@pytest.mark.parametrize("id", TYPED)
def test_garbage(id: str) -> None:
    """What is no answer earns nothing and breaks nothing."""
    for variant in variants(id, 20):
        for given in variant.answer.samples()["garbage"]:
            if is_blank(given):
                continue
            try:
                assert variant.answer.mark(variant.answer.read(given)).credit == 0
            except Malformed:
                continue


def test_orders_are_shown_in_another_order() -> None:
    """Steps to put in order never stand in the right one."""
    for id in TYPED:
        for variant in variants(id, 500):
            if isinstance(variant.answer, Order):
                assert variant.answer.options != variant.answer.steps
