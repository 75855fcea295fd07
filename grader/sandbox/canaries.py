"""
Canaries: before a batch, a hostile submission of our own tries the walls that the students' will get.

Each canary is one try, made by `hostile.py` in a session like any other; what it did to the world outside is looked
at from here. One that gets through where the tier promises that it can't stops the batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from question_bank.errors import DlexamError

from .errors import SandboxBroken, StudentError, clean
from .outside import outside_of
from .session import Session
from .tiers import Isolation
from .zygote import Zygote

__all__ = ["CANARIES", "Canary", "promises", "require", "send"]

SECONDS = 30.0
HOSTILE = Path(__file__).with_name("hostile.py")
WALLS = Isolation.BUBBLEWRAP, Isolation.LANDLOCK
SPACES = (Isolation.BUBBLEWRAP,)
# What is tried, and which tiers promise that it fails: the only place where this is said. docs/security.md repeats it.
CANARIES: Mapping[str, tuple[str, tuple[Isolation, ...]]] = {
    "read_hidden_test": ("read the hidden tests or the lock", WALLS),
    "import_our_code": ("import question_bank, papers, grader or dlexam", WALLS),
    "read_other_submission": ("read another submission", WALLS),
    "read_other_memory": ("read the memory of another process", WALLS),
    "read_other_environment": ("read the environment or the command line of another process", WALLS),
    "connect_by_tcp": ("connect by TCP", WALLS),
    "send_by_udp": ("send by UDP", WALLS),
    "connect_by_path": ("connect to a socket by its path", WALLS),
    "write_outside": ("write outside its folder", WALLS),
    "change_mode_outside": ("change the mode of a file outside", WALLS),
    "limit_other_process": ("change the limits of another process", WALLS),
    "end_other_process": ("end another process", WALLS),
    "gain_privileges": ("be root, or gain a privilege", WALLS),
    "fork_past_limit": ("start more processes than its limit", WALLS),
    "allocate_past_limit": ("take more memory than its limit", WALLS),
    "write_past_limit": ("write a larger file than its limit", WALLS),
    "fill_past_limit": ("write more than its limit in many files", SPACES),
    "open_past_limit": ("open more files than its limit", WALLS),
    "outlive": ("outlive the end of its session", WALLS),
    "see_processes": ("see that other processes exist", SPACES),
}


@dataclass(frozen=True)
class Canary:
    """
    One try.

    Args:
        what: what it tried to do.
        promised: whether the tier promises that this fails; if not, it was not tried.
        held: whether it failed.
        seen: what it saw: a refusal, or what it got.
    """

    what: str
    promised: bool
    held: bool
    seen: str


def promises(isolation: Isolation) -> list[str]:
    """The names of the canaries that *isolation* promises to hold."""
    return [name for name, (_, tiers) in CANARIES.items() if isolation in tiers]


def require(isolation: Isolation, *, hidden: Iterable[Path] = (), submissions: Iterable[Path] = ()) -> None:
    """
    Send all canaries that *isolation* promises to hold: under a second. A tier without promises is not tried.

    Args:
        hidden: files beside the tests that no submission may read.
        submissions: files of students.

    Raises:
        DlexamError: one got through, or they did not come back.
    """
    if not promises(isolation):
        return
    sent = send(isolation, hidden=hidden, submissions=submissions)
    through = [canary for canary in sent if canary.promised and not canary.held]
    if through:
        raise DlexamError(
            f"the walls ({isolation}) have a hole, so nothing was graded: a canary could "
            + "; ".join(f"{canary.what} ({canary.seen})" for canary in through),
            mend="`dlexam doctor` shows every canary; report this with its output",
        )


def send(
    isolation: Isolation,
    *,
    hidden: Iterable[Path] = (),
    submissions: Iterable[Path] = (),
    tries: Iterable[str] | None = None,
    zygote: Zygote | None = None,
) -> list[Canary]:
    """
    Send canaries and say what became of each.

    Args:
        isolation: whose promises are tried.
        hidden: files beside the tests that no submission may read.
        submissions: files of students.
        tries: which canaries; default: those that are promised.
        zygote: where they run; default: one that is made for them.

    Raises:
        DlexamError: they did not come back, so that nothing is known.
    """
    promised = promises(isolation)
    chosen = promised if tries is None else list(tries)
    own = Zygote(isolation, preload=False) if zygote is None else zygote
    try:
        found = _flown(own, chosen, list(hidden), list(submissions))
    except (SandboxBroken, StudentError, OSError) as error:
        raise DlexamError(
            f"the canaries did not come back from the walls ({isolation}): {error}", mend="run dlexam doctor"
        ) from None
    finally:
        if zygote is None:
            own.close()
    sent = []
    for name, (what, _) in CANARIES.items():
        if name in chosen:
            through, seen = found.get(name, (True, "no answer"))
            sent.append(Canary(what, name in promised, not through, clean(seen, 200).replace("\n", " ")))
        else:
            sent.append(Canary(what, False, False, f"not promised by {isolation}"))
    return sent


def _flown(zygote: Zygote, tries: Sequence[str], hidden: list[Path], submissions: list[Path]) -> dict[str, Any]:
    """Whether each try got through, by its own word and by what is seen outside."""
    with ExitStack() as stack:
        outside = stack.enter_context(outside_of(zygote))
        sibling = stack.enter_context(zygote.session({outside.given["name"]: outside.given["secret"].encode()}))
        home = sibling.scratch
        sibling_file = [] if home is None else [str(home / "work" / outside.given["name"])]
        given = outside.given | {
            "tries": list(tries),
            "hidden": [str(path) for path in (*hidden, *outside.hidden)],
            "submissions": [*map(str, submissions), *outside.given["submissions"], *sibling_file],
        }
        with zygote.session() as session:
            found = _asked(session, given)
        # the session is closed: nothing of it may live now
        for name, seen in outside.traces().items():
            if name in tries:
                found[name] = (True, seen)
        return found


def _asked(session: Session, given: dict[str, Any]) -> dict[str, Any]:
    laid = session.run(HOSTILE.read_text(encoding="utf-8"), seconds=SECONDS, seed=0)
    if not laid.ok:
        raise SandboxBroken(f"{laid.error_type}: {laid.message}")
    said = session.call("attempt", [given], seconds=SECONDS, seed=0)
    if not isinstance(said, dict):
        raise SandboxBroken("they answer nonsense")
    found = {}
    for name, answer in said.items():
        match answer:
            case [bool(through), str(seen)]:
                found[str(name)] = (through, seen)
    return found
