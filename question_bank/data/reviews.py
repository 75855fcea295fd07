"""Generated film reviews, coded and judged as those of IMDB are: 0 a bad one, 1 a good one."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt

from question_bank.data.documents import Coded, Documents, coded, cumulative, draw_lengths, draw_words, zipf
from question_bank.data.offline_data import imdb_of
from question_bank.data.packing import npz_bytes
from question_bank.data.stream import Stream
from question_bank.data.words import COMMON, vocabulary, words_of

__all__ = ["made_reviews", "reviews", "reviews_npz"]

TRAINING, TEST, HIDDEN = 3000, 1000, 2000
WORDS = 12_000
CUES = 900
"""Words that tell good from bad reviews; the most frequent words are none, or one of them would decide."""
NOISE = 0.03
"""The share of reviews whose label is the wrong one."""

_ABOUT = words_of(
    "film movie story scene actor actress role plot character director camera music ending cast script audience screen "
    "drama comedy thriller sequel dialogue episode hero villain theatre soundtrack costume trailer genre"
)
_GOOD = words_of(
    "great wonderful moving clever charming brilliant funny warm gripping honest lovely superb delight touching "
    "excellent memorable fresh elegant thrilling perfect graceful vivid masterly joyful"
)
_BAD = words_of(
    "dull boring awful weak clumsy tedious silly waste lazy bland predictable terrible poor stale shallow noisy "
    "pointless wooden messy annoying slow forgettable hollow dreadful"
)


@functools.cache
def made_reviews() -> Documents:
    """All reviews: those given for training, those given for testing, the hidden ones."""
    stream = Stream("reviews")
    count = TRAINING + TEST + HIDDEN
    frequent = len(COMMON)
    # two cues in three are among the 2,500 most frequent words, so that a short vocabulary suffices
    near, far = frequent + stream.permutation(2500 - frequent), 2500 + stream.permutation(4000)
    cues = np.sort(np.concatenate([near[: CUES * 2 // 3], far[: CUES - CUES * 2 // 3]]))
    sign = np.where(stream.uniform(CUES) < 0.5, -1.0, 1.0)
    weight = np.zeros(WORDS)
    # capped: without that a single word would tell three reviews in four
    weight[cues] = sign * np.minimum(stream.lognormal(0.9, 0.5, CUES), 1.6)

    # a review is more or less good or bad: 13 degrees
    degrees = (np.arange(13, dtype=np.float64) - 6) / 6 * 1.35
    tables = [cumulative(zipf(WORDS), degree * weight) for degree in degrees]
    good = stream.permutation(count) % 2
    degree = np.where(good == 1, 1.0, -1.0) * 0.75 + stream.normal(count) * 0.45
    which = np.clip(np.floor(degree / 1.35 * 6 + 6.5), 0, 12).astype(np.int64)
    lengths = draw_lengths(stream, count, median=80, sigma=0.5, least=20, most=300)
    words = draw_words(stream, tables, which, lengths)
    labels = np.where(stream.uniform(count) < NOISE, 1 - good, good)

    taken = iter(rank for rank in range(frequent + 1, 2500) if weight[rank - 1] == 0)
    placed = {next(taken): word for word in _ABOUT}
    for sign_of, names in ((1.0, _GOOD), (-1.0, _BAD)):
        ranks = (int(rank) + 1 for rank in cues if weight[rank] * sign_of > 0.6)
        placed |= dict(zip(ranks, names, strict=False))
    return Documents(words, lengths, labels, vocabulary(stream, WORDS, placed))


def _given() -> dict[str, npt.NDArray[Any]]:
    made = made_reviews()
    parts = {"train": made.part(0, TRAINING), "test": made.part(TRAINING, TRAINING + TEST)}
    arrays = {f"{half}_{name}": array for half, part in parts.items() for name, array in part.items()}
    return {**arrays, "vocabulary": made.names()}


def reviews_npz() -> bytes:
    """The `reviews.npz` that students are given; always the same bytes."""
    return npz_bytes(_given())


@functools.cache
def reviews() -> Coded:
    """The training reviews as `keras.datasets.imdb.load_data()` gives them, and the hidden ones."""
    (x_train, y_train), _ = imdb_of(_given())
    x_test, y_test = coded(made_reviews().part(TRAINING + TEST, TRAINING + TEST + HIDDEN))
    return Coded(x_train, y_train, x_test, y_test)
