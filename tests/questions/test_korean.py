"""Korean as an exam writes it: particles that fit, one style, nothing left in the other language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from question_bank import load_bank
from question_bank.korean import josa
from question_bank.texts import Texts

BANK = load_bank()
IDS = sorted(BANK.questions)
SEEDS = 20

UNDECIDED = ("을(를)", "를(을)", "이(가)", "가(이)", "은(는)", "는(은)", "와(과)", "과(와)", "(으)로", "(이)")
# exam Korean: 하시오 and 한다; no 합니다, no 해요
OTHER_STYLES = re.compile(r"(습니다|니까\?|세요|해요|어요|아요|예요|이에요|입니다|십시오)(?=[\s.?!,)]|$)")
# a closing ** after a bracket is no end of bold before a letter (CommonMark's rule of right-flanking runs)
LOST_BOLD = re.compile(r"[)%`\"'”’]\*\*[가-힣]")
HANGUL = re.compile("[가-힣]")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def parts(texts: Texts) -> Iterator[tuple[str, str]]:
    """Every text by its place."""
    yield from (("title", texts.title), ("prompt", texts.prompt), ("explanation", texts.explanation))
    groups = ("options", "mistakes", "checks", "rubric", "figures")
    yield from ((f"{group}.{id}", text) for group in groups for id, text in getattr(texts, group).items())


@pytest.mark.parametrize("id", IDS)
def test_style(id: str) -> None:
    """No Korean text leaves a particle to the reader, speaks in another style, or loses its bold."""
    question = BANK[id]
    for seed in range(SEEDS):
        for place, text in parts(question.texts(question.variant(seed), "ko")):
            prose = CODE.sub("`x`", text)
            assert not [pair for pair in UNDECIDED if pair in prose], (seed, place)
            assert not OTHER_STYLES.search(prose), (seed, place, text)
            assert not LOST_BOLD.search(text), (seed, place, text)


@pytest.mark.parametrize("id", IDS)
def test_languages(id: str) -> None:
    """Sentences in Korean hold Hangul, texts in English none outside of code, and figures have both."""
    question = BANK[id]
    for seed in range(SEEDS):
        variant = question.variant(seed)
        for place, text in parts(question.texts(variant, "ko")):
            if not place.startswith("options"):
                assert HANGUL.search(text), (seed, place)
        asks_for_terms = question.kind == "term"
        for place, text in parts(question.texts(variant, "en")):
            if not asks_for_terms:
                assert not HANGUL.search(CODE.sub("", text)), (seed, place, text)


@pytest.mark.parametrize("id", IDS)
def test_blocks_come_in_pairs(id: str) -> None:
    """Every block of a text stands in both languages, also those that no drawn variant needs."""
    blocks = set(BANK[id]._template.blocks)
    bare = {re.sub("_(ko|en)$", "", name) for name in blocks}
    assert {f"{name}_{language}" for name in bare for language in ("ko", "en")} == blocks


@pytest.mark.parametrize(
    ("word", "pair", "joined"),
    [
        ("가중치", "을/를", "가중치를"),
        ("편향", "을/를", "편향을"),
        ("7", "으로/로", "7로"),
        ("3", "으로/로", "3으로"),
        ("10", "이/가", "10이"),
        ("Adam", "을/를", "Adam을"),
        ("`softmax`", "은/는", "`softmax`는"),
        ("표준화(standardisation)", "을/를", "표준화(standardisation)를"),
        ("**정확도**(accuracy)", "은/는", "**정확도**(accuracy)는"),
        ("f(x)", "을/를", "f(x)를"),
    ],
)
def test_josa(word: str, pair: str, joined: str) -> None:
    """A particle fits how the word before it is read aloud."""
    assert josa(word, pair) == joined
