"""The words of generated documents: some that everybody knows, and made-up ones."""

from __future__ import annotations

from collections.abc import Mapping

from question_bank.data.stream import Stream

__all__ = ["COMMON", "vocabulary", "words_of"]


def words_of(text: str) -> tuple[str, ...]:
    """The words that stand in *text*."""
    return tuple(text.split())


COMMON = words_of(
    "the of and to a in is it that was for on as with this be at by not are but from or have an they which one had "
    "were all so there when who will more no if out up about what some could them than other then into its time only "
    "two may any over new these after first also made many much where most now how before even such through between "
    "both under last never each every while because against here still again own since just very too"
)
"""Frequent English words, the most frequent ranks of every vocabulary."""

_CONSONANTS, _VOWELS = "bdklmnrstv", "aeiou"


def vocabulary(stream: Stream, size: int, placed: Mapping[int, str]) -> tuple[str, ...]:
    """
    *size* different words by rank: the common ones, *placed* ones at their ranks (from 1), else made-up ones.

    Args:
        placed: none at a rank of a common word.
    """
    syllables = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]
    count = len(syllables)
    known = {*COMMON, *placed.values()}
    words: list[str] = list(COMMON)
    for number in stream.permutation(count**3):
        if len(words) == size:
            break
        while len(words) + 1 in placed:
            words.append(placed[len(words) + 1])
        a, b, c = number // count**2, number // count % count, number % count
        made = syllables[a] + syllables[b] + syllables[c]
        if made not in known:
            words.append(made)
    return tuple(words[:size])
