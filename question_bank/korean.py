"""Korean particles that depend on the word before them."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["josa"]

# the final consonant with which digits and Latin letters are read aloud: 0 none, 8 rieul
_CODAS = {"0": 21, "1": 8, "3": 16, "6": 1, "7": 8, "8": 8, "l": 8, "m": 16, "n": 4, "r": 8}
_RIEUL = 8


def josa(word: object, pair: str) -> str:
    """
    *word* followed by the fitting particle of *pair*: `을/를`, `이/가`, `은/는`, `과/와` or `으로/로`.
    """
    text = str(word)
    # `표준화(standardisation)` is read by its Korean word: what is in the brackets is not spoken
    spoken = re.sub(r"(?<=[가-힣])[`*]*\([^()]*\)[`*]*$", "", unicodedata.normalize("NFC", text))
    closed, opened = pair.split("/")
    last = re.sub(r"[^0-9A-Za-z가-힣]", "", spoken)[-1:]
    coda = (ord(last) - ord("가")) % 28 if "가" <= last <= "힣" else _CODAS.get(last.lower(), 0)
    if closed == "으로" and coda == _RIEUL:
        coda = 0
    return text + (closed if coda else opened)
