"""From an exam and a roster to everybody's papers, all or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from papers.deal import clashes, deal
from papers.exam import Exam
from papers.hashes import shared_marking_hash
from papers.lock import Lock, Slot, StudentPaper, load_figures, load_lock, read_secret
from papers.mend import mended
from papers.pool import draw_slots
from papers.roster import Student
from papers.seats import neighbours, read_seat
from papers.tree import write_tree
from question_bank import Bank
from question_bank.errors import DlexamError

__all__ = ["BuildReport", "build"]


@dataclass(frozen=True)
class BuildReport:
    """
    What a build did.

    Args:
        papers: students who have a paper now.
        new: ids of those who got one by this build.
        kept: ids of those whose paper stood already.
        files: files written.
        warnings: what the instructor should look at, a line each.
        assignments: their names, where an nbgrader course was written.
    """

    papers: int
    new: tuple[str, ...]
    kept: tuple[str, ...]
    files: int
    warnings: tuple[str, ...]
    assignments: tuple[str, ...] = ()


def build(exam: Exam, roster: Sequence[Student], out: Path, bank: Bank, *, forms: int | None = None) -> BuildReport:
    """
    Write the papers of *exam* for *roster* under *out*.

    `out/students/` is what to hand out, `out/private/` what nobody else may see: lock, secret, keys and
    solved notebooks. Built again, *out* keeps its secret, its lock and every paper, and new students are
    added. On any error *out* is as it was.

    Args:
        forms: deal whole forms, so many, in place of variants slot by slot. Nothing is written to
            `out/students/`, and built again, what was mended in the bank is taken over: see `papers.course`.

    Raises:
        DlexamError: the exam or a question is wrong, or *out* holds something else.
    """
    if not roster:
        raise DlexamError("no student to build a paper for", place="roster")
    if forms is not None:
        exam = exam.model_copy(update={"variants": forms})
    again = _is_built(out)
    if again:
        before, secret = load_lock(out), read_secret(out)
        _must_equal(before.exam, exam, out)
        figures: Mapping[str, bytes] = load_figures(out, before)
        warnings = list(_roster_warnings(before, roster))
        if forms is not None:
            before, notes = mended(before, bank)
            warnings += notes
    else:
        secret = secrets.token_bytes(32)
        drawn = draw_slots(exam, secret, bank)
        before = Lock(
            exam=exam,
            build=secrets.token_hex(8),
            parts=tuple(drawn.parts),
            slots=tuple(drawn.slots),
            students=(),
            marking_hash=shared_marking_hash(),
            dlexam=_version(),
        )
        figures, warnings = drawn.figures, drawn.warnings
    lock = _enrol(before, secret, roster, whole=forms is not None)
    warnings += _form_warnings(lock) if forms is not None else _seat_warnings(lock)
    try:
        files = write_tree(out, lock, secret, figures, again=again, papers=forms is None)
    except OSError as error:
        raise DlexamError(f"cannot be written: {error.strerror or error}", file=out) from None
    old = {student.id for student in before.students}
    ids = [student.id for student in lock.students]
    return BuildReport(
        papers=len(ids),
        new=tuple(id for id in ids if id not in old),
        kept=tuple(id for id in ids if id in old),
        files=files,
        warnings=tuple(warnings),
    )


def _version() -> str:
    try:
        return version("dlexam")
    except PackageNotFoundError:
        return "unknown"


def _is_built(out: Path) -> bool:
    """Whether an exam was built in *out* before."""
    if out.is_dir():
        if (out / "private" / "lock.json").exists():
            return True
        if any(out.iterdir()):
            mend = "choose a new folder, or restore private/ if this is a built exam"
            raise DlexamError("holds other files and no lock", file=out, mend=mend)
    elif out.exists():
        raise DlexamError("is a file", file=out, mend="choose a new folder")
    return False


def _must_equal(frozen: Exam, exam: Exam, out: Path) -> None:
    if frozen.id != exam.id:
        problem = f"holds exam {frozen.id!r}, not {exam.id!r}"
        raise DlexamError(problem, file=out, mend="choose a new folder")
    difference = _difference(frozen, exam)
    if difference:
        raise DlexamError(
            f"the exam was changed after its papers were built: {difference}",
            file=out,
            mend="build it in a new folder, or take the change back",
        )


def _difference(a: Any, b: Any, where: str = "") -> str | None:
    """The first place where two plans differ."""
    if isinstance(a, BaseModel) and isinstance(b, BaseModel):
        fields = type(a).model_fields
        pairs = ((getattr(a, name), getattr(b, name), f"{where}{name} ") for name in fields)
        return next((found for pair in pairs if (found := _difference(*pair))), None)
    if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b):
        place = where.strip().removesuffix("s")
        pairs = ((x, y, f"{place} {i}: ") for i, (x, y) in enumerate(zip(a, b, strict=True), start=1))
        return next((found for pair in pairs if (found := _difference(*pair))), None)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return f"{where}were {len(a)}, are {len(b)}"
    return None if a == b else f"{where}was {_plain(a)}, is {_plain(b)}"


def _plain(value: object) -> str:
    return str(value) if value is not None else "not given"


def _enrol(before: Lock, secret: bytes, roster: Sequence[Student], *, whole: bool) -> Lock:
    """*before* with those of *roster* added who have no paper yet, dealt *whole* forms or slot by slot."""
    old = {student.id for student in before.students}
    folded = {id.casefold(): id for id in old}
    new = [student for student in roster if student.id not in old]
    for student in new:
        other = folded.setdefault(student.id.casefold(), student.id)
        if other != student.id or sum(s.id == student.id for s in new) > 1:
            problem = f"{student.id!r} and {other!r} are one folder"
            raise DlexamError(problem, place="roster", mend="give each student an id of their own")
    everybody: list[Student | StudentPaper] = [*before.students, *new]
    near = neighbours({student.id: student.seat for student in everybody if student.seat})

    def dealt_of(slot: Slot, key: str) -> dict[str, int]:
        stands = {student.id: student.deal[slot.id] for student in before.students}
        return deal(secret, key, len(slot.pool), [student.id for student in new], before=stands, near=near)

    if whole:
        forms = dealt_of(max(before.slots, key=lambda slot: len(slot.pool)), "form")
        deals = {s.id: {id: form % len(s.pool) for id, form in forms.items()} for s in before.slots}
    else:
        deals = {slot.id: dealt_of(slot, slot.id) for slot in before.slots}
    added = tuple(
        StudentPaper(id=s.id, name=s.name, seat=s.seat, deal={slot: dealt[s.id] for slot, dealt in deals.items()})
        for s in new
    )
    return before.model_copy(update={"students": before.students + added})


def _roster_warnings(lock: Lock, roster: Sequence[Student]) -> Iterator[str]:
    now = {student.id: student for student in roster}
    for paper in lock.students:
        student = now.get(paper.id)
        if student is None:
            yield f"{paper.id} ({paper.name}) is not on the roster any more; the paper is kept"
        elif (student.name, student.seat) != (paper.name, paper.seat):
            was, new = (f"{s.name}{f', seat {s.seat}' if s.seat else ''}" for s in (paper, student))
            yield f"{paper.id} is {new} on the roster; the paper is kept as built for {was}"


def _form_warnings(lock: Lock) -> Iterator[str]:
    if max(len(slot.pool) for slot in lock.slots) > 1:
        yield from _seat_warnings(lock)


def _seat_warnings(lock: Lock) -> Iterator[str]:
    seats = {student.id: student.seat for student in lock.students if student.seat}
    for student, seat in seats.items():
        if read_seat(seat) is None:
            yield f"{student}: seat {seat!r} is not read; write it like A3 or 3-4"
    near = neighbours(seats)
    for slot in lock.slots:
        dealt = {student.id: student.deal[slot.id] for student in lock.students}
        pairs = clashes(dealt, near) if len(slot.pool) > 1 else []
        if pairs:
            such = " and ".join(pairs[0])
            yield f"{slot.id}: {len(pairs)} pairs of neighbours share a variant, such as {such}"
