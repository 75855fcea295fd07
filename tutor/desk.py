"""What a practice notebook asks: `check` an answer, `show` the right one."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from IPython.display import display

from papers.exam import Language
from papers.notebook import explanation
from question_bank import Answer, Code, Essay, Question, Texts, Variant, load_bank
from question_bank.bank import Bank, variant_key
from tutor.marking import Marked, practice_mark
from tutor.reply import Reply, hint, overview, rubric
from tutor.words import say

__all__ = ["Desk", "begin", "label"]


def begin(
    names: Mapping[str, Any], language: Language, asked: Mapping[str, str]
) -> tuple[Callable[..., None], Callable[[str], None]]:
    """
    Make `check` and `show` for a notebook.

    Args:
        names: its `globals()`, where answers are found.
        language: what to answer in.
        asked: the `label` of each question, by variable.
    """
    desk = Desk(names, language, asked)
    return desk.check, desk.show


def label(question: Question, seed: int) -> str:
    """
    What names a variant in a notebook: question, seed, and a hash that tells another version of the bank.

    The question's id does not stand in it in clear: many a one gives the answer away.
    """
    return f"{_hash(question.id)}-{seed}-{_hash(variant_key(question.variant(seed)))}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class _Refused(Exception):
    """Nothing can be said of a question; the text says why, in the notebook's language."""


class Desk:
    """
    Answers the questions *asked* in one notebook.

    Args:
        names: the notebook's variables.
        bank: default: the one that ships with the package.
    """

    def __init__(
        self, names: Mapping[str, Any], language: Language, asked: Mapping[str, str], bank: Bank | None = None
    ) -> None:
        self._names = names
        self._language: Language = language
        self._asked = asked
        self._bank = load_bank() if bank is None else bank
        self._checked: dict[str, Marked] = {}

    def check(self, variable: str | None = None) -> None:
        """Say whether the answer in *variable* is right, and if not, what is known of the mistake; or list all."""
        display(self.overview() if variable is None else self.hint(variable))  # type: ignore[no-untyped-call]

    def show(self, variable: str) -> None:
        """Tell the right answer to *variable*, and why."""
        display(self.told(variable))  # type: ignore[no-untyped-call]

    def hint(self, variable: str) -> Reply:
        """What `check` displays about one answer."""
        try:
            found = self._find(variable)
        except _Refused as error:
            return Reply(str(error))
        return hint(variable, found.answer, found.texts, self._mark(variable, found), self._language)

    def overview(self) -> Reply:
        """
        What `check` displays about all answers.

        Of code that was checked it is the last result: a later cell may have taken its names.
        """
        try:
            found = {variable: self._find(variable) for variable in self._asked}
        except _Refused as error:
            return Reply(str(error))
        outcomes = {
            variable: None if isinstance(one.answer, Essay) else self._last(variable, one).mark.outcome
            for variable, one in found.items()
        }
        return overview(outcomes, self._language)

    def told(self, variable: str) -> Reply:
        """What `show` displays."""
        try:
            found = self._find(variable)
        except _Refused as error:
            return Reply(str(error))
        question, variant, language = found.question, found.variant, self._language
        parts = [explanation(found.answer, found.texts, language)]
        if isinstance(found.answer, Essay):
            parts.append(rubric(found.answer, found.texts))
        if isinstance(found.answer, Code):
            parts.insert(0, f"**{say('answer', language)}**\n\n```python\n{question.solution(variant)}\n```")
            examples = question.example_test.read_text(encoding="utf-8").strip()
            parts.append(f"**{say('examples', language)}**\n\n```python\n{examples}\n```")
        parts.append(f"`{question.id}` · {found.seed}")
        return Reply(_with_figures("\n\n".join(parts), variant))

    def _find(self, variable: str) -> _Found:
        if variable not in self._asked:
            raise _Refused(
                say("unknown", self._language, _shown_name(variable), *(list(self._asked)[i] for i in (0, -1)))
            )
        id, seed, _ = self._asked[variable].split("-")
        for question in (self._bank[known] for known in self._bank.questions if _hash(known) == id):
            if label(question, int(seed)) == self._asked[variable]:
                variant = question.variant(int(seed))
                return _Found(question, int(seed), variant, question.texts(variant, self._language))
        raise _Refused(say("other version", self._language))

    def _mark(self, variable: str, found: _Found) -> Marked:
        marked = practice_mark(found.question, found.variant, self._names, variable, seed=found.seed)
        self._checked[variable] = marked
        return marked

    def _last(self, variable: str, found: _Found) -> Marked:
        if isinstance(found.answer, Code) and variable in self._checked:
            return self._checked[variable]
        return self._mark(variable, found)


@dataclass(frozen=True)
class _Found:
    question: Question
    seed: int
    variant: Variant
    texts: Texts

    @property
    def answer(self) -> Answer:
        return self.variant.answer


def _shown_name(variable: object) -> str:
    return " ".join(str(variable).replace("`", "'").split())[:40]


def _with_figures(text: str, variant: Variant) -> str:
    """*text* with its figures in it: an output has no attachments."""

    def inline(found: re.Match[str]) -> str:
        png = variant.figures[found[1]].png()
        return f"(data:image/png;base64,{base64.b64encode(png).decode()})"

    return re.sub(r"\(attachment:(\w+)\.png\)", inline, text)
