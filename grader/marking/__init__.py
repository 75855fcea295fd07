"""From one answer to one mark: every mark comes from pytest, in the trusted process."""

from grader.marking.bench import Bench, Here
from grader.marking.direct import Direct
from grader.marking.local import LocalStudent
from grader.marking.mark import Mark, mark_code, mark_typed
from grader.marking.remote import SandboxStudent

__all__ = ["Bench", "Direct", "Here", "LocalStudent", "Mark", "SandboxStudent", "mark_code", "mark_typed"]
