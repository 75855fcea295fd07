"""The only place where student code runs, and the channel to it."""

from .asking import Asking, Value
from .detection import detect
from .errors import (
    ChildDied,
    ChildLost,
    ChildTimedOut,
    NameMissing,
    NotPlain,
    ProtocolBroken,
    SandboxBroken,
    StudentError,
    StudentRaised,
)
from .inside.codec import RemoteObject
from .local import LocalSession
from .session import CellResult, Session
from .tiers import Detection, Isolation, Limits
from .zygote import Zygote

__all__ = [
    "Asking",
    "CellResult",
    "ChildDied",
    "ChildLost",
    "ChildTimedOut",
    "Detection",
    "Isolation",
    "Limits",
    "LocalSession",
    "NameMissing",
    "NotPlain",
    "ProtocolBroken",
    "RemoteObject",
    "SandboxBroken",
    "Session",
    "StudentError",
    "StudentRaised",
    "Value",
    "Zygote",
    "detect",
]
