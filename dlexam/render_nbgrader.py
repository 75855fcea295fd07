"""What the commands of `dlexam.cli_nbgrader` print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from dlexam.render import _console
from dlexam.terminal import printable

if TYPE_CHECKING:
    from grader.nbgrader.export import Exported
    from grader.nbgrader.imports import Imported
    from grader.results.decisions import Decisions

__all__ = ["print_decided", "print_export", "print_imported"]


def print_export(exported: Exported, course: Path) -> None:
    """What an export changed, and what comes next."""
    for note in exported.notes:
        _console.print(Text(f"{printable(note)}", "yellow"))
    students = f"{exported.submitted} submissions, {exported.missing} missing"
    _console.print(
        Text(f"{printable(', '.join(exported.assignments))}: {students}, {exported.waiting} answers wait for a person")
    )
    if exported.rows or exported.files:
        _console.print(f"changed: {exported.rows} values in the gradebook, {exported.files} files")
    else:
        _console.print("nothing had changed")
    if exported.backup is not None:
        _console.print(Text(f"the gradebook as it was: {printable(exported.backup)}"))
    _console.print(Text(f"marks made in formgrader come back with: dlexam import-nbgrader {printable(course)}"))


def print_imported(imported: Sequence[Imported]) -> None:
    """What came back, by results."""
    for one in imported:
        for word, places in (("new", one.new), ("changed", one.changed), ("taken back", one.gone)):
            for student, slot in places:
                _console.print(Text(f"{word}: {printable(student)} {printable(slot)}"))
        if not (one.new or one.changed or one.gone):
            _console.print("nothing had changed")
        _console.print(Text(f"{one.decisions} decisions in {printable(one.file)}; marks.csv and feedback follow them"))


def print_decided(decisions: Decisions, results: Path) -> None:
    """How many decisions stand."""
    students = len({student for student, _ in decisions})
    _console.print(f"{len(decisions)} decisions about {students} students")
    _console.print(Text(f"marks: {printable(results / 'marks.csv')}   feedback: {printable(results / 'feedback')}"))
