"""Text of others on its way to the terminal."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dlexam.terminal import as_json, printable, safe

HOSTILE = "a\x1b[2J\x1b]0;t\x07\r\n\t\x9b31m\u202e\u2066\u200b\u2028\ufeff\ud800\x00\x7f[red]x[/red]\\"


def test_printable() -> None:
    """What a terminal would obey or hide is replaced; what is asked for and joiners stay."""
    assert printable("\x1b[31m가\u200d\n", keep="\n") == "\ufffd[31m가\u200d\n"
    assert printable("\u202eb\u2028\x9b\ud800") == "\ufffdb\ufffd\ufffd\ufffd"


@given(st.text() | st.text("[]/\\\\ab:=#@"))
def test_nothing_is_obeyed(text: str) -> None:
    """Whatever the text, it comes out of rich as it went in, in one line, without markup or escapes."""
    file = io.StringIO()
    Console(file=file, width=10_000, highlight=False).print(safe(text))
    assert file.getvalue() == f"{printable(text)}\n"


@pytest.mark.parametrize("text", [HOSTILE, "가", "\U0001f600", "\x7f\x80\x9f"])
def test_json(text: str) -> None:
    """JSON means the same to a program, holds no raw control, and can be encoded."""
    shown = as_json({"a": [text]})
    assert json.loads(shown) == {"a": [text]}
    assert printable(shown, keep="\n") == shown or "\u200b" in text
    shown.encode()
