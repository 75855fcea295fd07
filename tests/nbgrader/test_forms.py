"""Our results in a course that `dlexam build --format nbgrader` made, one assignment a form."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from grader.batch.batch import grade_batch
from grader.nbgrader.export import export_to_nbgrader
from grader.nbgrader.gradebook import open_course
from grader.nbgrader.imports import import_from_nbgrader
from grader.sandbox import Isolation
from papers import load_lock
from papers.course import build_course, exam_folder, form_of
from papers.exam import Exam
from papers.roster import Student
from question_bank import DlexamError, load_bank


@pytest.mark.slow
def test_each_form_is_an_assignment(tmp_path):
    """Everybody's marks go to the assignment of their form, whose source stays as it was built."""
    from nbgrader.api import Gradebook

    slots = [{"question": "dense_layers/count_weights"}, {"question": "validation/sorted_data"}]
    part = {"name": "closed", "minutes": 20, "slot": slots}
    plan = {"id": "lab-2", "title": "Lab", "date": "2025-04-23", "language": "en", "part": [part]}
    exam, course = Exam.model_validate(plan), tmp_path / "course"
    roster = [Student(f"s{i}", f"Name {i}") for i in range(4)]
    build_course(exam, roster, course, load_bank(), forms=2)
    out = exam_folder(course, "lab-2")
    lock = load_lock(out)
    names = {student.id: ("lab-2-A", "lab-2-B")[form_of(lock, student.id)] for student in lock.students}
    assert len(set(names.values())) == 2
    for student, name in names.items():
        source = json.loads((course / "source" / name / "closed.ipynb").read_bytes())
        for cell in source["cells"]:
            if cell["id"] == "closed-01-answer":
                cell["source"] = f"q01 = {lock.variant(student, 'closed-01').answer.right()}"
        folder = course / "submitted" / student / name
        folder.mkdir(parents=True)
        (folder / "closed.ipynb").write_text(json.dumps(source), "utf-8")
    grade_batch(out, course, tmp_path / "results", isolation=Isolation.PROCESS, jobs=1)
    before = {path: path.read_bytes() for path in course.glob("source/**/*.ipynb")}
    with pytest.raises(
        DlexamError, match=r"'lab-2-A' is not in it yet; run `nbgrader generate_assignment lab-2-A` there"
    ):
        export_to_nbgrader(tmp_path / "results", course)
    for name in ("lab-2-A", "lab-2-B"):
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", name]
        subprocess.run(command, cwd=course, check=True, capture_output=True, timeout=300)
    exported = export_to_nbgrader(tmp_path / "results", course)
    assert (exported.assignments, exported.submitted, exported.notes) == (("lab-2-A", "lab-2-B"), 4, ())
    assert {path: path.read_bytes() for path in before} == before
    folder = open_course(course)
    with Gradebook(f"sqlite:///{folder.gradebook}", folder.course_id) as gradebook:
        for student, name in names.items():
            assert gradebook.find_submission(name, student).score == 2
            assert [s.name for s in gradebook.student_submissions(student)] == [name]
        gradebook.find_grade("closed-02-answer", "closed", names["s3"], "s3").manual_score = 1
        gradebook.db.commit()
    [imported] = import_from_nbgrader(course)
    assert imported.new == (("s3", "closed-02"),)
    assert export_to_nbgrader(tmp_path / "results", course).rows > 0
    assert export_to_nbgrader(tmp_path / "results", course).rows == 0
