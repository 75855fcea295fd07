"""`build --format nbgrader`, run by nbgrader's own commands: the short round."""

from __future__ import annotations

import pytest

from grader.demo.answers import leave, right, wrong
from tests.nbgrader.alone import Answers, Course, exam


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Two students' answers to typed and numpy questions, released, marked and given back."""
    plan = exam(
        closed=[
            "gradient_descent/updates_per_epoch",
            "gradient_descent/expand_abbreviation",
            "losses/can_be_a_loss",
            "validation/sorted_data",
            "gradient_descent/numpy_step",
        ]
    )
    course = Course(tmp_path_factory.mktemp("alone") / "course", plan, ("s1", "s2"))
    course.nbgrader("generate_assignment", "lab-1")
    course.hand_in("s1", Answers(right))
    course.hand_in("s2", Answers(wrong, {"closed-01": leave}))
    course.nbgrader("autograde", "lab-1")
    course.nbgrader("generate_feedback", "lab-1")
    return course


def test_right_answers(course: Course) -> None:
    """Right answers earn all points, and an essay waits for a person."""
    assert course.points("s1") == {"closed-01": 2, "closed-02": 1, "closed-03": 2, "closed-04": None, "closed-05": 4}


def test_mistakes(course: Course) -> None:
    """A blank and two named mistakes, one of them found by a hidden pytest test, earn nothing."""
    assert course.points("s2") == {"closed-01": 0, "closed-02": 0, "closed-03": 2, "closed-04": None, "closed-05": 0}


def test_feedback(course: Course) -> None:
    """A student reads authored lines, and nothing of a hidden region or of the notebook's tools."""
    page = course.feedback("s2", "closed")
    assert "무응답" in page
    assert "글자의 뜻을 풀어 쓰지 않았다." in page
    assert "반환한 가중치가 모두 같다." in page
    for secret in ("HIDDEN", "marking(", "hidden_test", "dlexam/", "form_checker"):
        assert secret not in page
