"""
An inbox: what a class handed in, sorted by student.

A folder or a zip archive, with names as Moodle or Canvas gives them, or with a folder or loose files per
student. Nothing is dropped silently: what cannot be read is a flag, and what is nobody's is a stranger.
"""

from __future__ import annotations

import stat
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.submissions.archive import open_archive
from grader.submissions.course import of_assignments, submitted_folder
from grader.submissions.entry import Caps, Entry, Refused
from grader.submissions.files import Budget, SubmittedFile, open_bytes, read_files
from grader.submissions.folder import list_folder
from grader.submissions.matching import Matcher, Owner, Student, owner_of
from grader.submissions.names import is_archive, listed, natural
from grader.submissions.notebook import UnreadableNotebook, read_notebook
from question_bank.errors import DlexamError

__all__ = ["Found", "Inbox", "read_inbox"]

_WRAPPERS = 4
_HOW = "give the folder or the zip file with the submissions in it"


@dataclass(frozen=True)
class Found:
    """
    What one student handed in, or what nobody of the roster did.

    Attributes:
        student_id: from the roster; None for a stranger.
        source: the folders, files or members it came from, as shown.
        files: the notebooks, and what should have been one but cannot be read.
        flags: what a person should know, one sentence each.
    """

    student_id: str | None
    source: str
    files: tuple[SubmittedFile, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Inbox:
    """
    A class's submissions.

    Attributes:
        found: one for each student of whom there is something, in the order of the roster.
        strangers: what could not be given to a student, by source.
        missing: ids of the students of whom there is nothing, in the order of the roster.
    """

    found: tuple[Found, ...]
    strangers: tuple[Found, ...]
    missing: tuple[str, ...]


@dataclass
class _Group:
    """What belongs to one owner."""

    owner: Owner
    tops: list[str] = field(default_factory=list)
    entries: list[tuple[str, Entry]] = field(default_factory=list)


@dataclass
class _Heap:
    """Entries grouped by owner, and where they lie."""

    groups: list[_Group]
    within: str
    candidates: list[tuple[str, ...]]


def read_inbox(
    path: Path,
    students: Sequence[Student],
    *,
    caps: Caps | None = None,
    assignments: Collection[str] = (),
    given: Collection[str] = (),
) -> Inbox:
    """
    Sort what lies in *path* by *students*.

    *path* is a folder or a zip file. One folder or archive around everything is looked through. Of several
    claims to one student the one whose name sorts last (the highest number) is kept, and the others become
    strangers.

    Args:
        assignments: if *path* is an nbgrader course, which of its assignments to read.
        given: names of files that students were given beside their notebooks, and may hand in with them.

    Raises:
        DlexamError: nothing is there, it cannot be read as a whole, or it is larger than *caps* allow.
    """
    caps = caps or Caps()
    matcher = Matcher(students)
    try:
        with ExitStack() as stack:
            course = submitted_folder(path) if assignments else None
            entries = _list(course or path, stack, caps)
            if course is not None:
                entries = of_assignments(entries, assignments, course)
            if not entries:
                msg = "holds no submissions"
                raise DlexamError(msg, file=path, mend=_HOW)
            heap = _look_through(_heap(entries, "", matcher), entries, matcher, stack, caps)
            budget = Budget(caps, path)
            claims = [
                _read(group, of, heap.within, budget, given)
                for group, of in zip(heap.groups, heap.candidates, strict=True)
            ]
    except Refused as refused:
        raise DlexamError(str(refused), file=path, mend=_HOW) from refused
    return _settle(claims, [student.id for student in students])


def _list(path: Path, stack: ExitStack, caps: Caps) -> list[Entry]:
    try:
        if path.is_dir():
            return list_folder(path, caps)
        if not stat.S_ISREG(path.stat().st_mode):
            msg = "is neither a folder nor a zip file"
            raise Refused(msg)
        file = stack.enter_context(path.open("rb"))
    except OSError as error:
        msg = f"cannot be opened ({error.strerror})"
        raise Refused(msg) from error
    return stack.enter_context(open_archive(file, caps.entries))


def _heap(entries: list[Entry], within: str, matcher: Matcher) -> _Heap:
    folders = {entry.parts[0] for entry in entries if entry.folder or len(entry.parts) > 1}
    groups: dict[tuple[str, ...], _Group] = {}
    for entry in entries:
        top, *below = entry.parts
        owner = owner_of(top, folder=top in folders)
        group = groups.setdefault(owner.key, _Group(owner))
        if top not in group.tops:
            group.tops.append(top)
        name = "/".join(below) if below else owner.file or top
        group.entries.append((name, entry))
    found = list(groups.values())
    return _Heap(found, within, [matcher.candidates(group.owner.claim) for group in found])


def _look_through(
    heap: _Heap, entries: list[Entry], matcher: Matcher, stack: ExitStack, caps: Caps, level: int = 0
) -> _Heap:
    """*heap*, or what lies in the one folder or archive that is all of it, if the students are there."""
    if any(heap.candidates) or len({entry.parts[0] for entry in entries}) != 1 or level == _WRAPPERS:
        return heap
    inside = _inside(entries, stack, caps)
    if not inside:
        return heap
    within = f"{heap.within}{entries[0].parts[0]}/"
    deeper = _look_through(_heap(inside, within, matcher), inside, matcher, stack, caps, level + 1)
    return deeper if any(deeper.candidates) else heap


def _inside(entries: list[Entry], stack: ExitStack, caps: Caps) -> list[Entry]:
    only = entries[0]
    if len(entries) == 1 and not only.folder and only.problem is None and is_archive(only.parts[-1]):
        try:
            return stack.enter_context(open_bytes(only.read(caps.total), caps.entries))
        except Refused:
            return []
    if any(len(entry.parts) == 1 and not entry.folder for entry in entries):
        return []  # an archive may hold a file and a folder of one name
    return [replace(entry, parts=entry.parts[1:]) for entry in entries if len(entry.parts) > 1]


@dataclass
class _Claim:
    """What one owner handed in, before it is settled whose it is."""

    found: Found
    candidates: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    loose: bool

    def student(self) -> str | None:
        """The one student it can be, by name or else by what the notebooks say."""
        if len(self.candidates) == 1:
            return self.candidates[0]
        named = {student for _, student in self.says if student in self.candidates}
        return named.pop() if len(named) == 1 else None


def _read(group: _Group, candidates: tuple[str, ...], within: str, budget: Budget, given: Collection[str]) -> _Claim:
    files, flags = read_files(group.entries, budget, given)
    says = []
    for file in files:
        try:
            student = None if file.problem else read_notebook(file.data, name=file.name).student
        except UnreadableNotebook:
            continue  # whoever marks it will say so
        if student is not None:
            says.append((file.name, student))
    source = ", ".join(f"{within}{top}" for top in sorted(group.tops, key=natural))
    return _Claim(Found(None, source, files, flags), candidates, tuple(says), group.owner.loose)


def _settle(claims: list[_Claim], roster: list[str]) -> Inbox:
    settled: dict[str, list[_Claim]] = defaultdict(list)
    strangers: list[Found] = []
    for claim in claims:
        if (student := claim.student()) is None:
            strangers.append(_stranger(claim))
        else:
            settled[student].append(claim)
    kept: dict[str, Found] = {}
    for student, rivals in settled.items():
        first, *others = sorted(_joined(rivals), key=lambda claim: natural(claim.found.source), reverse=True)
        against = tuple(f"{other.found.source} claims to be of the same student" for other in others)
        kept[student] = _flagged(first.found, *_doubts(first, student), *against, student=student)
        for other in others:
            flag = f"it claims to be of {student}, of whom {first.found.source} is kept"
            strangers.append(_flagged(other.found, flag, *_sayings(other)))
    strangers.sort(key=lambda found: natural(found.source))
    found = [kept[student] for student in roster if student in kept]
    found, strangers = _compared(found, strangers)
    missing = tuple(student for student in roster if student not in kept)
    return Inbox(tuple(found), tuple(strangers), missing)


def _joined(claims: list[_Claim]) -> list[_Claim]:
    """*claims* to one student, the loose files among them made one."""
    loose = sorted((claim for claim in claims if claim.loose), key=lambda claim: natural(claim.found.source))
    rest = [claim for claim in claims if not claim.loose]
    if not loose:
        return rest
    one = Found(
        None,
        ", ".join(claim.found.source for claim in loose),
        tuple(file for claim in loose for file in claim.found.files),
        tuple(flag for claim in loose for flag in claim.found.flags),
    )
    says = tuple(saying for claim in loose for saying in claim.says)
    candidates = max((claim.candidates for claim in loose), key=len)
    return [*rest, _Claim(one, candidates, says, loose=True)]


def _doubts(claim: _Claim, student: str) -> list[str]:
    flags = []
    if len(claim.candidates) > 1:
        flags.append(f"its name fits {', '.join(claim.candidates)}; the notebook says it is {student}'s")
    return flags + [f"{name}: the notebook says it is {other}'s" for name, other in claim.says if other != student]


def _sayings(claim: _Claim) -> list[str]:
    return [f"{name}: the notebook says it is {student}'s" for name, student in claim.says]


def _stranger(claim: _Claim) -> Found:
    fits = ", ".join(claim.candidates)
    flag = f"its name fits several students: {fits}" if fits else "its name fits no student of the roster"
    return _flagged(claim.found, flag, *_sayings(claim))


def _flagged(found: Found, *flags: str, student: str | None = None) -> Found:
    return replace(found, student_id=student, flags=(*found.flags, *flags))


def _compared(found: list[Found], strangers: list[Found]) -> tuple[list[Found], list[Found]]:
    """All of them, with a flag on each notebook that another one handed in byte for byte."""
    holders: dict[str, list[str]] = defaultdict(list)
    for one in (*found, *strangers):
        for sha256 in {file.sha256 for file in one.files if file.sha256}:
            holders[sha256].append(one.student_id or one.source)

    def compared(one: Found) -> Found:
        flags = []
        for file in one.files:
            others = [holder for holder in holders[file.sha256] if holder != (one.student_id or one.source)]
            if others:
                flags.append(f"{file.name}: the same bytes came from {listed(others)}")
        return _flagged(one, *flags, student=one.student_id)

    return [compared(one) for one in found], [compared(one) for one in strangers]
