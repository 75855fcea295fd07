"""Calibration: chance may decide about no listed response, and the page says so in numbers."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.bank_exam.calibration import Calibration, Row, Spread, Trial, calibrate, sources_hash, trains
from grader.bank_exam.calibration_page import calibrate_into, merged, section
from grader.sandbox import Isolation
from question_bank import DlexamError, Question, load_bank
from question_bank.checks import Measured

PAGE = Path(__file__).parents[2] / "docs" / "calibration.md"
TRAINING = [question for question in load_bank() if trains(question)]


def spread(values: Sequence[float], threshold: float = 0.8, *, at_least: bool = True) -> Spread:
    return Spread("test_a", "accuracy", threshold, at_least, tuple(values))


def row(values: Sequence[float], *, credit: float = 1, threshold: float = 0.8, why: str = "one") -> Row:
    """A response whose one check holds each of *values* against the threshold."""
    trials = []
    for seed, value in enumerate(values):
        measured = Measured("accuracy", value, threshold, at_least=True)
        earned = float(measured.passed)
        passed = {"test_a": measured.passed}
        outcome = "right" if measured.passed else "wrong"
        trials.append(Trial(why, seed, earned, outcome, None, passed, (("test_a", measured),), 1.5))
    return Row(why, credit, tuple(trials))


def calibration(*rows: Row) -> Calibration:
    return Calibration("topic/name", 3, ("test_a",), rows, "0123456789ab", Isolation.PROCESS)


class TestSpread:
    def test_margin(self) -> None:
        """Standard deviations of the sample from the threshold, positive on the side that passes."""
        values = [0.88, 0.90, 0.92]
        assert spread(values).deviation == pytest.approx(0.02)
        assert spread(values).margin == pytest.approx(5)
        assert spread(values, 1.0).margin == pytest.approx(-5)
        assert spread(values, at_least=False).margin == pytest.approx(-5)
        assert spread(values, 1.0, at_least=False).margin == pytest.approx(5)

    def test_passes(self) -> None:
        """The threshold itself passes."""
        assert spread([0.7, 0.8, 0.9]).passes == 2
        assert spread([0.7, 0.8, 0.9], at_least=False).passes == 2

    def test_no_chance(self) -> None:
        """Equal values lie infinitely far from any other threshold, and not at all from their own."""
        assert spread([0.9, 0.9]).margin == math.inf
        assert spread([0.5, 0.5]).margin == -math.inf
        assert spread([0.8, 0.8]).margin == 0

    def test_one_value(self) -> None:
        """A single value has no deviation and no margin."""
        assert math.isnan(spread([0.9]).deviation)
        assert math.isnan(spread([0.9]).margin)


class TestProblems:
    def test_far_on_either_side(self) -> None:
        """Always right with a wide margin, or always wrong with one: nothing to say."""
        assert list(row([0.90, 0.91, 0.92]).problems()) == []
        assert list(row([0.1, 0.2, 0.3], credit=0).problems()) == []
        assert list(row([0.5, 0.5, 0.5], credit=0).problems()) == []

    def test_narrow(self) -> None:
        """Always right, but less than 4 sd away."""
        assert list(row([0.81, 0.83, 0.85]).problems()) == ["test_a: accuracy lies 1.5 sd from 0.8"]
        assert list(row([0.8, 0.8, 0.8]).problems()) == ["test_a: accuracy lies 0.0 sd from 0.8"]

    def test_grey(self) -> None:
        """Passing now and then is named, with the first seed whose credit is another."""
        assert list(row([0.9, 0.7, 0.9]).problems()) == [
            "seed 1: earns 0, not 1 (wrong: None)",
            "test_a: passes 2 of 3 times",
            "test_a: accuracy lies 0.3 sd from 0.8",
        ]

    def test_another_credit(self) -> None:
        """A wrong response that earns points every time is a problem however wide the margin."""
        assert list(row([0.90, 0.91, 0.92], credit=0).problems()) == ["seed 0: earns 1, not 0 (right: None)"]

    def test_no_mark(self) -> None:
        """A fault of the grader's is no verdict."""
        trial = Trial("one", 4, None, "grader error", "it broke", {}, (), 0.1)
        problems = list(Row("one", 0, (trial,)).problems())
        assert problems == ["seed 4: earns no mark, not 0 (grader error: it broke)"]


