"""The command line: one line for trouble, exit 1; usage errors exit 2; JSON where a program reads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest


def dlexam(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "dlexam", *args], capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("show", "dense_layers/count_weigts"), "no question 'dense_layers/count_weigts'; did you mean dense_layers/"),
        (("questions", "--topic", "nothing"), "no topic 'nothing'; there are "),
        (("show", "dense_layers/count_weights", "--lang", "de"), "no language 'de'; use ko or en"),
        (("grade", "nowhere", "nowhere", "-o", "nowhere"), "no such file"),
        (("new", "thing", "--kind", "term"), "no id of a question: 'thing'; write TOPIC/NAME"),
        (("new", "fresh/thing", "--kind", "riddle"), "no kind of question 'riddle'; the kinds are term, "),
        (("new", "dense_layers/count_weights", "--kind", "term"), "count_weights: is there already; choose another"),
        (("practice", "nowhere.toml"), "nowhere.toml: no such file"),
    ],
)
def test_trouble_is_one_line(args: tuple[str, ...], line: str) -> None:
    """Expected trouble is one line on stderr, without a traceback, and exit code 1."""
    done = dlexam(*args)
    assert done.returncode == 1
    assert line in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_usage_errors() -> None:
    """A wrong option, and two ways of answering at once, exit with 2."""
    assert dlexam("questions", "--no-such-option").returncode == 2
    assert dlexam("mark", "dense_layers/count_weights").returncode == 2


def test_questions_json() -> None:
    """`questions --json` is a list of objects with the documented keys."""
    rows = json.loads(dlexam("questions", "--json").stdout)
    keys = {"id", "kind", "topic", "facts", "points", "minutes", "book", "title"}
    assert all(set(row) == keys for row in rows)
    assert len(rows) >= 12


def test_mark_json() -> None:
    """`mark --json` says outcome, points, how the answer was read, and the mistake with its sentence."""
    shown = json.loads(dlexam("show", "dense_layers/count_weights", "-n", "3", "--answer", "--json").stdout)
    marked = json.loads(
        dlexam("mark", "dense_layers/count_weights", "-n", "3", "--answer", shown["answer"], "--json").stdout
    )
    assert (marked["outcome"], marked["points"], marked["max_points"]) == ("right", 2, 2)
    half = json.loads(dlexam("mark", "dense_layers/count_weights", "-n", "3", "--answer", "9*9", "--json").stdout)
    assert (half["mistake"], half["points"], half["read_as"]) == ("bias_forgotten", 1, 81)
    assert half["feedback"]


def test_show_in_a_terminal() -> None:
    """A question is shown as text, its figure by the name of a file that is there."""
    shown = dlexam("show", "dense_layers/count_network_weights", "-n", "3", "--lang", "en", "--answer").stdout
    [file] = re.findall(r"^figure network: (.+\.png)$", shown, re.MULTILINE)
    assert Path(file).read_bytes().startswith(b"\x89PNG")
    assert "attachment:" not in shown
    assert [line for line in shown.splitlines() if line.startswith("─")]


def test_new_says_what_to_do(tmp_path: Path) -> None:
    """A new question's files are listed, with what comes next."""
    done = dlexam("new", "fresh/thing", "--kind", "number", "--bank", str(tmp_path))
    assert done.returncode == 0
    listed = "".join(done.stdout.split())
    for name in ("question.py", "responses.toml", "text.md.j2"):
        assert f"fresh/thing/{name}" in listed
    assert "dlexam check fresh/thing" in " ".join(done.stdout.split())
