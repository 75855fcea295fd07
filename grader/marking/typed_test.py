"""The one hidden test of every typed answer."""

from grader.marking.typed import TypedMarking


def test_answer(marking: TypedMarking) -> None:
    """What was given, read by the rules of its kind, earns full credit."""
    assert marking.judge().credit == 1
