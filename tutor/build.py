"""From the definition of the practice sets to `exercises/` and `solutions/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from papers import read_exam
from papers.exam import Language
from papers.files import write_atomic
from papers.notebook import notebook_bytes
from question_bank import Bank, load_bank
from question_bank.errors import DlexamError
from tutor.execute import execute
from tutor.mock import mock_parts
from tutor.notebook import draw_sheet, practice_notebook
from tutor.sets import questions_of, read_sets, seed_of
from tutor.words import say

__all__ = ["Built", "Made", "build_practice", "make_all", "same_sources"]

LANGUAGES: tuple[Language, ...] = ("ko", "en")


@dataclass(frozen=True)
class Made:
    """
    One practice notebook, in memory.

    Args:
        path: below `exercises/` and below `solutions/`.
        solved: the same with right answers and explanations, not yet run.
        files: the data files that lie beside it, by name.
    """

    path: Path
    exercise: NotebookNode
    solved: NotebookNode
    files: dict[str, bytes]


@dataclass(frozen=True)
class Built:
    """
    What a build did.

    Args:
        notebooks: how many there are now, in each of the two folders.
        run: the solutions that were executed; the others' cells were unchanged.
        removed: notebooks that no set makes any more.
    """

    notebooks: int
    run: tuple[str, ...]
    removed: tuple[str, ...]


def make_all(definition: Path, bank: Bank) -> Iterator[Made]:
    """
    Every notebook of the sets in the file *definition*, and of its mock exam; equal banks make equal bytes.

    Raises:
        DlexamError: the file is wrong, or names what is not in the bank.
    """
    sets = read_sets(definition)
    exam = read_exam(definition.parent / sets.mock) if sets.mock else None
    for number, one in enumerate(sets.sets, start=1):
        try:
            drawn = [(question, seed_of(one, question)) for question in questions_of(one, sets, bank)]
        except DlexamError as error:
            raise DlexamError(error.problem, file=definition, place=error.place, mend=error.mend) from None
        sheet = draw_sheet(one.name, drawn, LANGUAGES)
        for language in LANGUAGES:
            heading = say("heading", language, number, one.title[language])
            exercise, solved = (practice_notebook(sheet, heading, language, solved=solved) for solved in (False, True))
            yield Made(Path(language, f"{one.name}.ipynb"), exercise, solved, sheet.files)
    if exam is None:
        return
    for language in LANGUAGES:
        for part in mock_parts(exam, language, bank):
            path = Path(language, Path(str(sets.mock)).stem, f"{part.name}.ipynb")
            yield Made(path, part.paper, part.solved, part.files)


def build_practice(
    definition: Path,
    exercises: Path | None = None,
    solutions: Path | None = None,
    *,
    bank: Path | None = None,
    again: bool = False,
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> Built:
    """
    Write the exercises, and the solutions with the output of a real Jupyter kernel.

    A solution whose cells are as they were keeps its output, so that building again changes no byte.

    Args:
        exercises: default: where *definition* lies.
        solutions: default: `solutions` beside the folder of *definition*.
        again: run every solution.
        progress: called with a solution's path, and how many of how many are done.

    Raises:
        DlexamError: the definition is wrong, or a cell of a solution fails.
    """
    exercises = definition.parent if exercises is None else exercises
    solutions = definition.resolve().parent.parent / "solutions" if solutions is None else solutions
    made = list(make_all(definition, load_bank(bank)))
    run = []
    for done, one in enumerate(made):
        progress(str(one.path), done, len(made))
        for folder in (exercises, solutions):
            target = folder / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            for name, data in one.files.items():
                write_atomic(target.with_name(name), data)
        write_atomic(exercises / one.path, notebook_bytes(one.exercise))
        target = solutions / one.path
        if again or not _is_current(target, one.solved):
            write_atomic(target, notebook_bytes(execute(one.solved, target)))
            run.append(str(one.path))
    progress("", len(made), len(made))
    return Built(len(made), tuple(run), tuple(_remove_others(made, exercises, solutions)))


def _is_current(file: Path, solved: NotebookNode) -> bool:
    if not file.exists():
        return False
    return same_sources(nbformat.read(file, as_version=4), solved)  # type: ignore[no-untyped-call]


def same_sources(a: NotebookNode, b: NotebookNode) -> bool:
    """Whether two notebooks have the same cells, whatever their outputs."""

    def sources(notebook: NotebookNode) -> list[tuple[str, str, str, list[str]]]:
        # the names of figures, not their bytes: another machine's font draws other pixels
        return [(c.id, c.cell_type, c.source, sorted(c.get("attachments", {}))) for c in notebook.cells]

    return sources(a) == sources(b)


def _remove_others(made: list[Made], *folders: Path) -> Iterator[str]:
    """Our own notebooks of sets that are gone; whatever else lies there stays."""
    paths = {one.path for one in made}
    for folder in folders:
        for language in LANGUAGES:
            for file in sorted((folder / language).rglob("*.ipynb")):
                if file.relative_to(folder) not in paths and _is_ours(file):
                    file.unlink()
                    yield str(file)


def _is_ours(file: Path) -> bool:
    try:
        return "dlexam" in nbformat.read(file, as_version=4).metadata  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.reader.NotJSONError, nbformat.ValidationError):
        return False
