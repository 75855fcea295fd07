"""The strict notebook reader."""

from __future__ import annotations

import hashlib
import json
import pickle
import time

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.submissions import Cell, UnreadableNotebook, read_notebook
from question_bank.errors import DlexamError


def code(source="answer = 1", **more):
    """A code cell as a dictionary."""
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], **more}


class TestReads:
    """What is kept of a notebook."""

    def test_cells(self, notebook):
        """Cells keep their order, kind, id and source."""
        data = notebook(
            [
                {"id": "m", "cell_type": "markdown", "source": "# 확률", "metadata": {}},
                code(["a = 1\n", "b = 2"], id="closed-01"),
                {"cell_type": "raw", "source": "", "metadata": {}},
            ]
        )
        assert read_notebook(data, name="closed.ipynb").cells == (
            Cell("m", "markdown", "# 확률"),
            Cell("closed-01", "code", "a = 1\nb = 2"),
            Cell(None, "raw", ""),
        )

    def test_claims(self, notebook):
        """What a notebook says of itself is read from its own metadata."""
        read = read_notebook(
            notebook(exam="midterm-2025", part="closed", student="20231111", build="0a1b"), name="a.ipynb"
        )
        assert (read.exam, read.part, read.student, read.build) == (
            "midterm-2025",
            "closed",
            "20231111",
            "0a1b",
        )
        assert read.flags == ()

    def test_name_and_hash(self, notebook):
        """A notebook knows its file's name, made safe to show, and the hash of its bytes."""
        data = notebook()
        read = read_notebook(data, name="a\u202eb\x1b.ipynb")
        assert (read.name, read.sha256) == ("a\\u202eb\\x1b.ipynb", hashlib.sha256(data).hexdigest())

    def test_no_metadata(self):
        """A notebook that says nothing of itself is read."""
        read = read_notebook(b'{"cells": [], "nbformat": 4}', name="a.ipynb")
        assert (read.cells, read.exam, read.part, read.student, read.build) == ((), None, None, None, None)

    def test_byte_order_mark(self, notebook):
        """A byte order mark before the JSON does no harm."""
        data = b"\xef\xbb\xbf" + notebook()
        assert read_notebook(data, name="a.ipynb").cells[0].id == "closed-01"

    def test_as_nbformat_writes(self):
        """What nbformat writes is read with the same sources and ids."""
        made = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("x = 1\ny = 2\n"), nbformat.v4.new_markdown_cell("가나다")]
        )
        read = read_notebook(nbformat.writes(made).encode(), name="a.ipynb")
        assert [cell.id for cell in read.cells] == [cell.id for cell in made.cells]
        assert [cell.source for cell in read.cells] == [cell.source for cell in made.cells]

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=5))
    def test_any_text(self, notebook, lines):
        """Any text is a source, as one string and as lines, and comes back unchanged."""
        data = notebook([code("".join(lines)), code(lines)])
        assert [cell.source for cell in read_notebook(data, name="a.ipynb").cells] == ["".join(lines)] * 2


class TestIds:
    """Whose cell a cell is."""

    @pytest.mark.parametrize(
        ("own", "grade_id", "ours", "expected"),
        [
            ("closed-01", "closed-01", None, "closed-01"),
            ("closed-01", None, None, "closed-01"),
            (None, "closed-01", None, "closed-01"),
            ("d3407ed9", "closed-01", None, "closed-01"),
            ("d3407ed9", "closed-01", {"closed-01"}, "closed-01"),
            ("closed-01", "closed-02", {"closed-01", "closed-02"}, "closed-01"),
            ("closed-01", "q1", {"closed-01"}, "closed-01"),
            ("d3407ed9", "q1", {"closed-01"}, "d3407ed9"),
            ("../../x", "closed-01", None, "closed-01"),
            ("a" * 65, None, None, None),
            (7, ["closed-01"], None, None),
            ("", "", None, None),
        ],
    )
    def test_id(self, notebook, own, grade_id, ours, expected):
        """A cell is found by its own id or by nbgrader's, whichever a tool has left."""
        cell = code(metadata={} if grade_id is None else {"nbgrader": {"grade_id": grade_id}})
        if own is not None:
            cell["id"] = own
        assert read_notebook(notebook([cell]), name="a.ipynb", ours=ours).cells[0].id == expected

    def test_first_of_copies(self, notebook):
        """Of two cells with one id the first keeps it, and a flag says so once."""
        data = notebook([code(str(n), id="closed-01") for n in range(3)])
        read = read_notebook(data, name="a.ipynb")
        assert [cell.id for cell in read.cells] == ["closed-01", None, None]
        assert read.flags == ("two cells have the id closed-01; the first one counts",)

    def test_copied_in_jupyter(self, notebook):
        """A copy that kept nbgrader's metadata under a new id is a copy all the same."""
        kept = {"nbgrader": {"grade_id": "closed-01"}}
        data = notebook([code("1", id="closed-01", metadata=kept), code("2", id="0fe1", metadata=kept)])
        assert [cell.id for cell in read_notebook(data, name="a.ipynb").cells] == ["closed-01", None]

    def test_copies_of_others(self, notebook):
        """Copies of cells that are not ours lose their id without a flag."""
        data = notebook([code(id="x"), code(id="x")])
        assert read_notebook(data, name="a.ipynb", ours={"closed-01"}).flags == ()


