"""Names as they come."""

from __future__ import annotations

import os
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.names import fold, from_disk, is_ignored, is_notebook, listed, natural, shown, stem


class TestShown:
    """A name that may be shown anywhere."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("closed.ipynb", "closed.ipynb"),
            (unicodedata.normalize("NFD", "홍길동"), "홍길동"),
            ("alice\u202egpj.ipynb", "alice\\u202egpj.ipynb"),
            ("\x1b]52;c;x\x07", "\\x1b]52;c;x\\x07"),
            ("a\nb\r\t", "a\\x0ab\\x0d\\x09"),
            ("a\u200bb\ufeff\u3164", "a\\u200bb\\ufeff\\u3164"),
            ("\udcff", "\\udcff"),
            ("😀", "😀"),
            ("\U000e0041", "\\U000e0041"),
            ("a" * 400 + ".ipynb", "a" * 150 + "…" + "a" * 143 + ".ipynb"),
        ],
    )
    def test_shown(self, name, expected):
        """What cannot be seen is written out, Hangul is composed, and a name has an end."""
        assert shown(name) == expected

    @given(st.text())
    def test_always_printable(self, name):
        """Whatever the name, what is shown is one printable line of bounded length that UTF-8 can hold."""
        text = shown(name)
        assert len(text) <= 300
        assert text.encode().decode() == text
        assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in text)

    def test_from_disk(self):
        """File names that are no UTF-8 are read as Korean Windows writes them."""
        assert from_disk(os.fsdecode("홍길동".encode("cp949"))) == "홍길동"
        assert from_disk("홍길동") == "홍길동"
        assert shown(from_disk(os.fsdecode(b"\xff\xff"))) == "\\udcff\\udcff"


class TestCompare:
    """How names are compared and sorted."""

    def test_fold(self):
        """Case, spaces and decomposition make no difference."""
        assert fold(" \u1112\u1161\u11ab  KIM ") == fold("한 kim")

    @given(st.text(max_size=8), st.text(max_size=8))
    def test_order_is_total(self, one, other):
        """Two names have one sort key only if they are one name, and any two can be sorted."""
        assert (natural(one) == natural(other)) == (one == other)
        assert (natural(one) < natural(other)) or (natural(other) < natural(one)) or one == other

    def test_numbers(self):
        """Numbers sort as numbers."""
        names = ["closed (10)", "closed (9)", "closed", "closed (1)"]
        assert sorted(names, key=natural) == ["closed", "closed (1)", "closed (9)", "closed (10)"]

    def test_listed(self):
        """A long list of names is cut."""
        assert listed(["a", "b"]) == "a, b"
        assert listed(["a", "b", "c"], most=2) == "a, b and 1 more"


class TestKinds:
    """What a name promises."""

    @pytest.mark.parametrize(
        ("name", "yes"),
        [
            ("closed.ipynb", True),
            ("CLOSED.IPYNB", True),
            ("closed.ipynb.txt", True),
            ("closed.ipynb.json", True),
            ("closed.py", False),
            ("ipynb", False),
            ("closed.ipynb.zip", False),
            ("closed.ipynb\n", False),
        ],
    )
    def test_is_notebook(self, name, yes):
        """A notebook is known by its suffix, also where a browser has added one."""
        assert is_notebook(name) is yes

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("a/b/closed.ipynb", "closed"),
            ("closed.v2.ipynb.txt", "closed.v2"),
            ("closed.zip", "closed"),
            ("x", "x"),
        ],
    )
    def test_stem(self, path, expected):
        """The stem is the last name without the suffix of its kind."""
        assert stem(path) == expected

    @pytest.mark.parametrize("name", ["__MACOSX", ".DS_Store", "._closed.ipynb", ".ipynb_checkpoints"])
    def test_ignored(self, name):
        """What systems and tools leave behind is ignored."""
        assert is_ignored(name)
