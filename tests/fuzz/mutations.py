"""What can become of a notebook on its way: accidents, tools that rewrite it, and hands that mean harm."""

from __future__ import annotations

import copy
import gzip
import json
import random
from collections.abc import Callable
from typing import Any

__all__ = ["MUTATIONS", "mutated"]

Document = dict[str, Any]
Change = Callable[[random.Random, Document], Any]
"""Changes a notebook in place, or returns what takes its place."""
Damage = Callable[[random.Random, bytes], bytes]

# what a cell may hold that breaks a reader, a parser, a number, a page or a terminal
SOURCES = (
    *("((((" * 500, "-" * 7_000 + "1", "a" + ".b" * 2_000, "[" * 90 + "]" * 90, "if 1:\n" * 3, "\f\f1", "\x00"),
    *("# -*- coding: utf-7 -*-\n1", "'''", '"""', "\\", "q = 0x" + "f" * 6_000, "9" * 5_000, "1e999", "-1e-999"),
    *("'\\ud800'", "'\\x1b[2J'", "'\\u202e'", "'\\x00'", "'=1+1'", "'<script>alert(1)</script>'", "b'x'", "1j"),
    *("{0x" + "f" * 6_000 + ": 1}", "{1: 2, 1: 3}", "{(): 1}", "{**{}}", "{'a': ...}", "...", "None", "True", "[]"),
    *("{1, 'a', 2.5}", "[[[[1]]]]", "2**999999", "9**9**9", "1/0", "0 * 1e999", "1e308 * 10", "1 if 1 else 2"),
    *("0x" + "f" * 6_000, "[0x" + "f" * 6_000 + "]", "str(0x" + "f" * 6_000 + ")", "0x" + "f" * 300, "-0x" + "f" * 99),
    *(
        "{'units': 0x" + "f" * 6_000 + "}",
        "{'units': '\\udfff'}",
        "['\\ud800']",
        "[1e999]",
        "[1j]",
        "{1j}",
        "[None] * 9",
    ),
    *("'x' * 7_000", "'가' * 3_000", "float('nan')", "lambda: 0", "f'{1}'", "1_000", "０", "½", "Ⅳ", "ｆ", "١٢"),
    *("import os; os._exit(0)", "!ls", "%%bash\nls", "get_ipython()", "x := 1", "yield", "await x", "return 1"),
    *("\u202e1", "\ufeff1", "\u2028", "1\r2", "1\r\n", "\x1b]0;title\x07", "가" * 20_000, "x" * 1_100_000),
)
ODD = (None, True, -1, 0, 1.5, 2**70, 1e300, "", "x", "\ud800", "\u202e", [], {}, [None], {"a": {}}, [[[]]], "\x00")
IDS = ("", "x" * 65, "../../etc", "\x1b[2J", "가", "a b", "closed-01-answer", "CON", "-rf", "\u202e", "__proto__")
VERSIONS = (3, 2, 99, 0, -4, 5, 4.0, "4", True, None, [4], 10**20)


def _cells(doc: Document) -> list[Any]:
    cells = doc.get("cells")
    return cells if isinstance(cells, list) else []


def _cell(draw: random.Random, doc: Document) -> Document:
    """One of the cells, an answer's more often than not."""
    cells = [cell for cell in _cells(doc) if isinstance(cell, dict)]
    answers = [cell for cell in cells if str(cell.get("id")).endswith("-answer")]
    return draw.choice(answers if answers and draw.random() < 0.7 else cells or [{}])


def _odd_source(draw: random.Random, doc: Document) -> None:
    cell, new = _cell(draw, doc), draw.choice(SOURCES)
    name = str(cell.get("source", "")).split("=")[0].strip()
    cell["source"] = f"{name} = {new}" if draw.random() < 0.7 and name.isidentifier() else new


def _edited_source(draw: random.Random, doc: Document) -> None:
    cell = _cell(draw, doc)
    text = cell.get("source")
    if isinstance(text, str) and text:
        at = draw.randrange(len(text))
        cell["source"] = text[:at] + draw.choice(["", "\\", "'", "(", "\n", "é", "\ud800", "=", "#"]) + text[at + 1 :]


def _odd_field(draw: random.Random, doc: Document) -> None:
    _cell(draw, doc)[draw.choice(["id", "cell_type", "source", "metadata", "outputs", "execution_count"])] = (
        draw.choice(ODD)
    )


def _lines(draw: random.Random, doc: Document) -> None:
    for cell in _cells(doc):
        if isinstance(cell, dict) and isinstance(cell.get("source"), str):
            cell["source"] = cell["source"].splitlines(keepends=True)
    if draw.random() < 0.3:
        _cell(draw, doc)["source"] = ["q01 = 1", draw.choice([3, None, {}, ["x"], "\n", "\ud800"])]


