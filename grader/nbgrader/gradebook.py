"""An nbgrader course folder and its gradebook: looked at before it is touched, and written in one step."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from papers.files import write_atomic
from question_bank import DlexamError

__all__ = ["CourseFolder", "backup", "check_gradebook", "open_course", "reading", "writing"]

_CONFIG = "nbgrader_config.py"
_BUSY_SECONDS = 5
_IN_USE = "formgrader or another nbgrader command is writing to it: wait, or close it, and run the same command again"


@dataclass(frozen=True)
class CourseFolder:
    """
    A course as nbgrader's own configuration describes it.

    Args:
        root: the folder that holds everything.
        course_id: as configured; may be empty, which nbgrader allows.
        gradebook: the SQLite file, there or not.
        directory: nbgrader's `CourseDirectory`.
        config: nbgrader's configuration, for its plugins.
    """

    root: Path
    course_id: str
    gradebook: Path
    directory: Any
    config: Any

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one step (`source`, `submitted`, `autograded`), by the course's own names."""
        name = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(name, student, assignment))


def open_course(folder: Path, *, course_id: str | None = None, create: bool = False) -> CourseFolder:
    """
    The course in *folder*. Its `nbgrader_config.py` runs, as it does under every nbgrader command.

    Args:
        course_id: what the course must be called; a new one is called so, else after its folder.
        create: make a missing or empty folder a course.

    Raises:
        DlexamError: no course, another course, or a gradebook that is no SQLite file.
    """
    known = [name for name in (_CONFIG, "gradebook.db", "source", "submitted") if (folder / name).exists()]
    if not known:
        filled = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        if filled or not create:
            mend = f"give the folder that holds {_CONFIG}" + (", or an empty one" if create else "")
            raise DlexamError("is no nbgrader course", file=folder, mend=mend)
        folder.mkdir(parents=True, exist_ok=True)
        name = course_id or folder.resolve().name
        text = f"c = get_config()  # noqa: F821\n\nc.CourseDirectory.course_id = {name!r}\n"
        write_atomic(folder / _CONFIG, text.encode())
    app = _configured(folder.resolve())
    directory = app.coursedir
    if course_id is not None and directory.course_id != course_id:
        problem = f"is course {directory.course_id!r}, not {course_id!r}"
        raise DlexamError(problem, file=folder, mend="give the right folder, or leave out --course-id")
    path = _sqlite_file(directory.db_url, folder)
    return CourseFolder(Path(directory.root), directory.course_id, path, directory, app.config)


def _configured(root: Path) -> Any:
    from nbgrader.apps.baseapp import NbGrader

    before = list(sys.path)
    app = NbGrader(log_level=50)
    app.load_cwd_config = False
    try:
        app.initialize([], root=str(root))
    except SystemExit:
        raise DlexamError(
            "cannot be read by nbgrader", file=root / _CONFIG, mend="run `nbgrader --help` there"
        ) from None
    finally:
        sys.path[:] = before
    return app


def _sqlite_file(url: str, folder: Path) -> Path:
    from sqlalchemy.engine import make_url

    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        shown = parsed.render_as_string(hide_password=True)
        raise DlexamError(
            f"keeps its gradebook in {shown}", file=folder, mend="only SQLite gradebooks can be used here"
        )
    return Path(parsed.database)


def check_gradebook(course: CourseFolder) -> bool:
    """
    Look at the gradebook without changing it; False if there is none yet.

    Raises:
        DlexamError: it is damaged, of another version of nbgrader, or of another course.
    """
    if not course.gradebook.exists():
        return False
    try:
        with contextlib.closing(_read_only(course)) as db:
            tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                return False
            _check_schema(course, db, tables)
            courses = {name for (name,) in db.execute("SELECT DISTINCT course_id FROM assignment")}
    except sqlite3.OperationalError as error:
        raise _in_use(course, error) from None
    except sqlite3.DatabaseError:
        raise DlexamError("is no gradebook", file=course.gradebook, mend="restore it from a backup") from None
    # nbgrader writes this name where none is configured, and where it upgrades a gradebook from before courses had ids
    mine = {course.course_id, "default_course"}
    if others := sorted(name for name in courses - mine if name is not None):
        configured = f"{_CONFIG} says {course.course_id!r}"
        raise DlexamError(
            f"is the gradebook of course {others[0]!r}, and {configured}",
            file=course.gradebook,
            mend="set CourseDirectory.course_id to the gradebook's, or give the right folder",
        )
    return True


def _check_schema(course: CourseFolder, db: sqlite3.Connection, tables: set[str]) -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    settings = Config()
    settings.set_main_option("script_location", ALEMBIC_DIR.replace("%", "%%"))
    scripts = ScriptDirectory.from_config(settings)
    rows = db.execute("SELECT version_num FROM alembic_version").fetchall() if "alembic_version" in tables else []
    version = rows[0][0] if rows else None
    if version == scripts.get_current_head():
        return
    known = version is None or version in {script.revision for script in scripts.walk_revisions()}
    age, mend = (
        ("an older", "run `nbgrader db upgrade` there") if known else ("a newer", "use the nbgrader that made it")
    )
    raise DlexamError(f"has the schema of {age} nbgrader", file=course.gradebook, mend=mend)


def backup(course: CourseFolder) -> Path:
    """
    Copy the gradebook beside itself, whole even while others read and write, and return the copy.

    Raises:
        DlexamError: it is in use, or the copy cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = course.gradebook.with_name(f"{course.gradebook.stem}.before-dlexam-{stamp}.db")
    try:
        with contextlib.closing(_read_only(course)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
            # a copy waits for a lock without end; a query does not
            source.execute("SELECT count(*) FROM sqlite_master").fetchall()
            source.backup(target)
    except sqlite3.OperationalError as error:
        copy.unlink(missing_ok=True)
        raise _in_use(course, error) from None
    return copy


def _read_only(course: CourseFolder) -> sqlite3.Connection:
    return sqlite3.connect(f"{course.gradebook.as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)


@contextlib.contextmanager
def writing(course: CourseFolder) -> Iterator[Any]:
    """
    nbgrader's `Gradebook`, within one transaction that is taken at once: nobody else writes meanwhile.

    Commit with `gradebook.db.commit()`; whatever is not committed is as if it had not been.

    Raises:
        DlexamError: somebody else is writing.
    """
    with _gradebook(course) as gradebook:
        connection = gradebook.db.connection()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(_BUSY_SECONDS * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield gradebook
        finally:
            gradebook.db.rollback()


@contextlib.contextmanager
def reading(course: CourseFolder) -> Iterator[Any]:
    """nbgrader's `Gradebook`, to read from; `check_gradebook` must have found one."""
    with _gradebook(course) as gradebook:
        yield gradebook


@contextlib.contextmanager
def _gradebook(course: CourseFolder) -> Iterator[Any]:
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import OperationalError

    try:
        with _commands_found():
            gradebook = Gradebook(f"sqlite:///{course.gradebook}", course.course_id)
        with gradebook:
            yield gradebook
    except OperationalError as error:
        raise _in_use(course, error.orig) from None


@contextlib.contextmanager
def _commands_found() -> Iterator[None]:
    """nbgrader calls `alembic` by name for a new gradebook, which lies beside this Python and perhaps not on PATH."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), before))
    try:
        yield
    finally:
        os.environ["PATH"] = before


def _in_use(course: CourseFolder, error: BaseException | None) -> DlexamError:
    if "locked" in str(error) or "busy" in str(error):
        return DlexamError("is in use", file=course.gradebook, mend=_IN_USE)
    return DlexamError(f"cannot be used ({error})", file=course.gradebook)
