"""Text of others, fit for a terminal: no controls, no escapes, no change of direction, no markup."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from rich.text import Text

__all__ = ["as_json", "printable", "safe"]

_KEPT = {"\u200c", "\u200d"}  # joiners: emoji and some scripts need them, and nothing hides behind one
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RAW = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def printable(text: object, *, keep: str = "") -> str:
    """*text* with a replacement character for each one that a terminal would obey or not show, but those in *keep*."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if char not in keep and char not in _KEPT and unicodedata.category(char) in _UNSEEN
        else char
        for char in str(text)
    )


def safe(text: object) -> Text:
    """`printable`, as what rich shows as it is: no escaping of markup holds where two texts stand in one line."""
    return Text(printable(text))


def as_json(value: Any, **options: Any) -> str:
    """*value* as JSON that a program reads as it is, and that a terminal does not obey."""
    text = json.dumps(value, ensure_ascii=False, indent=1, **options)
    # they stand in strings only, where an escape means the same
    return _RAW.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