class TestClaims:
    """Claims that cannot be used are flagged, not fatal."""

    @pytest.mark.parametrize("value", [7, "", "a\nb", "a\u202eb", "a" * 101, ["x"], {"x": 1}, True])
    def test_unusable(self, document, value):
        """A claim that is not one short line of text counts as absent."""
        made = document()
        made["metadata"]["dlexam"] = {"student": value}
        read = read_notebook(json.dumps(made).encode(), name="a.ipynb")
        assert (read.student, read.flags) == (None, ("its exam metadata holds no usable student",))

    def test_no_object(self, document):
        """Exam metadata that is not an object is flagged."""
        made = document()
        made["metadata"]["dlexam"] = ["x"]
        read = read_notebook(json.dumps(made).encode(), name="a.ipynb")
        assert read.flags == ("its exam metadata is not an object",)

    def test_composed(self, notebook):
        """A Hangul claim compares equal however a Mac decomposed it."""
        assert read_notebook(notebook(part="\u1112\u1161\u11ab"), name="a.ipynb").part == "한"


GOOD = '{"cells": [%s], "metadata": %s, "nbformat": 4}'


def with_cell(cell: str) -> bytes:
    """A notebook of one cell, given as JSON."""
    return (GOOD % (cell, "{}")).encode()


REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "bom_only": (b"\xef\xbb\xbf", "is empty"),
    "zip": (b"PK\x03\x04xx", "is a zip archive, not a notebook"),
    "pdf": (b"%PDF-1.7", "is a PDF file, not a notebook"),
    "html": (b"<!DOCTYPE html>", "is a web page, not a notebook"),
    "utf16": ("{}".encode("utf-16"), "is not UTF-8 text"),
    "cp949": ('{"x": "한글"}'.encode("cp949"), "byte 7: is not UTF-8 text"),
    "cut": (b'{"cells": [\n{"cell_type": "co', "line 2: is not JSON (Unterminated string starting at)"),
    "two_documents": (b"{}{}", "line 1: is not JSON (Extra data)"),
    "control": (b'{"a": "\n"}', "line 1: is not JSON (Invalid control character at)"),
    "list": (b"[]", "is JSON but not a notebook"),
    "number": (b"4", "is JSON but not a notebook"),
    "nan": (b'{"a": NaN}', "is not strict JSON (NaN is no JSON number)"),
    "infinity": (b'{"a": -Infinity}', "is not strict JSON (-Infinity is no JSON number)"),
    "key_twice": (
        b'{"nbformat": 4, "nbformat": 3}',
        "is not strict JSON (one key stands twice in an object)",
    ),
    "key_twice_deep": (
        b'{"a": [{"b": {"c": 1, "c": 1}}]}',
        "is not strict JSON (one key stands twice in an object)",
    ),
    "deep": (b'{"a": ' + b"[" * 200 + b"]" * 200 + b"}", "nested too deep or too wide"),
    "very_deep": (b"[" * 1_000_000, "nested too deep or too wide"),
    "wide": (b"[" + b"[]," * 600_000 + b"[]]", "nested too deep or too wide"),
    "digits": (b'{"a": ' + b"1" * 5000 + b"}", "is not JSON that can be read"),
    "no_format": (b"{}", "has no known format where notebook format 4 is read"),
    "format_3": (b'{"nbformat": 3}', "has format 3 where notebook format 4 is read"),
    "format_999": (b'{"nbformat": 999}', "has format 999 where notebook format 4 is read"),
    "format_true": (b'{"nbformat": true}', "has no known format"),
    "format_float": (b'{"nbformat": 4.0}', "has no known format"),
    "format_text": (b'{"nbformat": "4"}', "has no known format"),
    "no_cells": (b'{"nbformat": 4}', "has no list of cells"),
    "cells_object": (b'{"nbformat": 4, "cells": {}}', "has no list of cells"),
    "many_cells": (
        b'{"nbformat": 4, "cells": [' + b"0," * 5000 + b"0]}",
        "has more than 5000 cells",
    ),
    "metadata": (b'{"nbformat": 4, "cells": [], "metadata": []}', "has metadata that is not an object"),
    "cell_text": (with_cell('"x"'), "cell 1: is not an object"),
    "no_type": (with_cell('{"source": ""}'), "cell 1: is of no known type"),
    "type_heading": (with_cell('{"cell_type": "heading", "source": ""}'), "cell 1: is of no known type"),
    "type_list": (with_cell('{"cell_type": [], "source": ""}'), "cell 1: is of no known type"),
    "cell_metadata": (
        with_cell('{"cell_type": "code", "source": "", "metadata": 1}'),
        "cell 1: has metadata that is not an object",
    ),
    "no_source": (with_cell('{"cell_type": "code"}'), "cell 1: has a source that is not text"),
    "source_null": (with_cell('{"cell_type": "code", "source": null}'), "cell 1: has a source that is not"),
    "source_object": (with_cell('{"cell_type": "code", "source": {}}'), "cell 1: has a source that is not"),
    "source_mixed": (with_cell('{"cell_type": "code", "source": ["a", 1]}'), "has a source that is not text"),
    "half_character": (
        with_cell('{"cell_type": "code", "source": "\\ud83d"}'),
        "cell 1: has half a character in its source (a lone surrogate)",
    ),
}


