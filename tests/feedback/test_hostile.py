"""What students write is shown, and does nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.feedback.markdown import as_block
from grader.feedback.shown import shown_answer, visible
from grader.results.records import Outcome

SCRIPT = "<script>alert(1)</script>"
TAGS = [SCRIPT, "<img src=x onerror=alert(1)>", "</pre><h1>100</h1>", '"><svg onload=alert(1)>', "{{ 7 * 7 }}", "&lt;"]


@pytest.mark.parametrize("text", TAGS)
@pytest.mark.parametrize("slot", ["closed-01", "closed-02", "closed-03", "closed-04", "closed-05", "open-01"])
def test_answer_is_escaped(page, slot, text):
    """Markup in an answer of any kind is shown letter by letter."""
    shown = page(slot, outcome=Outcome.MALFORMED, read_as=text)
    assert str(visible(text)) in shown
    assert "<script" not in shown
    assert "<img src=x" not in shown
    assert "49" not in shown.split("</style>")[1]


@pytest.mark.parametrize("text", TAGS)
def test_name_is_escaped(page, text):
    """So is markup in a name, in the title as in the head."""
    shown = page(name=text)
    assert "<script" not in shown
    assert "<h1>100" not in shown
    assert "<title>Midterm · " in shown


@pytest.mark.parametrize(
    "code", [0x202E, 0x2066, 0x200B, 0xFEFF, 0x1B, 0x00, 0x9B, 0x7F, 0x2028, 0x3164, 0xE0041, 0xD800]
)
def test_hidden_characters_are_named(code):
    """Characters that hide, turn round or command are replaced by their number."""
    assert visible(f"a{chr(code)}b") == f'a<span class="hidden-sign">U+{code:04X}</span>b'


@pytest.mark.parametrize("text", ["한글 답", "a\n\tb", "👩\u200d💻", "é", "1 − 2 × 3"])
def test_plain_text_stays_as_it_is(text):
    """Everyday characters are left alone, emoji of several parts too."""
    assert visible(text) == text


@given(st.text())
def test_nothing_gets_out_of_its_text(text):
    """Whatever is written: no sign of markup is left, and the page can be encoded."""
    shown = visible(text)
    assert not set(str(shown).replace('<span class="hidden-sign">', "").replace("</span>", "")) & set("<>\"'")
    shown.encode()


def test_long_answer_is_cut(page):
    """Ten thousand characters of a short answer are cut, and the page says how long it was."""
    shown = page(outcome=Outcome.MALFORMED, read_as="x" * 10_000)
    assert "x" * 1_500 in shown
    assert "x" * 1_501 not in shown
    assert "it has 10,000 characters" in shown


def test_long_essay_is_whole(page):
    """An essay of ten thousand characters is shown to its end."""
    assert "x" * 10_000 in page("closed-05", outcome=Outcome.NEEDS_REVIEW, read_as="x" * 10_000)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(PLAIN, st.sampled_from(["choice", "choices", "order", "fields", "number", "term", "essay", "code"]))
def test_any_plain_data_can_be_shown(read_as, kind):
    """A record may hold anything that JSON can; none of it stops a page."""
    shown = shown_answer(read_as, kind, ("a", "b"))
    assert all(line.option in ("a", "b") for line in shown.lines if line.option is not None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (SCRIPT, "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("<https://example.org>", "<p>&lt;https://example.org&gt;</p>\n"),
        ("![words](https://example.org/a.png)", "<p><em>words</em></p>\n"),
        ("![words](data:text/html,x)", "<p>![words](data:text/html,x)</p>\n"),
        ("![words](attachment:other.png)", "<p><em>words</em></p>\n"),
        ('![a "b" <c>](attachment:net.png)', '<p><img src="data:x" alt="a &#34;b&#34; &lt;c&gt;"></p>\n'),
    ],
)
def test_markdown_loads_nothing_and_links_nowhere(text, shown):
    """Links stay text, foreign images become their words, our figures become `data:` URIs."""
    assert as_block(text, {"net": "data:x"}) == shown


def test_columns_are_aligned_without_style_attributes():
    """The policy forbids style attributes, so tables are aligned by class."""
    shown = as_block("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert "style" not in shown
    assert shown.count('class="align-right"') == 2
