"""Which spellings mean the same term, in English and in Korean."""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

from question_bank.errors import DlexamError

__all__ = ["Term", "fold", "lookup", "near", "parts", "preferred", "readings", "terms_in"]

Term = str
"""A term's name in the glossary's first column, such as `learning rate`."""

# Hangul fillers are letters that print nothing; NFKC folds some of them into others
_FILLERS = "\u115f\u1160\u3164\uffa0"
_ENDING = re.compile(r"(입니다|이다|이에요|예요|임|이라고한다|라고한다)$")
_PARTICLE = re.compile(r"(으로|은|는|이|가|을|를|의|로)$")
_ARTICLE = re.compile(r"^(the|an|a)\s+", re.IGNORECASE)
_SEPARATOR = re.compile(r"[()\[\],/;·=]|또는|혹은|\bor\b|\baka\b", re.IGNORECASE)


def fold(text: str) -> str:
    """*text* with case, width, spaces and punctuation removed: letters and digits only, NFC."""
    # NFKC before casefold: full-width letters have no case
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if c.isalnum() and c not in _FILLERS)


@functools.cache
def _rows() -> dict[Term, dict[str, tuple[str, ...]]]:
    with files("question_bank").joinpath("glossary.tsv").open(encoding="utf-8") as file:
        return {
            row["term"]: {
                "en": tuple(v.strip() for v in row["english"].split(";")),
                "ko": tuple(v.strip() for v in row["korean"].split(";")),
            }
            for row in csv.DictReader(file, delimiter="\t")
        }


@functools.cache
def _owners() -> dict[str, tuple[Term, str]]:
    return {
        fold(spelling): (term, language)
        for term, spellings in _rows().items()
        for language in ("en", "ko")
        for spelling in spellings[language]
    }


def preferred(term: Term, language: str) -> str:
    """
    The spelling of *term* to print, in `"en"` or `"ko"`.

    Raises:
        DlexamError: the glossary has no such term.
    """
    if term not in _rows():
        raise DlexamError(f"no term {term!r}", file="glossary.tsv", mend="add a row, or use a term that is there")
    return _rows()[term][language][0]


def readings(text: str) -> Iterator[str]:
    """The folded *text*, then with an article, an ending and a particle taken off."""
    yield fold(text)
    folded = fold(_ARTICLE.sub("", text.strip()))
    yield folded
    ended = _ENDING.sub("", folded)
    yield ended
    yield _PARTICLE.sub("", ended)


def lookup(text: str) -> tuple[Term, str] | None:
    """The term that *text* as a whole names, and the language it is in; None for no term."""
    return next((_owners()[reading] for reading in readings(text) if reading in _owners()), None)


def parts(text: str) -> list[str]:
    """What brackets, commas, `=` and "or" set apart in *text*."""
    return [part for part in _SEPARATOR.split(unicodedata.normalize("NFKC", text)) if fold(part)]


def terms_in(text: str) -> list[tuple[Term, str] | None]:
    """
    The terms that the parts of *text* name: `과대적합(overfitting)` has two parts and one term.

    A part that names no term is None.
    """
    whole = lookup(text)
    if whole is not None:
        return [whole]
    return [lookup(part) for part in parts(text)]


def near(text: str, term: Term) -> bool:
    """True when one slip of the pen lies between *text* and a spelling of *term*."""
    spellings = [fold(spelling) for language in _rows()[term].values() for spelling in language]
    return any(
        len(spelling) >= 4 and _one_slip(reading, spelling)
        for reading in dict.fromkeys(readings(text))
        for spelling in spellings
    )


def _one_slip(a: str, b: str) -> bool:
    """True when one letter inserted, lost, changed, or two neighbours swapped turn *a* into *b*."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        swapped = rest_a[1:2] + rest_a[:1] + rest_a[2:]
        return rest_a[1:] == rest_b[1:] or swapped == rest_b
    return rest_a[1:] == rest_b or rest_a == rest_b[1:]
