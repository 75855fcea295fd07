"""A question in a terminal: Markdown, options, the cell to fill in, figures as files."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.text import Text

__all__ = ["print_question"]

_console = Console(highlight=False)
_FIGURE = re.compile(r"!\[([^\]]*)\]\(attachment:(\w+)\.png\)")


def _write_figures(shown: Mapping[str, Any]) -> dict[str, Path]:
    """Write the figures of *shown*, as `show_question` returns it, into a new folder; their files by name."""
    if not shown["figures"]:
        return {}
    folder = Path(tempfile.mkdtemp(prefix="dlexam-"))
    stem = f"{shown['id'].replace('/', '-')}-{shown['variant']}"
    files = {name: folder / f"{stem}-{name}.png" for name in shown["figures"]}
    for name, file in files.items():
        file.write_bytes(shown["figures"][name])
    return files


def print_question(shown: Mapping[str, Any], *, open_figures: bool = False) -> None:
    """
    One question as a student sees it, its answer below if it was asked for; figures are written to files.

    Args:
        shown: as `question_bank.listing.show_question` returns it.
        open_figures: open those files with whatever shows pictures here.
    """
    figures = _write_figures(shown)
    _console.print(Text(shown["title"], "bold"))
    points = f"{shown['points']:g} point{'' if shown['points'] == 1 else 's'}"
    _console.print(Text(f"{shown['id']} · variant {shown['variant']} · {points}", "dim"))
    _console.print()
    _console.print(_markdown(shown["prompt"]))
    for name, file in figures.items():
        # whole, to be copied
        _console.print(Text(f"figure {name}: {file}"), soft_wrap=True)
        if open_figures:
            typer.launch(str(file))
    if shown["options"]:
        _console.print()
        _print_listed([option.split(" ", 1) for option in shown["options"]])
    _console.print()
    _console.print(Padding(_python(shown["start"]), (0, 0, 0, 2)))
    if "answer" not in shown:
        return
    _console.print(Rule("answer", style="green"))
    if not shown["rubric"]:
        _console.print(Padding(_python(shown["answer"]), (0, 0, 0, 2)))
        _console.print()
    _console.print(_markdown(shown["explanation"]))
    for kind in ("rubric", "mistakes"):
        if shown[kind]:
            _console.print(Rule(kind, style="dim"))
            _print_listed([(f"{id}:", text) for id, text in shown[kind].items()])


def _markdown(text: str) -> Markdown:
    """*text* rendered; a terminal shows the words of a figure."""
    return Markdown(_FIGURE.sub(r"> **figure \2**: \1", text))


def _print_listed(rows: Iterable[Sequence[str]]) -> None:
    """Names and texts; no table: rich cuts wide characters at the end of a cell."""
    for name, text in rows:
        if "\n" in text:
            _console.print(Padding(Text(name, "bold"), (0, 0, 0, 2)))
            _console.print(Padding(_markdown(text), (0, 0, 0, 4)))
        else:
            _console.print(Padding(_markdown(f"**{name}** {text}"), (0, 0, 0, 2)))


def _python(source: str) -> Syntax:
    return Syntax(source, "python", background_color="default", word_wrap=True)
