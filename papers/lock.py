"""
The lock: everything about an exam's papers that grading needs, frozen when they are built.

Grading reads it and never draws or renders. It is signed with the exam's secret, so that a slip of an editor
cannot change marks unseen.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from papers.exam import Exam, Language
from papers.files import write_atomic
from question_bank import Check, Texts
from question_bank.answers import AnyAnswer
from question_bank.answers.code import Code, Essay
from question_bank.data import given_files
from question_bank.errors import DlexamError

__all__ = [
    "FORMAT",
    "Lock",
    "Part",
    "PooledVariant",
    "Slot",
    "StudentPaper",
    "data_of",
    "files_of",
    "load_figures",
    "load_lock",
    "read_secret",
    "save_lock",
    "sign",
]

FORMAT: Literal[1] = 1
_MEND = "use the dlexam that built it"
_RESTORE = "restore private/ from your backup"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PooledVariant(_Frozen):
    """
    One variant of a slot's question.

    Args:
        code: three letters and digits, no two alike in a slot; the prompt shows it.
        seed: what drew it.
        parameters: plain data, for the hidden test.
        answer: the right answer and the mistakes it knows.
        texts: by language.
        starter: what the answer cell holds (code questions).
        solution: the reference solution's source (code questions).
        figures: SHA-256 of each figure's PNG in `private/figures/`, by name.
    """

    code: str
    seed: int
    parameters: dict[str, Any]
    answer: AnyAnswer
    texts: dict[Language, Texts]
    starter: str | None = None
    solution: str | None = None
    figures: dict[str, str] = Field(default_factory=dict)

    def untouched(self, variable: str) -> str:
        """What the answer cell holds when students get it."""
        if isinstance(self.answer, Essay):
            return "..."
        return self.answer.placeholder(variable) if self.starter is None else self.starter


class Slot(_Frozen):
    """
    One question of the exam, in as many variants as its pool holds, for equal points.

    Args:
        id: such as `closed-01`; cells are named after it.
        variable: such as `q01`, counted within the part.
        part: the part's name.
        question: its id in the bank.
        kind: kind of answer.
        checks: the hidden tests with their shares (code questions).
        data: data sets that students are given for it.
        drawing_hash: of what decided the texts.
        marking_hash: of the question's own marking code.
    """

    id: str
    variable: str
    part: str
    question: str
    topic: str
    kind: str
    points: float
    minutes: float
    facts: tuple[str, ...]
    checks: tuple[Check, ...]
    data: tuple[str, ...]
    drawing_hash: str
    marking_hash: str
    pool: tuple[PooledVariant, ...]

    @property
    def is_code(self) -> bool:
        """Whether hidden tests run student code for it."""
        return isinstance(self.pool[0].answer, Code)

    @property
    def is_essay(self) -> bool:
        """Whether a person marks it."""
        return isinstance(self.pool[0].answer, Essay)


class Part(_Frozen):
    """A part of the exam: one notebook. *slots* are ids, in order."""

    name: str
    minutes: float
    open_book: bool
    slots: tuple[str, ...]


class StudentPaper(_Frozen):
    """A student, and by slot the place in its pool of the variant dealt to them."""

    id: str
    name: str
    seat: str | None
    deal: dict[str, int]


class Lock(_Frozen):
    """
    A built exam.

    Args:
        exam: the exam file as it was.
        build: 16 hex digits that name this build.
        marking_hash: of the marking code that all questions share.
        dlexam: the version that built it.
    """

    format: Literal[1] = 1
    exam: Exam
    build: str
    parts: tuple[Part, ...]
    slots: tuple[Slot, ...]
    students: tuple[StudentPaper, ...]
    marking_hash: str
    dlexam: str

    def part(self, name: str) -> Part:
        """
        The part of that *name*.

        Raises:
            DlexamError: there is none.
        """
        names = ", ".join(part.name for part in self.parts)
        return _find(self.parts, "name", name, f"no part {name!r}", f"the parts are {names}")

    def slot(self, id: str) -> Slot:
        """
        The slot of that *id*.

        Raises:
            DlexamError: there is none.
        """
        ends = f"they go from {self.slots[0].id} to {self.slots[-1].id}"
        return _find(self.slots, "id", id, f"no slot {id!r}", ends)

    def slots_of(self, part: str) -> tuple[Slot, ...]:
        """The slots of *part*, in order."""
        return tuple(self.slot(id) for id in self.part(part).slots)

    def student(self, id: str) -> StudentPaper:
        """
        The paper of the student of that *id*.

        Raises:
            DlexamError: there is none.
        """
        mend = "build again with a roster that has them"
        return _find(self.students, "id", id, f"no student {id!r} in this exam", mend)

    def variant(self, student: str, slot: str) -> PooledVariant:
        """The variant of *slot* that *student* was dealt, both ids."""
        return self.slot(slot).pool[self.student(student).deal[slot]]


T = TypeVar("T")


def _find(items: tuple[T, ...], key: str, value: str, problem: str, mend: str) -> T:
    for item in items:
        if getattr(item, key) == value:
            return item
    raise DlexamError(problem, mend=mend)


def data_of(lock: Lock, part: str) -> dict[str, bytes]:
    """The files that lie beside the notebook of *part*, by name."""
    return files_of(lock.slots_of(part))


def files_of(slots: Sequence[Slot]) -> dict[str, bytes]:
    """The data files that *slots* need, by name."""
    return {file: data for slot in slots for name in slot.data for file, data in given_files(name).items()}


def sign(data: bytes, secret: bytes) -> str:
    """The signature of a lock's bytes."""
    return hmac.new(secret, data, "sha256").hexdigest()


