"""A typed answer on its way through its hidden test."""

from __future__ import annotations

from dataclasses import dataclass, field

from question_bank import Answer, Verdict
from question_bank.answers import Malformed, Response, is_blank

__all__ = ["TypedMarking"]

# as many digits as the channel lets through
_LARGEST = 10**40


@dataclass
class TypedMarking:
    """
    What a student gave for *answer*, and what reading and marking it found.

    Args:
        given: text or a plain Python value.
    """

    answer: Answer
    given: object
    blank: bool = field(default=False, init=False)
    response: Response = field(default=None, init=False)
    verdict: Verdict | None = field(default=None, init=False)

    def judge(self) -> Verdict:
        """
        Read and mark.

        Raises:
            Malformed: the response has not the form asked for.
        """
        if is_blank(self.given):
            self.blank = True
            self.verdict = Verdict(0.0)
        else:
            _printable(self.given)
            self.response = self.answer.read(self.given)
            # fields that are there and all open
            self.blank = isinstance(self.response, dict) and all(v is None for v in self.response.values())
            self.verdict = Verdict(0.0) if self.blank else self.answer.mark(self.response)
        return self.verdict


def _printable(value: object) -> None:
    """
    Refuse integers so long that Python will not print them or turn them into a float: they pass as hexadecimals.

    Raises:
        Malformed: there is one in *value*.
    """
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise Malformed("holds an absurdly large number")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        for item in value:
            _printable(item)


__all__ += ["Malformed"]
