"""The command line: one line for trouble, exit 1; usage errors exit 2; JSON where a program reads."""

from __future__ import annotations

import json
import subprocess
import sys

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
