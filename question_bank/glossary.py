"""Which spellings mean the same term, in English and in Korean."""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files

from question_bank.errors import DlexamError

__all__ = ["Found", "Term", "fold", "lookup", "near", "parts", "preferred", "readings", "terms_in"]

Term = str
"""A term's name in the glossary's first column, such as `learning rate`."""

Found = tuple[Term, str]
"""A term and the language, `"en"` or `"ko"`, of the spelling that names it."""

# Hangul fillers are letters that print nothing; NFKC folds some of them into others
_FILLERS = "\u115f\u1160\u3164\uffa0"
# Korean keyboards type the old vowel for a middle dot; NFKC makes this of it
_ARAEA = "\u119e"
_WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+")
_LISTING = re.compile(r"[,/;|:=·•・、→]|또는|혹은|\bor\b|\baka\b")
_SEPARATOR = re.compile(r"[()\[\]{}<>]|" + _LISTING.pattern)
_CIRCLED = " ①②③④⑤⑥⑦⑧⑨⑩"
_NUMBERING = re.compile(r"^\W*\d{1,2}\s?[.):](?!\d)")
# an argument's name is a label as well: `activation="relu"` is an answer of one word
_LABEL = re.compile(
    r"^\W*(?:(?:정답|답|답안|answer|ans)\s?[\])]?\s?[:=\]-]|(?:activation|loss|optimizer|metrics?)\s?[:=])(?=.*\w)"
)
_MODULE = re.compile(
    r"\b(?:tf|tensorflow|keras|np|numpy|nn|torch|model|layers|losses|metrics|optimizers|activations|callbacks)\.(?=\w)"
)
# words before a term that say nothing of their own; no word of denial may ever stand here
_LEADS = frozenset(
    (
        *("the", "a", "an", "it", "its", "s", "is", "are", "this", "that", "these", "they", "we", "i", "think"),
        *("call", "called", "term", "answer", "정답은", "답은", "답", "이것은", "이것을", "이는", "이를", "그것은"),
        *("그것을", "바로", "보통", "흔히", "아마", "이", "이런", "이러한", "현상은", "현상을", "값은", "값을"),
        *("방법은", "방법을", "용어는", "과정은", "과정을", "함수는", "함수를", "기법은", "기법을", "지표는", "개념은"),
    )
)
# words between two names of one thing
_JOINTS = _LEADS | {"or", "aka", "also", "known", "as", "and", "또는", "혹은", "즉", "일명", "및", "그리고"}
_MOST_LEADS, _LONGEST_NAME = 8, 12
# longest first; `이`, `을` and `를` before one of them are taken off as particles
_ENDINGS = (
    *("라고생각합니다", "라고생각한다", "인것같습니다", "라고부릅니다", "라고불립니다", "라고합니다", "라고도한다"),
    *("라고부른다", "라고불린다", "인것같아요", "인것같다", "라고한다", "라고해요", "의미합니다", "의미한다"),
    *("라합니다", "말합니다", "뜻합니다", "라고함", "라부른다", "라한다", "말한다", "뜻한다", "입니다", "됩니다"),
    *("합니다", "이에요", "이예요", "이라고", "이란다", "되었다", "라고", "이다", "예요", "에요", "이죠", "이요"),
    *("이야", "됐다", "된다", "한다", "하다", "하기", "됨", "함", "임", "죠", "요", "다"),
)
_PARTICLES = (
    *("이라는", "으로", "이란", "에서", "이라", "라는", "은", "는", "이", "가", "을", "를", "의", "로", "과", "와"),
    *("란", "들", "도"),
)


