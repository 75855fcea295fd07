"""A session in this very process, without walls: for practice, and for nbgrader alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import claims
from .asking import Asking
from .errors import SandboxBroken, StudentRaised
from .inside import codec
from .inside.requests import Requests

__all__ = ["LocalSession"]


class LocalSession(Asking):
    """
    Asks *names*, such as the `globals()` of a notebook, what a `Session` asks its child.

    Requests and answers are packed and read as on the channel: arguments are copies, results are plain data
    within the same limits, faults are the same `StudentError`s. There are no walls and no time limits, so this
    is for code that its own author runs, or that nbgrader has let in anyway.
    """

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._requests = Requests(names)

    def _ask(self, verb: str, seconds: float, **content: Any) -> Any:  # noqa: ARG002
        try:
            request = codec.loop({"do": verb, **content})
        except codec.UnsendableError as error:
            raise SandboxBroken(f"the request cannot be sent: {error}") from None
        answer = self._requests.answer(request)
        try:
            reply = codec.loop(answer)
        except codec.UnsendableError as error:
            reply = {"not_plain": str(error)}
        try:
            return claims.opened(reply)
        except StudentRaised as error:
            if error.type_name == "KeyboardInterrupt":
                # the notebook's stop button, which must stop more than one call
                raise KeyboardInterrupt from None
            raise
