"""What happens to an nbgrader course after its release: mended questions, forms, assignments of other making."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grader.demo.answers import right
from question_bank.bank import QUESTIONS
from tests.nbgrader.alone import Answers, Course, exam

pytestmark = pytest.mark.slow

NUMBER, TERM, CODE = (
    "gradient_descent/updates_per_epoch",
    "gradient_descent/expand_abbreviation",
    "gradient_descent/numpy_step",
)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank that can be mended."""
    folder = tmp_path / "bank"
    for id in (NUMBER, TERM, CODE):
        shutil.copytree(QUESTIONS / id, folder / id)
    return folder


def test_mended_after_release(bank: Path, tmp_path: Path) -> None:
    """A hidden test and a sentence mended after release count once the sources are built and released again."""
    course = Course(tmp_path / "course", exam(closed=[NUMBER, CODE]), ("s1",), bank=bank)
    course.nbgrader("generate_assignment", "lab-1")
    course.hand_in("s1", Answers(right))
    course.nbgrader("autograde", "lab-1")
    assert course.points("s1") == {"closed-01": 2, "closed-02": 4}
    before = course.lock

    # the first test of three fails everybody now
    file = bank / CODE / "hidden_test.py"
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("def test_"))
    lines.insert(first + 2, "    fail()")
    file.write_text("\n".join(lines), encoding="utf-8")
    course.nbgrader("autograde", "lab-1", "--force")
    assert course.points("s1") == {"closed-01": 2, "closed-02": 4}, "what was built is frozen"

    [told] = course.build()
    assert told == f"closed-02: the hidden test of {CODE} has changed: mark again"
    course.nbgrader("autograde", "lab-1", "--force")
    assert course.points("s1") == {"closed-01": 2, "closed-02": None}, (
        "the old release no longer fits: a person must see"
    )

    course.nbgrader("generate_assignment", "lab-1", "--force")
    course.nbgrader("autograde", "lab-1", "--force")
    points = course.points("s1")
    assert points["closed-01"] == 2
    assert points["closed-02"] is not None
    assert 0 < points["closed-02"] < 4
    assert course.lock.slots[0] == before.slots[0]
    assert course.build() == ()


def test_forms(tmp_path: Path) -> None:
    """Each student's own form is marked by its own variants."""
    course = Course(tmp_path / "course", exam(closed=[NUMBER, TERM]), ("s1", "s2", "s3"), forms=3)
    for name in ("lab-1-A", "lab-1-B", "lab-1-C"):
        course.nbgrader("generate_assignment", name)
    for student in ("s1", "s2", "s3"):
        course.hand_in(student, Answers(right))
    for name in ("lab-1-A", "lab-1-B", "lab-1-C"):
        course.nbgrader("autograde", name)
    for student in ("s1", "s2", "s3"):
        assert course.points(student) == {"closed-01": 2, "closed-02": 1}


def test_an_assignment_of_other_making(tmp_path: Path) -> None:
    """In the same course, one of nbgrader's own assignments is released, marked and shown as ever."""
    course = Course(tmp_path / "course", exam(closed=[NUMBER]), ("s1",))

    def cell(source: str, id: str, **role: object) -> object:
        about = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False, **role}
        return new_code_cell(source, metadata={"nbgrader": {**about, "grade_id": id}})

    answer = cell("def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", "f", solution=True)
    check = cell(
        "### BEGIN HIDDEN TESTS\nassert f() == 1\n### END HIDDEN TESTS", "f-test", grade=True, locked=True, points=3
    )
    theirs = course.folder / "source" / "theirs"
    theirs.mkdir()
    (theirs / "a.ipynb").write_text(json.dumps(new_notebook(cells=[answer, check])), encoding="utf-8")
    course.nbgrader("generate_assignment", "theirs")
    released = json.loads((course.folder / "release/theirs/a.ipynb").read_bytes())
    assert "raise NotImplementedError()" in "".join(released["cells"][0]["source"])
    for student, source, points in (("s1", "def f():\n    return 1", 3), ("s2", "def f():\n    return 2", 0)):
        folder = course.folder / "submitted" / student / "theirs"
        folder.mkdir(parents=True)
        released["cells"][0]["source"] = source
        (folder / "a.ipynb").write_text(json.dumps(released), encoding="utf-8")
        course.nbgrader("autograde", "theirs", "--student", student)
        assert course.exported()[student]["score"] == str(float(points))
