"""
Whose a folder or file is, by its name.

Learning platforms put numbers of their own into the names of what is downloaded. Those are not student ids,
so they are taken off before an id is looked for: a participant number may well be another student's id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from grader.submissions.names import fold, is_archive, is_notebook, stem

__all__ = ["Matcher", "Owner", "Student", "owner_of"]

# Moodle: NAME_PARTICIPANT_assignsubmission_file_ as a folder, or the same before each file's name. A name
# holds no underscore there, so the match is Moodle's own even if the student's file name looks like one.
_MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<number>[0-9]+)_assignsubmission_[a-z0-9]+(?:_(?P<file>.*))?", re.DOTALL)
# Canvas: name_123_456_file or name_LATE_123_456_file, the name small and without spaces.
_CANVAS = re.compile(r"(?P<name>[^_\s]+)_(?:LATE_)?(?P<number>[0-9]+)_(?P<attachment>[0-9]+)_(?P<file>.+)", re.DOTALL)


class Student(Protocol):
    """What is needed of a student of the roster."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Owner:
    """
    What a top-level name says of its owner.

    Attributes:
        key: equal for what belongs together.
        claim: the text in which an id or a name is looked for.
        file: the student's own file name, where the platform has put its own before it.
        loose: whether it is a file beside others, where one student may have several.
    """

    key: tuple[str, ...]
    claim: str
    file: str | None = None
    loose: bool = False


def owner_of(top: str, *, folder: bool) -> Owner:
    """The owner that the top-level name *top*, of a *folder* or of a file, speaks of."""
    if match := _MOODLE.fullmatch(top):
        # The files and the online text of one student are two folders.
        return Owner(("moodle", match["name"], match["number"]), match["name"], match["file"] or None)
    if folder:
        return Owner(("folder", top), top)
    if match := _CANVAS.fullmatch(top):
        return Owner(("canvas", match["name"], match["number"]), match["name"], match["file"])
    return Owner(("file", top), stem(top) if is_notebook(top) or is_archive(top) else top, loose=True)


class Matcher:
    """Finds the students of a roster in the names of folders and files."""

    def __init__(self, students: Iterable[Student]) -> None:
        self._ids: list[str] = []
        self._by_id: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_letters: dict[str, list[str]] = defaultdict(list)
        for student in students:
            self._ids.append(student.id)
            self._by_id[fold(student.id)].append(student.id)
            self._by_name[fold(student.name)].append(student.id)
            for letters in _spellings(student.name):
                self._by_letters[letters].append(student.id)

    def candidates(self, claim: str) -> tuple[str, ...]:
        """
        The ids of the students that *claim* may speak of, in the order of the roster.

        An id alone settles it. Else an id anywhere in the claim and a name that is all of it weigh the same,
        so that a login such as ``kim`` does not take what Kim Minji handed in.
        """
        if claim in self._ids:
            return (claim,)
        if same := self._by_id.get(fold(claim)):
            return tuple(same)
        found = {*self._tokens(claim), *self._named(claim)}
        return tuple(id_ for id_ in self._ids if id_ in found)

    def _tokens(self, claim: str) -> Sequence[str]:
        small = claim.casefold()
        found = [id_ for id_ in self._ids if id_.casefold() in small and _has_token(claim, id_)]
        return [id_ for id_ in found if not any(id_ != other and id_ in other for other in found)]

    def _named(self, claim: str) -> Sequence[str]:
        # Where students hand in as groups, Moodle writes GROUP-NAME.
        for name in (claim, claim.rpartition("-")[2]):
            if not fold(name):
                continue
            if same := self._by_name.get(fold(name)):
                return same
            if same := self._by_letters.get(_letters(name)):
                return same
        return ()


def _has_token(claim: str, id_: str) -> bool:
    # Only Latin letters and digits continue an id: 20231234홍길동 is an id and a name.
    pattern = rf"(?<![A-Za-z0-9]){re.escape(id_)}(?![A-Za-z0-9])"
    caseless = any(char.isdigit() for char in id_)
    return re.search(pattern, claim, re.IGNORECASE if caseless else 0) is not None


def _letters(name: str) -> str:
    return "".join(char for char in fold(name) if char.isalnum())


def _spellings(name: str) -> set[str]:
    # Family name first or last; platforms drop spaces, commas and apostrophes.
    words = fold(name).replace(",", " ").split()
    turns = (words, words[1:] + words[:1], words[-1:] + words[:-1])
    return {letters for turn in turns if (letters := _letters(" ".join(turn)))}