class TestRefuses:
    """Whatever is wrong is one clear line."""

    @pytest.mark.parametrize("case", REFUSED)
    def test_refused(self, case):
        """A bad notebook raises the one error, with the file, the reason and what to do, in one line."""
        data, reason = REFUSED[case]
        with pytest.raises(UnreadableNotebook) as caught:
            read_notebook(data, name="closed.ipynb")
        line = str(caught.value)
        assert line.startswith("closed.ipynb: ")
        assert reason in line
        assert "; " in line
        assert "\n" not in line
        assert caught.value.sha256 == hashlib.sha256(data).hexdigest()

    def test_size(self):
        """Bytes beyond the cap are refused before they are parsed."""
        with pytest.raises(UnreadableNotebook, match="is larger than 16 MiB"):
            read_notebook(b"x" * (16 * 2**20 + 1), name="a.ipynb")

    @pytest.mark.parametrize("cells", [1, 5])
    def test_long_source(self, notebook, cells):
        """Neither one cell nor all of them together may hold more source than anyone writes."""
        data = notebook([code("x" * (2**20 if cells > 1 else 2**20 + 1)) for _ in range(cells)])
        with pytest.raises(UnreadableNotebook, match="characters of source"):
            read_notebook(data, name="a.ipynb")

    def test_paired_surrogates(self):
        """A character written as two escapes is one character."""
        data = with_cell('{"cell_type": "code", "source": "\\ud83d\\ude00"}')
        assert read_notebook(data, name="a.ipynb").cells[0].source == "😀"

    def test_brackets_in_strings(self, notebook):
        """Brackets within a source are not nesting."""
        source = '["\\' * 100_000
        assert read_notebook(notebook([code(source)]), name="a.ipynb").cells[0].source == source

    @pytest.mark.parametrize("data", [b'"' + b'\\"' * 4_000_000, b'"\\', b'{"a": "' + b"[" * 4_000_000])
    def test_endless_string(self, data):
        """A string that never ends is passed over in one go."""
        start = time.monotonic()
        with pytest.raises(UnreadableNotebook):
            read_notebook(data, name="a.ipynb")
        assert time.monotonic() - start < 5

    def test_is_expected_trouble(self):
        """The error is one that the command line prints."""
        assert issubclass(UnreadableNotebook, DlexamError)

    def test_travels(self):
        """The error reaches another process whole."""
        error = UnreadableNotebook("is empty", file="a.ipynb", mend="ask", flags=("x",), sha256="00")
        copy = pickle.loads(pickle.dumps(error))
        assert (str(copy), copy.flags, copy.sha256) == (str(error), ("x",), "00")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def reads_or_refuses(data: bytes) -> None:
    """Read *data* as a notebook, or see it refused; anything else is a fault."""
    try:
        read = read_notebook(data, name="a.ipynb")
    except UnreadableNotebook:
        return
    ids = [cell.id for cell in read.cells if cell.id is not None]
    assert len(ids) == len(set(ids))
    assert all(type(cell.source) is str and cell.source.encode() is not None for cell in read.cells)


class TestAnything:
    """Whatever the bytes, a notebook or the one error."""

    @given(st.binary(max_size=200))
    def test_bytes(self, data):
        """Any bytes are read or refused."""
        reads_or_refuses(data)

    @settings(max_examples=200)
    @given(st.data())
    def test_mutated(self, notebook, data):
        """A notebook with bytes changed, cut out or put in is read or refused."""
        good = notebook([code(["가\n", '"']), code(id="closed-01")], exam="m", part="closed", student="1")
        at = data.draw(st.integers(0, len(good)))
        gone = data.draw(st.integers(0, 8))
        new = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b"{", b"[", b"NaN", b"\\ud800", b","]))
        reads_or_refuses(good[:at] + new + good[at + gone :])

    @settings(max_examples=200)
    @given(
        st.lists(
            st.one_of(
                JSON,
                st.fixed_dictionaries(
                    {},
                    optional={
                        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
                        "source": st.text(max_size=5) | JSON,
                        "id": st.sampled_from(["a", "b"]) | JSON,
                        "metadata": st.fixed_dictionaries({"nbgrader": JSON}) | JSON,
                    },
                ),
            ),
            max_size=4,
        ),
        st.fixed_dictionaries({"dlexam": JSON}) | JSON,
    )
    def test_structure(self, cells, metadata):
        """A notebook whose values are anything JSON can hold is read or refused."""
        reads_or_refuses(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}).encode())
