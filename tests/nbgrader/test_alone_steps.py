"""The steps that `configure` puts into nbgrader's pipelines, and what a hidden region calls."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import determine_grade
from traitlets.config import Config

from grader.marking import Mark
from grader.nbgrader.configure import configure
from grader.nbgrader.lines import lines
from grader.nbgrader.preprocess import OURS, OnlyOurMarks
from grader.nbgrader.quiet import quiet
from grader.results.records import CheckResult, Outcome
from papers.lock import PooledVariant
from question_bank import Number, Texts

SAID = new_output("display_data", data={"text/plain": "정답"}, metadata={"dlexam": {"outcome": "right"}})
STDERR = new_output("stream", name="stderr", text="UserWarning: noise")


def number(text: str) -> Any:
    return new_output("execute_result", data={"text/plain": text})


def check(outputs: list[Any], source: str = OURS) -> Any:
    about = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "grade_id": "a", "points": 3}
    return new_code_cell(source, outputs=outputs, metadata={"nbgrader": about})


class TestOnlyOurMarks:
    @pytest.mark.parametrize(
        "outputs",
        [
            [],
            [SAID],
            [number("2.0")],
            [new_output("stream", name="stdout", text="3.0")],
            *(
                [SAID, number(text)]
                for text in ("nan", "-3", "True", "np.float64(3.0)", "tensor(3.)", "inf", "3.0000001")
            ),
            [new_output("error", ename="CellTimeoutError", evalue="", traceback=[])],
        ],
    )
    def test_fails_closed(self, outputs: list[Any]) -> None:
        """What is not our lines and a number of points is 0, which nbgrader itself often takes for full marks."""
        cell, _ = OnlyOurMarks().preprocess_cell(check(outputs), {}, 0)
        assert determine_grade(cell) == (0, 3)

    def test_noise_costs_nothing(self) -> None:
        """Lines on stderr, of a student's thread or of C code that is late, do not count."""
        noisy = [STDERR, new_output("stream", name="stdout", text="7"), SAID, STDERR, number("1.5"), STDERR]
        cell, _ = OnlyOurMarks().preprocess_cell(check(noisy), {}, 0)
        assert determine_grade(cell) == (1.5, 3)
        assert cell.outputs == [SAID, number("1.5")]

    def test_tracebacks_go(self) -> None:
        """A traceback in a check, which would print the hidden region, is never shown."""
        error = new_output("error", ename="E", evalue="secret", traceback=["### BEGIN HIDDEN TESTS", "secret"])
        cell, _ = OnlyOurMarks().preprocess_cell(check([error]), {}, 0)
        assert "secret" not in str(cell.outputs)

    def test_others_are_left(self) -> None:
        """A test cell of other making keeps what it printed."""
        cell, _ = OnlyOurMarks().preprocess_cell(check([STDERR], "### BEGIN HIDDEN TESTS\nassert x"), {}, 0)
        assert cell.outputs == [STDERR]


class TestConfigure:
    def test_time_limits(self) -> None:
        """A cell may run as long as in `dlexam grade`, a check of ours for five calls; a course's own limit counts."""
        ours, other = check([]), new_code_cell("x = 1")
        for limit, expected in ((None, 60), (20, 20)):
            c = Config()
            if limit is not None:
                c.ExecutePreprocessor.timeout = limit
            configure(c)
            assert c.ExecutePreprocessor.timeout_func(other) == expected
            assert c.ExecutePreprocessor.timeout_func(ours) == 5 * expected


class TestQuiet:
    def test_nothing_is_heard(self, capfd: pytest.CaptureFixture[str]) -> None:
        """Neither Python's streams nor the file descriptors below them let anything through, and both come back."""
        with quiet():
            print("noise")
            print("noise", file=sys.stderr)
            os.write(1, b"noise")
            os.write(2, b"noise")
            subprocess.run([sys.executable, "-c", "print('noise')"], check=True)
        os.write(2, b"heard")
        assert capfd.readouterr() == ("", "heard")


def variant(**texts: Any) -> PooledVariant:
    both = {language: Texts("t", "p", "e", **texts) for language in ("ko", "en")}
    return PooledVariant(code="A2B", seed=1, parameters={}, answer=Number(3.0), texts=both)


class TestLines:
    def test_a_code_answer(self) -> None:
        """Each check has its line; a mistake is told once, at the first check that shows it; no reason is told."""
        checks = tuple(
            CheckResult(id=id, share=1, passed=passed, mistake=mistake, reason="values differ")
            for id, passed, mistake in (("test_a", True, None), ("test_b", False, "m"), ("test_c", False, "m"))
        )
        texts = {"checks": {"test_a": "A", "test_b": "B", "test_c": "C"}, "mistakes": {"m": "Told\nonce."}}
        mark = Mark(Outcome.PARTLY, 1 / 3, checks, mistake="m", reason="values differ")
        assert lines(mark, variant(**texts), 4, ("en",)) == (
            "**Partly right** · 1.33 / 4 points\n- ✓ A\n- ✗ B — Told once.\n- ✗ C"
        )

    def test_a_typed_answer_in_two_languages(self) -> None:
        """The sentence of a mistake, in each language of the paper."""
        mark = Mark(Outcome.WRONG, 0.0, mistake="m", read_as=7)
        assert lines(mark, variant(mistakes={"m": "Told."}), 1, ("ko", "en")) == (
            "**오답** · 0 / 1점\n- Told.\n\n**Not right** · 0 / 1 point\n- Told."
        )

    def test_an_open_mark(self) -> None:
        """What waits for a person has no number."""
        told = lines(Mark(Outcome.NEEDS_REVIEW, None), variant(), 2, ("en",))
        assert told.splitlines()[0] == "**Being reviewed** · ? / 2 points"


def test_outside_a_course(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A hidden region that finds no exam never raises: it ends in a Python float, and says that the mark is open."""
    from grader.nbgrader import cell

    class Shell:
        starting_dir = str(tmp_path)
        last_execution_result = None

    shown: list[Any] = []
    monkeypatch.setattr(cell, "get_ipython", Shell)
    monkeypatch.setattr(cell, "publish_display_data", lambda data, metadata: shown.append(metadata["dlexam"]))
    points = cell.marking({}, "lab-1/closed-01/A2B", "0" * 12)("q01")
    assert type(points) is float
    assert points == 0
    assert shown[0]["outcome"] == "grader error"
    assert shown[0]["points"] is None
    assert "no course above holds dlexam/lab-1" in shown[0]["reason"]