class TestPage:
    def test_section(self) -> None:
        """Numbers, signed margins and passes of each row, the best first; problems on top."""
        text = section(calibration(row([0.5, 0.5, 0.5], credit=0, why="bad"), row([0.81, 0.83, 0.85], why="good|ish")))
        lines = text.splitlines()
        assert lines[0] == "## topic/name"
        assert "process; sources `0123456789ab`." in lines[2]
        assert "- good|ish: test_a: accuracy lies 1.5 sd from 0.8" in lines
        start = lines.index("### test_a: accuracy ≥ 0.8")
        assert lines[start + 4 : start + 6] == [
            "| good\\|ish | 0.83 | 0.02 | 0.81 | 0.85 | +1.5 | 3 of 3 |",
            "| bad | 0.5 | 0 | 0.5 | 0.5 | −∞ | 0 of 3 |",
        ]
        assert lines[-2:] == ["| bad | 0 | 0 | wrong | 1.5 |", "| good\\|ish | 1 | 3 | right | 1.5 |"]

    def test_merged(self) -> None:
        """One question's section is replaced, the others stay, in order of their ids."""
        first = merged("", [calibration(row([0.9, 0.91, 0.92]))])
        other = Calibration("a/b", 2, ("test_a",), (row([0.9, 0.91]),), "ba9876543210", Isolation.PROCESS)
        both = merged(first, [other])
        assert [line for line in both.splitlines() if line.startswith("## ")] == ["## a/b", "## topic/name"]
        assert both.startswith("# Calibration of training checks\n")
        assert merged(both, [other]) == both
        again = merged(both, [calibration(row([0.1, 0.2, 0.3], credit=0))])
        assert again.count("## topic/name") == 1
        assert "0.91" in again.split("## topic/name")[0]
        assert "0.91" not in again.split("## topic/name")[1]

    def test_another_page(self, tmp_path: Path) -> None:
        """A page that holds something else is left alone, before anything is run."""
        (tmp_path / "README.md").write_text("# Mine\n")
        with pytest.raises(DlexamError, match="is no page of calibrations"):
            calibrate_into(tmp_path / "README.md", ["training/digits"])
        with pytest.raises(DlexamError, match="is no page of calibrations"):
            calibrate_into(tmp_path / "nowhere" / "page.md", ["training/digits"])
        assert (tmp_path / "README.md").read_text() == "# Mine\n"

    @pytest.mark.parametrize("question", TRAINING, ids=lambda question: question.id)
    def test_committed_page(self, question: Question) -> None:
        """Every training question was calibrated as it stands, without a problem, over 20 seeds."""
        text = PAGE.read_text(encoding="utf-8")
        parts = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
        part = parts[question.id]
        assert "**Problems**" not in part
        assert "\n20 seeds; " in part
        mend = f"dlexam check {question.id} --calibrate --to docs/calibration.md"
        assert f"sources `{sources_hash(question)}`" in part, mend


def test_nothing_to_calibrate() -> None:
    """A question that trains nothing is refused in one line."""
    with pytest.raises(DlexamError, match="no training question among these"):
        calibrate(["dense_layers/count_weights"])


QUESTION = """
from question_bank import Code, Draw, Variant, question

@question(facts=["F25"], points=2, minutes=2, book="open")
def lucky(draw: Draw) -> Variant:
    return Variant({"a": draw.integer(1, 9)}, Code("training", defines=("train",)))
"""
TEXT = "".join(
    f"{{% block {name}_{language} %}}x{{% endblock %}}\n"
    for name in ("title", "prompt", "explanation", "check_test_high")
    for language in ("ko", "en")
)
HIDDEN = '''
from question_bank.checks import assert_at_least, points


@points(1)
def test_high(student):
    """High."""
    assert_at_least(student.call("train"), 0.5, name="height")
'''
RESPONSES = """
[[response]]
why = "surely high"
answer = "import random\\n\\ndef train():\\n    return random.uniform(0.9, 1)"
credit = 1

[[response]]
why = "surely low"
answer = "def train():\\n    return 0.25"
credit = 0

[[response]]
why = "by luck"
answer = "import random\\n\\ndef train():\\n    return random.random()"
credit = 0

[[response]]
why = "crashes"
answer = "def train():\\n    return 1 / 0"
credit = 0
"""


@pytest.mark.slow
def test_the_real_path(tmp_path: Path) -> None:
    """Through processes, sandbox and hidden test: chance is found where there is chance, and nowhere else."""
    folder = tmp_path / "bank" / "games" / "lucky"
    folder.mkdir(parents=True)
    for name, text in (
        ("question.py", QUESTION),
        ("text.md.j2", TEXT),
        ("hidden_test.py", HIDDEN),
        ("responses.toml", RESPONSES),
        ("starter.py.j2", "def train():\n    ...\n"),
        ("solution.py", "def train():\n    return 0.75\n"),
    ):
        (folder / name).write_text(text)
    page = tmp_path / "page.md"
    [found] = calibrate_into(page, ["games"], seeds=8, bank=tmp_path / "bank", unsafe=True)
    rows = {row.response: row for row in found.rows}
    assert {why: row.passes("test_high") for why, row in rows.items() if why != "by luck"} == {
        "the reference solution": 8,
        "surely high": 8,
        "surely low": 0,
        "crashes": 0,
    }
    assert [s.margin for s in rows["the reference solution"].spreads] == [math.inf]
    assert rows["crashes"].spreads == ()
    assert {trial.outcome for trial in rows["crashes"].trials} == {"crashed"}
    [luck] = rows["by luck"].spreads
    assert len(set(luck.values)) == 8
    assert all(problem.startswith("by luck: ") for problem in found.problems)
    assert "by luck: test_high: height lies" in found.problems[-1]
    assert "| by luck |" in page.read_text()


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("dense_layers/count_weights", "--calibrate"), 1, "no training question among these"),
        (("training/digits", "--calibrate", "--to", "README.md"), 1, "is no page of calibrations"),
        (("training/digits", "--to", "page.md"), 2, "--to goes with --calibrate"),
    ],
)
def test_command_line(args: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    """Trouble is said at once: nothing is run for an hour first, and no other file is overwritten."""
    (tmp_path / "README.md").write_text("# Mine\n")
    command = [sys.executable, "-m", "dlexam", "check", *args]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path)
    assert done.returncode == code
    assert says in " ".join(done.stderr.split())
    assert (tmp_path / "README.md").read_text() == "# Mine\n"
