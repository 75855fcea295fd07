"""What a long command shows while it runs, and what Ctrl-C leaves."""

from __future__ import annotations

import pytest

from dlexam.progress import Stopped, grading


def test_students_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    """The bar says how many students are done, of how many, how fast, and how long it will take."""
    with grading() as report:
        for done in range(1, 4):
            report(f"s{done}", done, 4)
    said = capsys.readouterr().err
    assert "3/4 students" in said
    assert "left" in said
    assert "/s" in said or "/min" in said


def test_an_interrupt_says_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C becomes one sentence that tells what is kept."""
    with pytest.raises(Stopped, match="what is finished is kept: run the same command again"), grading() as report:
        report("s1", 1, 4)
        raise KeyboardInterrupt
    assert "Traceback" not in capsys.readouterr().err
