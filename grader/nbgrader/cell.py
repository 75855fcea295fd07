"""
What a hidden region of an nbgrader notebook calls: one answer's mark, in the kernel that ran the answer.

There are no walls here. A student's code can read all that this code can, and change it; see `docs/nbgrader.md`.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import publish_display_data

from grader.feedback.words import NOTES
from grader.grading.slots import SlotWork, mark_slot, seed_of
from grader.marking import Mark
from grader.nbgrader.here import HereRun, HereTools, read_sources
from grader.nbgrader.lines import lines
from grader.nbgrader.quiet import quiet
from grader.results.records import Outcome
from grader.sandbox.inside.requests import seed_all
from papers.cells import answer_cell_id
from papers.course import exam_folder
from papers.hashes import shared_marking_hash
from papers.lock import Lock, PooledVariant, Slot, load_lock
from papers.stamp import stamp_of
from question_bank.errors import DlexamError

__all__ = ["METADATA", "marking"]

METADATA = "dlexam"
"""The key of an output's metadata that says what became of the slot."""

_REBUILD = "run `dlexam build`, `nbgrader generate_assignment --force` and `nbgrader autograde --force` again"


def marking(names: Mapping[str, Any], label: str, stamp: str) -> Callable[..., float | None]:
    """
    Make the `check_form` that marks one answer.

    Called with a variable it displays authored lines and returns the points, a float. It never raises: whatever
    goes wrong earns 0 and is left to a person.

    Args:
        names: the notebook's variables.
        label: exam, slot and variant, such as `midterm-2025/closed-01/K7M`.
        stamp: as `papers.stamp` makes it; another one means that the marking code has changed.
    """

    def check_form(variable: object = None) -> float | None:
        # the last cell of a notebook asks about all answers at once, and is not marked
        return None if variable is None else _points(names, label, stamp)

    return check_form


def _points(names: Mapping[str, Any], label: str, stamp: str) -> float:
    try:
        with quiet():
            marked = _mark(names, label, stamp)
    except KeyboardInterrupt:
        # nbgrader interrupts what takes too long
        marked = _Marked(Mark(Outcome.TIMED_OUT, 0.0), None)
    except BaseException as error:
        marked = _Marked(Mark(Outcome.GRADER_ERROR, None, reason=f"{type(error).__name__}: {error}"[:500]), None)
    try:
        return marked.shown()
    except BaseException:
        return 0.0


@dataclass(frozen=True)
class _Marked:
    mark: Mark
    asked: _Asked | None

    def shown(self) -> float:
        """Display the authored lines; return the points."""
        mark, asked = self.mark, self.asked
        points = None if asked is None else mark.points(asked.slot.points)
        if asked is None:
            text = "\n".join(f"- {sentence}" for sentence in NOTES[mark.outcome].values())
        else:
            text = lines(mark, asked.variant, asked.slot.points, asked.lock.exam.languages)
        about = {"outcome": str(mark.outcome), "points": points, "mistake": mark.mistake, "reason": mark.reason}
        data = {"text/markdown": text, "text/plain": text}
        publish_display_data(data, metadata={METADATA: about})  # type: ignore[no-untyped-call]
        return float(points or 0.0)


@dataclass(frozen=True)
class _Asked:
    """A slot's variant, and where its exam lies."""

    lock: Lock
    exam: Path
    slot: Slot
    variant: PooledVariant


def _mark(names: Mapping[str, Any], label: str, stamp: str) -> _Marked:
    shell: Any = get_ipython()
    # where the kernel was started: student code may have gone elsewhere
    here = Path(shell.starting_dir)
    exam_id, slot_id, code = label.split("/")
    asked = _find(_exam_folder(here, exam_id), slot_id, code)
    tools = HereTools(asked.exam)
    hidden = _hidden_hash(tools.hidden_test(asked.slot.question)) if asked.slot.is_code else asked.slot.marking_hash
    if stamp_of(asked.lock, asked.slot, asked.variant, hidden=hidden, shared=shared_marking_hash()) != stamp:
        raise DlexamError("the marking code is not what source/ was built with", mend=_REBUILD)
    sources = read_sources(here / f"{asked.slot.part}.ipynb")
    last = shell.last_execution_result
    if sources is None:
        # a notebook under another name, while a student validates it: the cell above is all there is to know
        sources = {answer_cell_id(asked.slot): last.info.raw_cell} if last is not None else {}
    work = SlotWork(
        slot=asked.slot,
        variant=asked.variant,
        source=sources.get(answer_cell_id(asked.slot)),
        untouched=asked.variant.untouched(asked.slot.variable),
    )
    student = here.parent.name
    mark, _ = mark_slot(work, HereRun(names, last), tools, seed_of(asked.lock.build, student, slot_id))
    _seed_next(asked, student)
    return _Marked(mark, asked)


def _seed_next(asked: _Asked, student: str) -> None:
    """Seed the next answer's cell as `dlexam grade` does."""
    ids = [slot.id for slot in asked.lock.slots_of(asked.slot.part)]
    following = ids[ids.index(asked.slot.id) + 1 :]
    if following:
        seed_all(seed_of(asked.lock.build, student, following[0]))


def _exam_folder(here: Path, exam: str) -> Path:
    """The folder of the built *exam* in the course that *here* lies in."""
    for folder in (here, *here.parents):
        found = exam_folder(folder, exam)
        if (found / "private" / "lock.json").is_file():
            return found
    raise DlexamError(f"no course above holds dlexam/{exam}", file=here, mend="keep it beside source/")


@functools.cache
def _find(exam: Path, slot_id: str, code: str) -> _Asked:
    lock = _lock(exam)
    slot = lock.slot(slot_id)
    for variant in slot.pool:
        if variant.code == code:
            return _Asked(lock, exam, slot, variant)
    raise DlexamError(f"no variant {code!r} of {slot_id}", mend=_REBUILD)


@functools.cache
def _lock(exam: Path) -> Lock:
    return load_lock(exam)


def _hidden_hash(file: Path) -> str:
    """As `Question.marking_hash` makes it."""
    data = file.read_bytes()
    return hashlib.sha256(f"{file.name}:{len(data)}:".encode() + data).hexdigest()