def _plain(text: str) -> str:
    """*text* in small letters of one width, without the characters that print nothing."""
    # NFKC before casefold: full-width letters have no case
    text = unicodedata.normalize("NFKC", text).casefold().replace(_ARAEA, "·")
    shown = "".join(c for c in text if c not in _FILLERS and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", shown)


def _words(text: str) -> list[str]:
    """The runs of letters and digits in the plain *text*; a run ends where Hangul begins or ends."""
    return _WORD.findall(text)


def fold(text: str) -> str:
    """*text* with case, width, spaces and punctuation removed: letters and digits only, NFC."""
    # NFC again: jamo that stood apart may be a syllable now
    return unicodedata.normalize("NFC", "".join(_words(_plain(text))))


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
def _owners() -> dict[str, Found]:
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


def _bare(text: str) -> str:
    """The plain *text* without a number or a label before it, and without the modules of an API name."""
    text = _NUMBERING.sub("", _plain(text.lstrip(_CIRCLED)))
    return _MODULE.sub("", _LABEL.sub("", text))


def _stems(folded: str) -> Iterator[str]:
    """*folded*, then with an ending and a particle taken off, each also as a singular."""
    for suffixes in ((), _ENDINGS, _PARTICLES):
        suffix = next((suffix for suffix in suffixes if folded.endswith(suffix)), "")
        folded = folded.removesuffix(suffix)
        if folded and (suffix or not suffixes):
            yield folded
            for plural in ("s", "es"):
                if folded.isascii() and folded.endswith(plural) and len(folded) > 3:
                    yield folded.removesuffix(plural)


def readings(text: str) -> Iterator[str]:
    """The folded *text*, then without the words before the term, an ending, a particle, a plural."""
    yield fold(text)
    words = _words(_bare(text))
    leads = next((i for i, word in enumerate(words) if word not in _LEADS), len(words) - 1)
    for skipped in range(min(leads, _MOST_LEADS) + 1):
        yield from _stems("".join(words[skipped:]))


def lookup(text: str) -> Found | None:
    """The term that *text* as a whole names, and the language it is in; None for no term."""
    return next((_owners()[reading] for reading in readings(text) if reading in _owners()), None)


def parts(text: str) -> list[str]:
    """
    What brackets, commas, `=` and "or" set apart in *text*, and names that stand side by side.

    `과대적합 overfitting` has two parts, `batch size` one; what names nothing comes apart where Hangul begins or ends.
    """
    split = [part for part in _SEPARATOR.split(_bare(text)) if not _is_filling(part)]
    return [piece for part in split for piece in ([part] if lookup(part) else _pieces(_words(part)))]


def _is_filling(part: str) -> bool:
    """True for no words, for joints alone, and for an ending, as behind the bracket of `과대적합(overfitting)이다`."""
    words = _words(part)
    ending = "".join(words)
    bare = ending[1:] if ending[:1] in ("이", "을", "를") else ending
    return all(word in _JOINTS for word in words) or ending in _PARTICLES or {ending, bare} & set(_ENDINGS) != set()


def _pieces(words: list[str]) -> list[str]:
    """The fewest names that *words* are made of; runs of one script if they are made of other things too."""
    best: list[tuple[str, ...] | None] = [()]
    for end, last in enumerate(words, start=1):
        found = [best[end - 1]] if last in _JOINTS else []
        for start in range(max(0, end - _LONGEST_NAME), end):
            before, name = best[start], "".join(words[start:end])
            if before is not None and any(stem in _owners() for stem in _stems(name)):
                found.append((*before, name))
        best.append(min((names for names in found if names is not None), key=len, default=None))
    names = best[-1]
    if names:
        return list(names)
    runs: list[str] = []
    for word in words:
        if runs and _is_hangul(runs[-1][-1]) == _is_hangul(word[0]):
            runs[-1] += f" {word}"
        else:
            runs.append(word)
    return runs


def terms_in(text: str) -> list[Found | None]:
    """
    The terms that the parts of *text* name: `과대적합(overfitting)` has two parts and one term.

    A part that names no term is None. Empty when one term stands beside such a part, for then nothing is certain:
    it may be misspelled, explained, or denied.
    """
    listed = [lookup(part) for part in _LISTING.split(_bare(text)) if not _is_filling(part)]
    if None not in listed and len({found[0] for found in listed if found}) > 1:
        return listed
    whole = lookup(text)
    if whole is not None:
        return [whole]
    named = [lookup(part) for part in parts(text)]
    return [] if None in named and len({found[0] for found in named if found}) == 1 else named


def near(text: str, term: Term) -> bool:
    """
    True when a person should see whether *text* means *term*.

    One slip of the pen lies between them or between each part and the term, or the term stands beside words that
    name nothing.
    """
    if _is_slip(text, term):
        return True
    split = parts(text)
    named = [lookup(part) for part in split]
    terms = {found[0] for found in named if found}
    if terms:
        return terms == {term} and None in named
    return len(split) > 1 and all(_is_slip(part, term) for part in split)


@functools.cache
def _tolerant(term: Term) -> tuple[str, ...]:
    """The folded spellings of *term* that are long enough for a slip to leave no other word."""
    folded = dict.fromkeys(fold(spelling) for language in _rows()[term].values() for spelling in language)
    return tuple(spelling for spelling in folded if len(spelling) >= 4 or sum(map(_is_hangul, spelling)) >= 3)


def _is_slip(text: str, term: Term) -> bool:
    return any(
        _one_slip(reading, spelling) for reading in dict.fromkeys(readings(text)) for spelling in _tolerant(term)
    )


def _one_slip(typed: str, spelling: str) -> bool:
    """
    True when one letter inserted, lost, changed, or two neighbours swapped turn *typed* into *spelling*.

    Letters of Hangul are its jamo; two syllables swapped, one doubled, or one of five lost are a slip too.
    """
    # L1 for L2 is no slip
    if [c for c in typed if c.isdigit()] != [c for c in spelling if c.isdigit()]:
        return False
    if _one_edit(unicodedata.normalize("NFD", typed), unicodedata.normalize("NFD", spelling)):
        return True
    at = _first_difference(typed, spelling)
    match len(typed) - len(spelling):
        case 0:
            return typed[at:] == spelling[at + 1 : at + 2] + spelling[at : at + 1] + spelling[at + 2 :] != spelling[at:]
        case 1:
            return at > 0 and typed[at] == typed[at - 1] and typed[at + 1 :] == spelling[at:]
        case -1:
            return len(spelling) >= 5 and typed[at:] == spelling[at + 1 :]
    return False


def _one_edit(a: str, b: str) -> bool:
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    at = _first_difference(a, b)
    a, b = a[at:], b[at:]
    if len(a) == len(b):
        return a[1:] == b[1:] or a[1:2] + a[:1] + a[2:] == b
    return a[1:] == b or a == b[1:]


def _first_difference(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"