def _dict_source(draw: random.Random, doc: Document) -> None:
    _cell(draw, doc)["source"] = draw.choice([{"0": "q01 = 1"}, {}, [{"a": 1}], 3, 1e300, True])


def _missing_key(draw: random.Random, doc: Document) -> None:
    target = draw.choice([doc, _cell(draw, doc), doc.get("metadata") or {}])
    if isinstance(target, dict) and target:
        del target[draw.choice(sorted(target))]


def _deleted(draw: random.Random, doc: Document) -> None:
    cells = _cells(doc)
    for _ in range(draw.choice([1, 1, 3, len(cells)])):
        if cells:
            del cells[draw.randrange(len(cells))]


def _moved(draw: random.Random, doc: Document) -> None:
    draw.shuffle(_cells(doc))


def _copied(draw: random.Random, doc: Document) -> None:
    cells = _cells(doc)
    if cells:
        again = copy.deepcopy(draw.choice(cells))
        cells.insert(draw.randint(0, len(cells)), again)
        if draw.random() < 0.5 and isinstance(again, dict):
            again["source"] = draw.choice(SOURCES)


def _merged(draw: random.Random, doc: Document) -> None:
    cells = _cells(doc)
    if len(cells) > 1:
        at = draw.randrange(len(cells) - 1)
        one, other = cells[at], cells.pop(at + 1)
        if isinstance(one, dict) and isinstance(other, dict):
            one["source"] = f"{one.get('source')}\n{other.get('source')}"


def _split(draw: random.Random, doc: Document) -> None:
    cells, cell = _cells(doc), _cell(draw, doc)
    text = cell.get("source")
    if isinstance(text, str) and cell in cells:
        at = draw.randint(0, len(text))
        cell["source"] = text[:at]
        rest = {**copy.deepcopy(cell), "source": text[at:]}
        if draw.random() < 0.5:
            rest["id"] = "0f3a"
        cells.insert(cells.index(cell) + 1, rest)


def _retyped(draw: random.Random, doc: Document) -> None:
    _cell(draw, doc)["cell_type"] = draw.choice(["markdown", "raw", "code", "heading", "", None, 3, ["code"]])


def _new_ids(draw: random.Random, doc: Document) -> None:
    for cell in _cells(doc):
        if isinstance(cell, dict) and draw.random() < 0.5:
            cell["id"] = draw.choice([*IDS, f"{draw.getrandbits(32):08x}"])


def _nbgrader(draw: random.Random, doc: Document) -> None:
    claim = {"points": 1e9, "locked": draw.choice(ODD), "grade_id": draw.choice([*IDS, *ODD]), "schema_version": 99}
    _cell(draw, doc)["metadata"] = {"nbgrader": draw.choice([claim, claim, *ODD])}


def _claims(draw: random.Random, doc: Document) -> None:
    claim = {key: draw.choice([*ODD, "open", "closed", "2021000101"]) for key in ("exam", "part", "student", "build")}
    metadata = doc.get("metadata")
    if isinstance(metadata, dict):
        ours = metadata.get("dlexam")
        kept = ours if isinstance(ours, dict) and draw.random() < 0.5 else {}
        name = draw.choice(sorted(claim))
        metadata["dlexam"] = draw.choice([claim, {**kept, name: claim[name]}, *ODD])


def _metadata(draw: random.Random, doc: Document) -> None:
    doc["metadata"] = draw.choice([*ODD, {"kernelspec": {"name": "bash"}}, {"widgets": {"state": "x" * 100_000}}])


