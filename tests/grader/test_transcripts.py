"""Transcripts: whole, bounded and of the right place, or not there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.marking.transcript import MOST_BYTES, Differs, Exchange, Recorder, Replayed, Tape, Transcript
from grader.results import transcripts
from grader.sandbox import (
    Asking,
    ChildDied,
    ChildTimedOut,
    NameMissing,
    NotPlain,
    RemoteObject,
    SandboxBroken,
    StudentRaised,
)

SECRET = b"s" * 32
VALUES: list[Any] = [
    None,
    True,
    -3,
    10**30,
    0.1 + 0.2,
    float("inf"),
    "글\n" * 3000,
    [1, 2.5, "a", [None]],
    list(range(100)),
    {"a": 1, 2: [True]},
    np.arange(6, dtype=np.float32).reshape(2, 3),
    np.array(3, dtype=np.int64),
    RemoteObject(4, "Dense", False, "Dense at 0x7f"),
]


class Answering(Asking):
    """A student's side that answers with what it is told to, in turn."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)

    def _ask(self, verb: str, seconds: float, **content: Any) -> Any:  # noqa: ARG002
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def recorded(*answers: Any) -> Transcript | None:
    """The transcript of `get n0`, `get n1`, … with these answers."""
    tape = Tape()
    asking = Recorder(Answering(*answers), tape)
    for number, answer in enumerate(answers):
        try:
            asking.get(f"n{number}", seconds=1)
        except Exception as error:
            assert error is answer  # noqa: PT017
    return tape.transcript("key")


def test_values_come_back_as_they_crossed() -> None:
    """Every plain value is replayed with its exact type, after a trip through the file."""
    transcript = recorded(*VALUES)
    assert transcript is not None
    [found] = transcripts.unpack(transcripts.pack({"open-01": transcript})).values()
    assert found == transcript
    replayed = Replayed(found)
    for number, value in enumerate(VALUES):
        again = replayed.get(f"n{number}", seconds=1)
        assert type(again) is type(value)
        if isinstance(value, np.ndarray):
            assert isinstance(again, np.ndarray)
            assert (again.dtype, again.shape) == (value.dtype, value.shape)
            assert (again == value).all()
        else:
            assert again == value


@pytest.mark.parametrize(
    "error",
    [NameMissing("f"), NotPlain("a set"), StudentRaised("ValueError", "no"), ChildDied("gone"), ChildTimedOut("late")],
)
def test_faults_of_the_student_come_back(error: Exception) -> None:
    """What student code did wrong is replayed as the same exception; after its end nothing answers any more."""
    transcript = recorded(error)
    assert transcript is not None
    replayed = Replayed(transcript)
    with pytest.raises(type(error)) as raised:
        replayed.get("n0", seconds=1)
    assert str(raised.value) == str(error)
    after = type(error) if isinstance(error, ChildDied | ChildTimedOut) else Differs
    with pytest.raises(after):
        replayed.get("something else", seconds=1)


def test_faults_of_ours_leave_no_transcript() -> None:
    """A sandbox that broke, or an error of our own, is never replayed: there is nothing to replay."""
    assert recorded(1, SandboxBroken("lost"), 2) is None
    assert recorded(1, ZeroDivisionError()) is None


def test_what_is_too_large_leaves_no_transcript() -> None:
    """A slot's answers are kept up to a bound, and beyond it not at all."""
    half = np.zeros(MOST_BYTES // 2, np.uint8)
    assert recorded(half) is not None
    assert recorded(half, half, 1) is None


def test_a_part_is_bounded() -> None:
    """Of the slots of a part those are stored that fit; the others run again."""
    size = transcripts.MOST_BYTES // 3
    slots = {f"open-0{n}": Transcript("key", (Exchange("0" * 64, "get n", bytes(size)),)) for n in range(5)}
    packed = transcripts.pack(slots)
    assert len(packed) < transcripts.MOST_BYTES + 10_000
    assert list(transcripts.unpack(packed)) == ["open-00", "open-01", "open-02"]


def test_another_request_differs() -> None:
    """Another verb, name, argument or order is another request; then nothing is answered, and it is remembered."""
    tape = Tape()
    asking = Recorder(Answering(1, 2), tape)
    asking.call("f", [np.arange(3.0)], seconds=5, seed=1)
    asking.get("g", seconds=5)
    transcript = tape.transcript("key")
    assert transcript is not None
    same = Replayed(transcript)
    # the time limit is no part of the question: it is part of the transcript's key
    assert same.call("f", [np.arange(3.0)], seconds=9, seed=1) == 1
    others: list[tuple[str, list[Any], int]] = [
        ("f", [np.arange(3.0)], 2),
        ("f", [np.arange(4.0)], 1),
        ("f", [np.arange(3)], 1),
        ("h", [np.arange(3.0)], 1),
    ]
    for name, arguments, seed in others:
        other = Replayed(transcript)
        with pytest.raises(Differs):
            other.call(name, arguments, seconds=5, seed=seed)
        with pytest.raises(Differs):
            other.call("f", [np.arange(3.0)], seconds=5, seed=1)
        assert other.differs


@given(st.binary(max_size=200), st.integers(0, 10_000), st.integers(1, 255))
def test_a_sealed_file_is_whole_or_nothing(payload: bytes, place: int, change: int) -> None:
    """One changed byte, a missing end, another student, part or exam: nothing is read."""
    data = transcripts.sealed(payload, SECRET, "a1", "open")
    assert transcripts.unsealed(data, SECRET, "a1", "open") == payload
    assert transcripts.unsealed(data, SECRET, "a2", "open") is None
    assert transcripts.unsealed(data, SECRET, "a1", "closed") is None
    assert transcripts.unsealed(data, b"t" * 32, "a1", "open") is None
    place %= len(data)
    edited = data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]
    assert transcripts.unsealed(edited, SECRET, "a1", "open") is None
    assert transcripts.unsealed(data[:place], SECRET, "a1", "open") is None


@given(st.binary(max_size=100))
def test_garbage_holds_no_transcripts(data: bytes) -> None:
    """What `pack` did not make is read as no transcripts, never as an error."""
    assert transcripts.unpack(data) == {}
