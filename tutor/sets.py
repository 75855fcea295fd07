"""The practice sets as their file defines them, and the order in which a set asks."""

from __future__ import annotations

import itertools
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from papers.exam import Language
from papers.hashes import keyed
from question_bank import Bank, Draw, Question
from question_bank.errors import DlexamError

__all__ = ["PracticeSet", "Sets", "questions_of", "read_sets", "seed_of"]

_SHUFFLES = 1000
_SEEDS = 1000
_LONG = 5

Entry = str | Annotated[tuple[str, ...], Field(min_length=2)]
"""A question's id, a topic, or a contrast: several of these that stay side by side."""


class _Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class PracticeSet(_Plan):
    """
    One practice notebook.

    Args:
        name: names its file.
        title: by language.
        entries: `questions` in the file. A topic stands for all its questions that no set names by id.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,31}$")]
    title: dict[Language, str]
    entries: Annotated[tuple[Entry, ...], Field(alias="questions", min_length=1)]

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """The entries, single ones as groups of one."""
        return [(entry,) if isinstance(entry, str) else entry for entry in self.entries]


class Sets(_Plan):
    """
    All practice sets.

    Args:
        mock: the file of the mock exam, beside this one.
        sets: `[[set]]` in the file.
    """

    mock: str | None = None
    sets: Annotated[tuple[PracticeSet, ...], Field(alias="set", min_length=1)]

    @property
    def named(self) -> list[str]:
        """Every question and topic that a set names."""
        return [name for one in self.sets for group in one.groups for name in group]

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for what, names in (("set", [one.name for one in self.sets]), ("question or topic", self.named)):
            twice = [name for name, times in Counter(names).items() if times > 1]
            if twice:
                raise ValueError(f"{what} {twice[0]!r} stands there twice")
        return self


def read_sets(path: Path) -> Sets:
    """
    The practice sets in the TOML file at *path*.

    Raises:
        DlexamError: it cannot be read, or a value cannot be.
    """
    try:
        return Sets.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise DlexamError("no such file", file=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DlexamError(f"not TOML: {error}", file=path) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise DlexamError(first["msg"].removeprefix("Value error, "), file=path, place=place or None) from None


def questions_of(one: PracticeSet, sets: Sets, bank: Bank) -> list[Question]:
    """
    The questions of a set in the order asked: mixed, with contrasts side by side.

    Raises:
        DlexamError: a name is neither a question's nor a topic's.
    """
    groups = []
    for group in one.groups:
        found = [question for name in group for question in _named(name, one, sets, bank)]
        # a topic on its own is no contrast: its questions are mixed among the others
        groups += [found] if len(group) > 1 else [[question] for question in found]
    return _mixed(one.name, groups)


def _named(name: str, one: PracticeSet, sets: Sets, bank: Bank) -> Iterator[Question]:
    if "/" not in name and name in bank.topics:
        yield from (q for q in bank.of_topic(name) if q.id not in sets.named and not q.definition.final)
        return
    try:
        yield bank[name]
    except DlexamError as error:
        raise DlexamError(error.problem, place=f"set {one.name}", mend=error.mend) from None


def _mixed(name: str, groups: Sequence[Sequence[Question]]) -> list[Question]:
    """The shuffle, of many, in which the fewest neighbours are alike; the same in every run."""

    def shuffled(attempt: int) -> list[list[Question]]:
        draw = Draw(f"practice/{name}", attempt)
        return [draw.shuffled(group) for group in draw.shuffled(groups)]

    def alike(order: list[list[Question]]) -> int:
        pairs = [(before[-1], after[0]) for before, after in itertools.pairwise(order)]
        # nobody should have to begin with what takes longest
        long = order[0][0].definition.minutes > _LONG
        return 2 * long + sum(2 * (a.topic == b.topic) + (a.kind == b.kind) for a, b in pairs)

    best = min(map(shuffled, range(_SHUFFLES)), key=alike)
    return [question for group in best for question in group]


def seed_of(one: PracticeSet, question: Question) -> int:
    """Which variant of *question* the set asks: it stays when the set's other questions change."""
    return keyed(b"practice", one.name, question.id) % _SEEDS