def _version(draw: random.Random, doc: Document) -> Any:
    doc["nbformat"] = draw.choice(VERSIONS)
    if doc["nbformat"] == 3:
        return {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": _cells(doc)}]}
    return None


def _outputs(draw: random.Random, doc: Document) -> None:
    html = {"text/html": ["<script>alert(1)</script>"], "application/javascript": "alert(1)"}
    _cell(draw, doc)["outputs"] = draw.choice(
        [[{"output_type": "display_data", "data": html}], [{"text": "x" * 200_000}], *ODD]
    )


def _deep(draw: random.Random, doc: Document) -> None:
    value: Any = 1
    for _ in range(draw.choice([50, 99, 101, 900])):
        value = {"a": value} if draw.random() < 0.5 else [value]
    draw.choice([doc, _cell(draw, doc)])["deep"] = value


def _many(draw: random.Random, doc: Document) -> None:
    blank = {"cell_type": "code", "metadata": {}, "source": ""}
    doc["cells"] = _cells(doc) + [blank] * draw.choice([100, 4_900, 5_100])


def _elsewhere(draw: random.Random, doc: Document) -> Any:
    return draw.choice([[doc], doc.get("cells"), {"notebook": doc}, *ODD])


def _answers_swapped(draw: random.Random, doc: Document) -> None:
    one, other = _cell(draw, doc), _cell(draw, doc)
    one["source"], other["source"] = other.get("source", ""), one.get("source", "")


def _not_cells(draw: random.Random, doc: Document) -> None:
    doc["cells"] = draw.choice([*ODD, {str(i): cell for i, cell in enumerate(_cells(doc))}, ["q01 = 1"], [[]]])


CHANGES: dict[str, Change] = {
    "odd source": _odd_source,
    "edited source": _edited_source,
    "odd field": _odd_field,
    "source as lines": _lines,
    "source as an object": _dict_source,
    "missing key": _missing_key,
    "deleted cells": _deleted,
    "moved cells": _moved,
    "copied cell": _copied,
    "merged cells": _merged,
    "split cell": _split,
    "retyped cell": _retyped,
    "new ids": _new_ids,
    "nbgrader's metadata": _nbgrader,
    "claims": _claims,
    "metadata": _metadata,
    "version": _version,
    "outputs": _outputs,
    "deep": _deep,
    "many cells": _many,
    "something else": _elsewhere,
    "swapped answers": _answers_swapped,
    "no list of cells": _not_cells,
}


def _flipped(draw: random.Random, data: bytes) -> bytes:
    raw = bytearray(data)
    for _ in range(draw.choice([1, 2, 8, 200])):
        if raw:
            raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
    return bytes(raw)


def _cut_out(draw: random.Random, data: bytes) -> bytes:
    start, end = sorted((draw.randint(0, len(data)), draw.randint(0, len(data))))
    return data[:start] + data[end:]


def _put_in(draw: random.Random, data: bytes) -> bytes:
    pieces = (
        b"NaN",
        b"Infinity",
        b"-",
        b"1e999",
        b"9" * 5_000,
        b"[" * 5_000,
        b"\x00",
        b"\xff",
        b"//",
        b",",
        b'"',
        b"{",
    )
    at = draw.randint(0, len(data))
    return data[:at] + draw.choice(pieces) + data[at:]


def _number(draw: random.Random, data: bytes) -> bytes:
    number = draw.choice([b"NaN", b"-Infinity", b"1e999", b"9" * 5_000, b"-0", b"01", b"1.", b"+1", b"0x1"])
    return data.replace(b'"metadata": {', b'"metadata": {"n": ' + number + b", ", draw.randint(1, 3))


def _recoded(draw: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        draw.choice(["utf-16", "utf-16-le", "utf-32", "cp949", "utf-8-sig", "utf-7", "euc-kr"]), "replace"
    )


def _other_file(draw: random.Random, data: bytes) -> bytes:
    others = (b"", b" \n", b"null", b"{}", b"[]", b"<html>", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xfe", b"\x00" * 1_000)
    return draw.choice([*others, gzip.compress(data), b"'" + data + b"'", b"\xef\xbb\xbf" * 2 + data])


DAMAGES: dict[str, Damage] = {
    "cut off": lambda draw, data: data[: draw.randint(0, len(data))],
    "bits flipped": _flipped,
    "bytes cut out": _cut_out,
    "bytes put in": _put_in,
    "odd number": _number,
    "other encoding": _recoded,
    "another file": _other_file,
    "something follows": lambda draw, data: data + draw.choice([b"}", b"null", b"\x00", data[:500]]),
    "line ends": lambda _, data: data.replace(b"\n", b"\r\n"),
    "a key twice": lambda draw, data: data.replace(b'"source":', b'"source": "", "source":', draw.randint(1, 3)),
    "padded": lambda draw, data: data + b" " * draw.choice([1_000, 2**20, 16 * 2**20]),
}
MUTATIONS = (*CHANGES, *DAMAGES)


def mutated(notebook: bytes, draw: random.Random) -> tuple[bytes, tuple[str, ...]]:
    """*notebook* after one to three mutations, and their names."""
    if draw.random() < 0.25:
        name = draw.choice(sorted(DAMAGES))
        return DAMAGES[name](draw, notebook), (name,)
    document, names = json.loads(notebook), []
    for _ in range(draw.choice([1, 1, 2, 3])):
        # what is marked is where most can go wrong
        name = draw.choice([*sorted(CHANGES), *["odd source"] * 6])
        names.append(name)
        changed = CHANGES[name](draw, document)
        if changed is not None or name == "something else":
            # it is no notebook any more that another change could find its way in
            document = changed
            break
    # lone surrogates pass as escapes, as a tool that knows no better writes them
    data = json.dumps(document, ensure_ascii=True, indent=1).encode()
    if draw.random() < 0.1:
        name = draw.choice(sorted(DAMAGES))
        return DAMAGES[name](draw, data), (*names, name)
    return data, tuple(names)
