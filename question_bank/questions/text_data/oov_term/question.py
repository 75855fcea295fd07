"""Terms of coded texts: out of vocabulary, padding, multi-hot encoding."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from question_bank import Draw, Mistake, Term, Variant, question

DESCRIPTIONS = tomllib.loads(Path(__file__).with_name("descriptions.toml").read_text(encoding="utf-8"))
TERMS = {
    "oov": "out of vocabulary",
    "padding": "padding",
    "multi_hot": "multi-hot encoding",
    "expand": "out of vocabulary",
}
WRONG_WORDS = (
    *("out of value", "out of vector", "out of variable", "out of volume", "out of view", "only one vector"),
    *("out of vocab", "order of vocabulary", "out of voice", "object of vocabulary", "one of vocabulary"),
)
# other answers that name a confusion, by mistake and credit
CONFUSIONS: Mapping[str, tuple[tuple[str, float, tuple[str, ...]], ...]] = {
    "oov": (
        ("padding", 0, ("padding",)),
        (
            "unknown",
            0.5,
            ("unknown", "unknown word", "unknown words", "unk", "UNK token", "모르는 단어", "미지의 단어"),
        ),
        ("rare", 0.25, ("rare word", "rare words", "희귀 단어", "희귀어", "드문 단어", "저빈도 단어")),
        ("stop_word", 0, ("stop word", "stopword", "stop words", "불용어")),
    ),
    "padding": (
        ("oov", 0, ("out of vocabulary",)),
        ("cut", 0, ("truncating", "truncation", "truncate", "자르기", "잘라 내기", "절단")),
        ("masking", 0, ("masking", "mask", "마스킹", "마스크")),
        ("reshape", 0, ("reshaping", "broadcasting")),
        ("function", 0.5, ("pad_sequences", "keras.utils.pad_sequences", "pad_sequence")),
    ),
    "multi_hot": (
        ("one_hot", 0, ("one-hot encoding",)),
        ("bag_of_words", 0.5, ("bag of words", "BoW", "단어 가방", "단어 주머니", "백 오브 워즈")),
        ("embedding", 0, ("embedding", "word embedding", "임베딩", "단어 임베딩")),
        ("padding", 0, ("padding",)),
    ),
    "expand": (("not_expanded", 0, ("OOV",)), ("wrong_word", 0, WRONG_WORDS), ("padding", 0, ("padding",))),
}
ALSO = {"multi_hot": ("k-hot", "k-hot encoding", "many-hot", "many-hot encoding")}


@question(facts=["F44", "F13"], points=1, minutes=1, book="closed")
def oov_term(draw: Draw) -> Variant:
    asked = draw.choice(sorted(TERMS))
    wording = draw.integer(0, 3)
    # in Korean, any description of such a word would do for its name
    in_english = TERMS[asked] == "out of vocabulary" or draw.choice((True, False))
    return Variant(
        {
            "asked": asked,
            "told": {language: texts[wording] for language, texts in DESCRIPTIONS[asked].items()},
            "in_english": in_english,
        },
        Term(
            TERMS[asked],
            mistakes={text: Mistake(id, credit) for id, credit, texts in CONFUSIONS[asked] for text in texts},
            language="en" if in_english else "any",
            other_language=Mistake("in_korean", credit=0.5) if in_english else None,
            also=ALSO.get(asked, ()),
        ),
    )
