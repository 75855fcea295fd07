"""The only place where student code runs, and the channel to it."""

from .bubblewrap import detect
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
from .session import CellResult, Session, Value
from .tiers import Detection, Isolation, Limits
from .zygote import Zygote

__all__ = [
    "CellResult",
    "ChildDied",
    "ChildLost",
    "ChildTimedOut",
    "Detection",
    "Isolation",
    "Limits",
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
