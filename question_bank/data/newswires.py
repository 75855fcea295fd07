"""Generated newswires, coded and labelled as those of Reuters are: one of 46 topics each."""

from __future__ import annotations

import functools

import numpy as np

from question_bank.data.documents import Coded, Documents, coded, cumulative, draw_lengths, draw_words, zipf
from question_bank.data.offline_data import reuters_of
from question_bank.data.packing import npz_bytes
from question_bank.data.stream import Stream
from question_bank.data.words import COMMON, vocabulary, words_of

__all__ = ["TOPICS", "made_newswires", "newswires", "newswires_npz"]

GIVEN, HIDDEN = 3750, 2000
WORDS = 10_000
CUES = 60
"""Words that a topic uses more than others do."""
STRAY = 0.05
"""The share of newswires that are written as those of another topic."""

TOPICS = words_of(
    "company election oil banking football weather shipping steel housing farming rail aviation insurance retail "
    "health schools tourism mining energy water timber fishing textiles cars chips software telecom space science "
    "medicine police courts taxes budget trade customs labour pensions currency stocks bonds gold art books "
    "television food"
)
"""The 46 topics by label; each is also a word that its newswires often use."""


@functools.cache
def made_newswires() -> Documents:
    """All newswires: the given ones, then the hidden ones."""
    stream = Stream("newswires")
    count, topics, frequent = GIVEN + HIDDEN, len(TOPICS), len(COMMON)
    share = np.concatenate([[0.30, 0.18], 0.52 * _falling(topics - 2)])
    each = (share * count).astype(np.int64)
    each[0] += count - each.sum()
    labels = np.repeat(np.arange(topics), each)[stream.permutation(count)]

    tables = []
    for topic in range(topics):
        weight = np.zeros(WORDS)
        cues = frequent + topics + stream.permutation(2400 - frequent - topics)[:CUES]
        weight[cues] = np.minimum(stream.lognormal(1.9, 0.5, CUES), 5)
        weight[frequent + topic] = 3.0
        tables.append(cumulative(zipf(WORDS), weight))
    strays = stream.uniform(count) < STRAY
    other = np.minimum((stream.uniform(count) * topics).astype(np.int64), topics - 1)
    lengths = draw_lengths(stream, count, median=60, sigma=0.6, least=12, most=250)
    words = draw_words(stream, tables, np.where(strays, other, labels), lengths)
    placed = {frequent + 1 + topic: name for topic, name in enumerate(TOPICS)}
    return Documents(words, lengths, labels.astype(np.int64), vocabulary(stream, WORDS, placed))


def _falling(count: int) -> np.ndarray:
    """(count,) shares that fall as 1 / (place + 4)."""
    falling = 1 / (np.arange(count, dtype=np.float64) + 4)
    return np.asarray(falling / np.cumsum(falling)[-1])


def newswires_npz() -> bytes:
    """The `newswires.npz` that students are given; always the same bytes."""
    made = made_newswires()
    topics = np.array([topic.encode("ascii") for topic in TOPICS])
    return npz_bytes({**made.part(0, GIVEN), "vocabulary": made.names(), "topics": topics})


@functools.cache
def newswires() -> Coded:
    """The training newswires as `keras.datasets.reuters.load_data()` gives them, and the hidden ones."""
    made = made_newswires()
    (x_train, y_train), _ = reuters_of(made.part(0, GIVEN))
    x_test, y_test = coded(made.part(GIVEN, GIVEN + HIDDEN))
    return Coded(x_train, y_train, x_test, y_test)
