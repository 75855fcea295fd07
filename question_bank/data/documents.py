"""Generated documents: words by rank drawn from a Zipf law that each kind of document bends its own way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from question_bank.data.offline_data import code_words
from question_bank.data.stream import Stream, exponential

__all__ = ["Coded", "Documents", "coded", "cumulative", "draw_lengths", "draw_words", "multi_hot", "zipf"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Sequences = npt.NDArray[np.object_]
"""(n,) lists of word indices of different lengths."""


@dataclass(frozen=True)
class Documents:
    """
    Documents as they are packed.

    Args:
        words: (total,) ranks from 1, the most frequent word first, of all documents one after the other.
        lengths: (n,) words of each document.
        labels: (n,) classes from 0.
        vocabulary: the words, by rank.
    """

    words: Integers
    lengths: Integers
    labels: Integers
    vocabulary: tuple[str, ...]

    def part(self, start: int, stop: int) -> dict[str, npt.NDArray[Any]]:
        """The documents from *start* to before *stop* as small arrays: `words`, `lengths`, `labels`."""
        ends = np.concatenate([[0], np.cumsum(self.lengths)])
        return {
            "words": self.words[ends[start] : ends[stop]].astype("<u2"),
            "lengths": self.lengths[start:stop].astype("<u2"),
            "labels": self.labels[start:stop].astype("u1"),
        }

    def names(self) -> npt.NDArray[np.bytes_]:
        """(vocabulary,) the words as an array that an npz file can hold."""
        return np.array([word.encode("ascii") for word in self.vocabulary])


@dataclass(frozen=True)
class Coded:
    """
    Documents coded as Keras codes them: 1 begins each, and the word of rank r is the number r + 3.

    Args:
        x_train: (n,) lists of whole numbers, those that students are given to train with.
        y_train: (n,) int64 classes.
        x_test: (m,) lists that no student is given.
        y_test: (m,) int64 classes.
    """

    x_train: Sequences
    y_train: Integers
    x_test: Sequences
    y_test: Integers


def zipf(vocabulary: int) -> Floats:
    """(vocabulary,) how often each rank occurs, up to a factor: 1 / (rank + 2.7), as in natural languages."""
    return np.asarray(1 / (np.arange(vocabulary, dtype=np.float64) + 2.7))


def cumulative(usual: Floats, weights: Floats) -> Floats:
    """(vocabulary,) cumulative chances of words that are *usual* but for a factor e to the *weights*."""
    # cumsum adds one after the other; the order of np.sum depends on the processor
    chances = np.cumsum(usual * exponential(weights))
    return np.asarray(chances / chances[-1])


def draw_lengths(stream: Stream, count: int, *, median: float, sigma: float, least: int, most: int) -> Integers:
    """(count,) lengths in words."""
    return np.clip(stream.lognormal(median, sigma, count).astype(np.int64), least, most)


def draw_words(stream: Stream, tables: Sequence[Floats], which: Integers, lengths: Integers) -> Integers:
    """
    (total,) ranks from 1 of all documents one after the other.

    Args:
        tables: cumulative chances, as `cumulative` makes them.
        which: (n,) the table of each document.
        lengths: (n,) its words.
    """
    chance = stream.uniform(int(lengths.sum()))
    table = np.repeat(which, lengths)
    words = np.zeros(len(chance), dtype=np.int64)
    for number, chances in enumerate(tables):
        of_table = table == number
        words[of_table] = np.searchsorted(chances, chance[of_table], side="right")
    return np.minimum(words, len(tables[0]) - 1) + 1


def coded(part: Mapping[str, npt.NDArray[Any]]) -> tuple[Sequences, Integers]:
    """Coded texts (n,) and int64 labels (n,) of a `Documents.part`, nothing cut and in their order."""
    texts = np.empty(len(part["labels"]), dtype=object)
    for i, text in enumerate(code_words(part["words"], part["lengths"])):
        texts[i] = text
    return texts, part["labels"].astype(np.int64)


def multi_hot(sequences: Sequences | Sequence[Sequence[int]], words: int) -> npt.NDArray[np.float32]:
    """
    (n, words) float32: 1 where the column's number occurs in the sequence.

    Numbers from *words* on are coded as 2, out of vocabulary, as `load_data(num_words=words)` does.
    """
    hot = np.zeros((len(sequences), words), dtype=np.float32)
    for row, sequence in zip(hot, sequences, strict=True):
        numbers = np.asarray(sequence, dtype=np.int64)
        row[np.where(numbers < words, numbers, 2)] = 1
    return hot