def save_lock(lock: Lock, private: Path, secret: bytes) -> None:
    """
    Write `lock.json` and `lock.sig` into *private*.

    Killed at any moment, it leaves a lock with its signature: the old one or the new one.
    """
    data = (lock.model_dump_json(indent=1) + "\n").encode()
    path, signature = private / "lock.json", private / "lock.sig"
    before = [sign(path.read_bytes(), secret)] if path.exists() else []
    write_atomic(signature, "\n".join([*before, sign(data, secret), ""]).encode())
    write_atomic(path, data)
    write_atomic(signature, f"{sign(data, secret)}\n".encode())


def read_secret(out: Path) -> bytes:
    """
    The secret of the exam built in *out*.

    Raises:
        DlexamError: it is gone or damaged.
    """
    path = out / "private" / "secret"
    data = _read(path, _RESTORE)
    if len(data) != 32:
        raise DlexamError(f"holds {len(data)} bytes, not 32", file=path, mend=_RESTORE)
    return data


def load_lock(out: Path) -> Lock:
    """
    The lock of the exam built in *out*.

    Raises:
        DlexamError: there is none, it was changed since, or another version of dlexam wrote it.
    """
    path = out / "private" / "lock.json"
    data = _read(path, "is this the folder that `dlexam build` wrote?")
    secret = read_secret(out)
    signatures = _read(path.with_suffix(".sig"), _RESTORE).split()
    if not any(hmac.compare_digest(sign(data, secret).encode(), known) for known in signatures):
        raise DlexamError("was changed after the build", file=path, mend=_RESTORE)
    try:
        plain = json.loads(data)
        number = plain.get("format") if isinstance(plain, dict) else None
        if number != FORMAT:
            problem = f"has format {number!r} and this dlexam reads {FORMAT}"
            raise DlexamError(problem, file=path, mend=_MEND)
        return Lock.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DlexamError(first["msg"], file=path, place=place, mend=_MEND) from None
    except ValueError as error:
        raise DlexamError(f"not JSON: {error}", file=path, mend=_MEND) from None


def load_figures(out: Path, lock: Lock) -> Mapping[str, bytes]:
    """
    The PNG of every figure in *lock*, by SHA-256.

    Raises:
        DlexamError: one is missing.
    """
    hashes = {sha for slot in lock.slots for variant in slot.pool for sha in variant.figures.values()}
    folder = out / "private" / "figures"
    return {sha: _read(folder / f"{sha}.png", _RESTORE) for sha in sorted(hashes)}


def _read(path: Path, mend: str) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise DlexamError("no such file", file=path, mend=mend) from None
    except OSError as error:
        raise DlexamError(f"cannot be read: {error.strerror}", file=path) from None
