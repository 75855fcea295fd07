"""Submissions as nbgrader collects them."""

from __future__ import annotations

import json
import shutil

import pytest

from grader.submissions import read_inbox
from papers.lock import StudentPaper
from question_bank import DlexamError

STUDENTS = [StudentPaper(id=id, name=name, seat=None, deal={}) for id, name in (("a1", "김하늘"), ("b2", "Lee"))]
NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def course(tmp_path):
    """A course with two assignments, collected with timestamps; b2 handed in the first only."""
    (tmp_path / "nbgrader_config.py").touch()
    for student, assignment in (("a1", "ps1"), ("a1", "lab-1"), ("b2", "ps1"), ("stranger", "lab-1")):
        folder = tmp_path / "submitted" / student / assignment
        folder.mkdir(parents=True)
        (folder / "closed.ipynb").write_text(NOTEBOOK)
        (folder / "timestamp.txt").write_text("2025-04-23 10:00:00 UTC\n")
    return tmp_path


@pytest.mark.parametrize("path", [".", "submitted"])
def test_one_assignment_of_several(course, path):
    """The course, or its `submitted/`, gives the submissions of one assignment; the others' are nobody's concern."""
    inbox = read_inbox(course / path, STUDENTS, assignments=["lab-1"])
    [found] = inbox.found
    assert (found.student_id, [file.name for file in found.files], found.flags) == (
        "a1",
        ["closed.ipynb"],
        ("closed.ipynb: the same bytes came from stranger",),
    )
    assert [stranger.source for stranger in inbox.strangers] == ["stranger"]
    assert inbox.missing == ("b2",)


def test_an_assignment_that_nobody_handed_in(course):
    """One line names what is there instead."""
    with pytest.raises(
        DlexamError, match="nobody handed in 'lab-2'; there are submissions of lab-1, ps1; name one with"
    ):
        read_inbox(course, STUDENTS, assignments=["lab-2"])


def test_other_folders_are_read_as_before(course):
    """A folder that is no course is not looked at for assignments."""
    (course / "nbgrader_config.py").unlink()
    inbox = read_inbox(course / "submitted", STUDENTS, assignments=["lab-1"])
    assert [found.student_id for found in inbox.found] == ["a1", "b2"]
    assert len(inbox.found[0].files) == 2


@pytest.mark.slow
def test_graded_from_the_course_and_put_back(fresh):
    """A lab's life: collected by nbgrader, graded by us, back in the gradebook with its time and the student's outputs."""
    fresh.course.mkdir()
    (fresh.course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'dl-2025'\n")
    for student in ("a1", "b2"):
        folder = fresh.course / "submitted" / student / "lab-1"
        shutil.copytree(fresh.home / "in" / student, folder)
        (folder / "timestamp.txt").write_text("2025-04-23 10:00:00 UTC\n")
    other = fresh.course / "submitted" / "a1" / "ps1"
    shutil.copytree(fresh.home / "in" / "b2", other)
    shutil.rmtree(fresh.results)
    shutil.rmtree(fresh.home / "in")
    batch = fresh.grade(fresh.course)
    assert [record.status for record in batch.records] == ["graded", "graded", "missing", "missing"]
    assert not any(batch.flags.values())
    exported = fresh.export()
    assert exported.notes == ()
    with fresh.gradebook() as gradebook:
        assert str(gradebook.find_submission("lab-1", "a1").timestamp) == "2025-04-23 10:00:00"
    text = (fresh.course / "autograded" / "a1" / "lab-1" / "closed.ipynb").read_text("utf-8")
    assert "정확도 0.93" in text
