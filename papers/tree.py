"""The files of a built exam, put in their place in one step."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from papers.files import write_atomic
from papers.key import key_csv, key_html
from papers.lock import Lock, StudentPaper, data_of, save_lock
from papers.notebook import notebook_bytes, solved_notebook, student_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["write_tree"]

_KEYS: Mapping[str, Callable[[Lock], bytes]] = {"key.html": key_html, "key.csv": key_csv}


def write_tree(
    out: Path, lock: Lock, secret: bytes, figures: Mapping[str, bytes], *, again: bool, papers: bool = True
) -> int:
    """
    Write what *lock* says into *out*: `students/`, handed out as it is, and `private/`.

    Everything is prepared beside *out* first, so that *out* is complete or as it was.

    Args:
        figures: PNGs by SHA-256.
        again: *out* was built before; what stands there stays, but for the keys.
        papers: write each student's notebooks, handed out and solved.

    Returns:
        How many files were written.

    Raises:
        OSError: *out* cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with _beside(out) as tree:
        private = tree / "private"
        private.mkdir(mode=0o700)
        for path, make in _papers(lock, figures) if papers else ():
            if not (out / path).exists():
                _put(tree / path, make())
        for name, key in _KEYS.items():
            _put(private / name, key(lock))
        if again:
            return _merge(tree, out, lock, secret)
        for sha, png in figures.items():
            _put(private / "figures" / f"{sha}.png", png)
        write_atomic(private / "secret", secret, mode=0o600)
        save_lock(lock, private, secret)
        if out.exists():
            # it is empty; a rename onto an empty folder works on some systems only
            out.rmdir()
        files = sum(path.is_file() for path in tree.rglob("*"))
        tree.rename(out)
        return files


def _papers(lock: Lock, figures: Mapping[str, bytes]) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """Each file of each student, and what makes it."""
    for part in lock.parts:
        given = data_of(lock, part.name)
        for student in lock.students:
            handed, solved = Path("students", student.id), Path("private", "solved", student.id)
            for name, data in given.items():
                yield handed / name, partial(bytes, data)
            for folder, make in ((handed, student_notebook), (solved, solved_notebook)):
                yield (
                    folder / f"{part.name}.ipynb",
                    partial(_notebook, make, lock, student, part.name, figures),
                )


def _notebook(
    make: Callable[..., NotebookNode],
    lock: Lock,
    student: StudentPaper,
    part: str,
    figures: Mapping[str, bytes],
) -> bytes:
    return notebook_bytes(make(lock, student, part, figures=figures))


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """An empty folder on the file system of *out*, from which files move there by renaming."""
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".building", dir=out.parent))
    try:
        tree = staging / "tree"
        tree.mkdir()
        yield tree
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _merge(tree: Path, out: Path, lock: Lock, secret: bytes) -> int:
    """Move what is new from *tree* to *out*, then the lock, then the keys; an error takes all of it back."""
    private = out / "private"
    private.chmod(0o700)
    keys = {tree / "private" / name for name in _KEYS}
    new = sorted(path for path in tree.rglob("*") if path.is_file() and path not in keys)
    moved: list[Path] = []
    folders: list[Path] = []
    try:
        for path in new:
            target = out / path.relative_to(tree)
            missing = [folder for folder in target.parents if not folder.exists()]
            target.parent.mkdir(parents=True, exist_ok=True)
            folders += reversed(missing)
            path.rename(target)
            moved.append(target)
        save_lock(lock, private, secret)
    except BaseException:
        for target in moved:
            target.unlink(missing_ok=True)
        for folder in reversed(folders):
            folder.rmdir()
        raise
    for path in keys:
        path.replace(private / path.name)
    return len(new) + len(keys)
