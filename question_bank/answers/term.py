"""A term: a short text, judged by the glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, ClassVar, Literal

from pydantic import model_validator
from pydantic.dataclasses import dataclass

from question_bank import glossary
from question_bank.answers.base import STRICT, Answer, Malformed, Mistake, Response, Verdict

__all__ = ["Term"]

_LONGEST = 120


@dataclass(frozen=True, config=STRICT)
class Term(Answer):
    """
    A term of the glossary, in any of its spellings.

    Two different terms in one answer earn nothing; a near miss (one typing slip) goes to review.

    Args:
        term: its name in the glossary.
        mistakes: other terms of the glossary, or other texts, that name a known confusion.
        language: `"en"` if the English term is asked for, `"ko"` for the Korean one, else `"any"`.
        other_language: the mistake of naming the right thing in the other language.
        also: further texts that are right in this question alone.
    """

    term: str
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    language: Literal["any", "en", "ko"] = "any"
    other_language: Mistake | None = None
    also: tuple[str, ...] = ()
    kind: ClassVar[str] = "term"
    type: Literal["term"] = "term"

    @model_validator(mode="after")
    def _is_sound(self) -> Term:
        glossary.preferred(self.term, "en")
        if (self.language == "any") != (self.other_language is None):
            raise ValueError("'language' and 'other_language' go together: state both or neither")
        return self

    def read(self, given: object) -> Response:
        if not isinstance(given, str):
            raise Malformed("expected a text in quotation marks")
        text = " ".join(given.split())
        if len(text) > _LONGEST:
            raise Malformed(f"expected a term, not {len(text)} characters")
        if not glossary.fold(text):
            raise Malformed("no letter in it")
        return text

    def mark(self, response: Response) -> Verdict:
        text = str(response)
        also = set(map(glossary.fold, self.also))
        if any(reading in also for reading in glossary.readings(text)):
            return Verdict(1.0)
        # before the glossary: a question may refuse one spelling of its own term, such as its abbreviation
        if self._spelled_mistake(text) is not None:
            return Verdict.of(self._spelled_mistake(text))
        named = glossary.terms_in(text)
        if named and all(found and found[0] == self.term for found in named):
            if self.language == "any" or self.language in self._languages(text, named):
                return Verdict(1.0)
            return Verdict.of(self.other_language)
        for key, mistake in self.mistakes.items():
            if named and all(found and found[0] == key for found in named):
                return Verdict.of(mistake)
        # a term of its own is no misspelling of another: precision is not a typo of decision
        if not any(named) and glossary.near(text, self.term):
            return Verdict(0.0, review=f"may be a misspelling of {self.term}")
        return Verdict(0.0)

    def _languages(self, text: str, named: Sequence[tuple[str, str] | None]) -> set[str]:
        """The languages in which *text* names the term; a spelling that this question refuses names it in none."""
        parts = glossary.parts(text)
        if len(parts) != len(named):
            return {found[1] for found in named if found}
        return {
            found[1] for part, found in zip(parts, named, strict=True) if found and self._spelled_mistake(part) is None
        }

    def _spelled_mistake(self, text: str) -> Mistake | None:
        """The mistake whose text the whole answer is, or every part of it."""
        spelled = {glossary.fold(key): mistake for key, mistake in self.mistakes.items()}

        def of(part: str) -> Mistake | None:
            return next((spelled[reading] for reading in glossary.readings(part) if reading in spelled), None)

        found = [of(part) for part in glossary.parts(text)]
        return of(text) or (found[0] if found and all(found) else None)

    def right(self) -> Response:
        return glossary.preferred(self.term, "ko" if self.language == "ko" else "en")

    def samples(self) -> Mapping[str, Sequence[object]]:
        english, korean = glossary.preferred(self.term, "en"), glossary.preferred(self.term, "ko")
        right = [self.right(), f"  {self.right()}. ", f"{english} ({korean})"]
        if self.language != "ko":
            right += [english.upper(), f"the {english}"]
        if self.language != "en":
            right += [f"{korean}입니다.", korean.replace(" ", "")]
        return {**super().samples(), "right": right}

    def wrong_samples(self) -> Sequence[object]:
        other = "epoch" if self.term != "epoch" else "tensor"
        return [other, f"{self.right()} or {other}", "xyzzy"]

    def mistakes_known(self) -> tuple[Mistake, ...]:
        other = () if self.other_language is None else (self.other_language,)
        return (*self.mistakes.values(), *other)

    def form(self) -> dict[str, Any]:
        return {"kind": "term", "longest": _LONGEST}

    def shown(self) -> str:
        english, korean = glossary.preferred(self.term, "en"), glossary.preferred(self.term, "ko")
        return {"en": english, "ko": korean, "any": f"{english} / {korean}"}[self.language]
