"""The exam file: what an instructor writes down of an exam."""

from __future__ import annotations

import datetime
import difflib
import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from question_bank.answers import KINDS
from question_bank.errors import DlexamError

__all__ = ["Exam", "ExamPart", "ExamSlot", "Language", "read_exam"]

Language = Literal["ko", "en"]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ExamSlot(_Plan):
    """
    One question that is named, or *pick* questions drawn from a topic.

    Args:
        question: id of the question, or
        topic: the topic to draw from.
        pick: how many questions of the topic; one if left out.
        kind: the only kind of answer to draw from.
        points: what each of its questions is worth here; the question's own points if left out.
    """

    question: str | None = None
    topic: str | None = None
    pick: Annotated[int, Field(ge=1, le=50)] | None = None
    kind: str | None = None
    points: Positive | None = None

    @field_validator("kind")
    @classmethod
    def _kind_exists(cls, kind: str | None) -> str | None:
        if kind is not None and kind not in KINDS:
            raise ValueError(f"no kind of answer {kind!r}; the kinds are {', '.join(KINDS)}")
        return kind

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if (self.question is None) == (self.topic is None):
            raise ValueError("a slot names either a question or a topic")
        extra = [name for name in ("pick", "kind") if getattr(self, name) is not None]
        if self.question is not None and extra:
            raise ValueError(f"{extra[0]!r} goes with a topic, not with a question")
        return self


class ExamPart(_Plan):
    """
    A part of an exam: one notebook for each student.

    Args:
        name: names the notebook file, such as `closed`.
        minutes: how long students have.
        open_book: whether they may look things up.
        slots: its questions, `[[part.slot]]` in the file.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
    minutes: Positive
    open_book: bool = False
    slots: Annotated[tuple[ExamSlot, ...], Field(alias="slot", min_length=1)]


class Exam(_Plan):
    """
    An exam: what is asked, not yet whom.

    Args:
        id: names the exam, such as `midterm-2025`.
        title: by language.
        date: the day it is held.
        language: `"ko"`, `"en"`, or `"both"` below one another.
        variants: how many variants of each question are dealt out.
        parts: `[[part]]` in the file.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    title: dict[Language, Annotated[str, Field(min_length=1, max_length=200)]]
    date: datetime.date
    language: Literal["ko", "en", "both"]
    variants: Annotated[int, Field(ge=1, le=200)] = 12
    parts: Annotated[tuple[ExamPart, ...], Field(alias="part", min_length=1)]

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of its papers, in the order printed."""
        return ("ko", "en") if self.language == "both" else (self.language,)

    @field_validator("title", mode="before")
    @classmethod
    def _title_for_all(cls, title: object) -> object:
        return {"ko": title, "en": title} if isinstance(title, str) else title

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        for language in self.languages:
            if language not in self.title:
                raise ValueError(f"no title in language {language!r}")
        twice = [name for name, times in Counter(part.name for part in self.parts).items() if times > 1]
        if twice:
            raise ValueError(f"two parts are called {twice[0]!r}")
        first: dict[str, str] = {}
        for part in self.parts:
            for number, slot in enumerate(part.slots, start=1):
                here = f"part {part.name}, slot {number}"
                if slot.question is not None and first.setdefault(slot.question, here) != here:
                    raise ValueError(f"{here}: question {slot.question!r} stands in {first[slot.question]} too")
        return self


def read_exam(path: Path) -> Exam:
    """
    The exam in the TOML file at *path*.

    Raises:
        DlexamError: the file cannot be read, or a value cannot be; names line and key.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise DlexamError("no such file", file=path) from None
    except OSError as error:
        raise DlexamError(f"cannot be read: {error.strerror}", file=path) from None
    except UnicodeDecodeError as error:
        raise DlexamError(f"not UTF-8 (byte {error.start})", file=path, mend="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        message, _, where = str(error).partition(" (at ")
        place = where.rstrip(")").split(",")[0] if where.startswith("line") else where.rstrip(")")
        raise DlexamError(f"not TOML: {message}", file=path, place=place or None) from None
    unknown = [key for key in data if key not in ("exam", "part")]
    if unknown:
        mend = _did_you_mean(unknown[0], ("exam", "part"))
        raise DlexamError(f"unknown table {unknown[0]!r}", file=path, mend=mend)
    if not isinstance(data.get("exam"), dict):
        raise DlexamError("no [exam]", file=path, mend="begin with [exam], then [[part]] for each part")
    try:
        return Exam.model_validate({**data["exam"], **{k: v for k, v in data.items() if k == "part"}})
    except ValidationError as error:
        raise _readable(error, path, text) from None


def _readable(error: ValidationError, path: Path, text: str) -> DlexamError:
    """The first thing that is wrong, as a user reads it."""
    # a misspelt key also leaves one missing: the misspelling is what its owner must see
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    loc, mend = first["loc"], None
    for depth, (outer, inner) in enumerate(itertools.pairwise(loc), start=1):
        if isinstance(outer, str) and isinstance(inner, str):
            # a key within a value, such as a language of the title: its line is the value's
            loc = loc[:depth]
            break
    key = str(loc[-1]) if loc else ""
    match first["type"]:
        case "missing":
            problem = f"{key!r} is missing"
        case "extra_forbidden":
            fields = (Exam, ExamPart, ExamSlot)[(len(loc) - 1) // 2].model_fields
            known = [field.alias or name for name, field in fields.items()]
            problem, mend = f"unknown key {key!r}", _did_you_mean(key, known)
        case "value_error":
            problem = first["msg"].removeprefix("Value error, ")
        case _:
            named = "" if isinstance(loc[-1], int) else f"{key!r}: "
            problem = f"{named}{first['msg'][:1].lower()}{first['msg'][1:]} (got {first['input']!r:.80})"
    return DlexamError(problem, file=path, place=_place(loc, text), mend=mend)


def _did_you_mean(key: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known here: {', '.join(known)}"


def _place(loc: Sequence[str | int], text: str) -> str | None:
    """
    Where *loc* is: part and slot, and the line if the file is written the usual way.

    The line is that of the key, or else of the table's header.
    """
    if not loc:
        return None
    wanted = {name: index for name, index in itertools.pairwise(loc) if isinstance(index, int)}
    where = ", ".join(f"{name} {index + 1}" for name, index in wanted.items())
    key = re.compile(rf"\s*{re.escape(str(loc[-1]))}\s*=")
    at: dict[str | int, int] = {}
    line = None
    for number, source in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\[?\s*(part(?:\.slot)?|exam)\b", source)
        if header and header[1] == "part":
            at = {"part": at.get("part", -1) + 1}
        elif header and header[1] == "part.slot":
            at["slot"] = at.get("slot", -1) + 1
        if at == wanted and header:
            line = number
        elif at == wanted and key.match(source):
            line = number
            break
    if line is None:
        return where or None
    return f"line {line} ({where})" if where else f"line {line}"
