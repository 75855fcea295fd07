"""What `build --format nbgrader` writes, and what stands when it writes again."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dlexam.cli import app
from papers.course import build_course
from question_bank import DlexamError
from tests.nbgrader.alone import Course, exam

TYPED = ["gradient_descent/updates_per_epoch", "gradient_descent/expand_abbreviation"]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path / "course", exam(closed=[*TYPED, "gradient_descent/numpy_step"]), ("s1", "s2"))


def test_layout(course: Course) -> None:
    """Sources where nbgrader looks, the exam where only graders do, and nobody else's permission to read it."""
    private = ("lock.json", "lock.sig", "secret", "key.html", "key.csv")
    hidden = "hidden_tests/gradient_descent/numpy_step/hidden_test.py"
    assert set(snapshot(course.folder)) == {
        "nbgrader_config.py",
        "source/lab-1/closed.ipynb",
        "dlexam/lab-1/students.csv",
        *(f"dlexam/lab-1/private/{name}" for name in (*private, hidden)),
    }
    assert stat.S_IMODE((course.folder / "dlexam/lab-1/private").stat().st_mode) == 0o700


def test_again(course: Course) -> None:
    """Built again, every byte is the same; a student who came late has a paper then."""
    before = snapshot(course.folder)
    assert course.build() == ()
    assert snapshot(course.folder) == before
    course.roster = [*course.roster, type(course.roster[0])("s3", "늦은 학생")]
    course.build()
    assert [student.id for student in course.lock.students] == ["s1", "s2", "s3"]
    assert snapshot(course.folder)["source/lab-1/closed.ipynb"] == before["source/lab-1/closed.ipynb"]


def test_a_hidden_region_holds_no_answer(course: Course) -> None:
    """What a region names is exam, slot, variant and a hash; solutions stand in solution regions alone."""
    notebook = json.loads((course.folder / "source/lab-1/closed.ipynb").read_bytes())
    [slot, *_] = course.lock.slots
    check = next("".join(cell["source"]) for cell in notebook["cells"] if cell["id"] == "closed-01-check")
    lines = check.splitlines()
    assert lines[0] == "### BEGIN HIDDEN TESTS"
    assert lines[3].startswith(f'check_form = marking(globals(), "lab-1/closed-01/{slot.pool[0].code}", "')
    assert lines[4:] == ["### END HIDDEN TESTS", 'check_form("q01")']


def test_forms(tmp_path: Path) -> None:
    """Several forms are as many assignments, dealt equally often; who has which stands in forms.csv."""
    course = Course(tmp_path / "course", exam(closed=TYPED), ("s1", "s2", "s3", "s4"), forms=2)
    names = [course.assignment_of(student.id) for student in course.roster]
    assert sorted(names) == ["lab-1-A", "lab-1-A", "lab-1-B", "lab-1-B"]
    assert {path.name for path in (course.folder / "source").iterdir()} == {"lab-1-A", "lab-1-B"}
    told = (course.folder / "dlexam/lab-1/forms.csv").read_text(encoding="utf-8-sig")
    for student, name in zip(course.roster, names, strict=True):
        assert f"{student.id},{student.name},,{name}" in told
    for student in course.lock.students:
        assert len(set(student.deal.values())) == 1, "a form has its own variant of every slot"


def test_one_form_says_nothing_of_differences(course: Course) -> None:
    """Where all get one paper, the instructions do not say that numbers differ."""
    text = (course.folder / "source/lab-1/closed.ipynb").read_text(encoding="utf-8")
    assert "학생마다 다르다" not in text
    assert "학번" not in text


def test_a_course_in_use(tmp_path: Path) -> None:
    """A course keeps its own configuration, and the build says what is to be added to it."""
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    course = Course(folder, exam(closed=TYPED), ("s1",))
    assert (folder / "nbgrader_config.py").read_text(encoding="utf-8") == "c = get_config()\n"
    [warning] = course.build()
    assert warning == (
        "nbgrader_config.py is the course's own and was left alone; it needs "
        "`from grader.nbgrader.configure import configure` and `configure(c)`"
    )


@pytest.mark.parametrize("forms", [1, 2])
def test_an_assignment_of_that_name(forms: int, tmp_path: Path) -> None:
    """Another assignment of the exam's name is never written over."""
    theirs = tmp_path / "source" / ("lab-1" if forms == 1 else "lab-1-B")
    theirs.mkdir(parents=True)
    with pytest.raises(DlexamError) as e:
        Course(tmp_path, exam(closed=TYPED), ("s1",), forms=forms)
    assert str(e.value) == f"{theirs}: is an assignment that was not built here; give the exam another id"
    assert snapshot(tmp_path) == {}


def test_other_forms_than_before(course: Course) -> None:
    """The number of forms cannot change after a build."""
    before = snapshot(course.folder)
    with pytest.raises(DlexamError) as e:
        build_course(course.exam, course.roster, course.folder, course.bank, forms=3)
    place = course.folder / "dlexam" / "lab-1"
    assert str(e.value) == f"{place}: was built with --forms 1, not 3; give --forms 1"
    assert snapshot(course.folder) == before


def test_from_the_command_line(tmp_path: Path) -> None:
    """`dlexam build --format nbgrader` says what to run next and what to keep."""
    (tmp_path / "exam.toml").write_text(
        '[exam]\nid = "quiz"\ntitle = "Quiz"\ndate = 2025-04-23\nlanguage = "en"\n'
        '[[part]]\nname = "closed"\nminutes = 50\n[[part.slot]]\nquestion = "gradient_descent/updates_per_epoch"\n',
        encoding="utf-8",
    )
    (tmp_path / "roster.csv").write_text("id,name\ns1,Kim\n", encoding="utf-8")
    files = [str(tmp_path / "exam.toml"), "-r", str(tmp_path / "roster.csv"), "-o", str(tmp_path / "c")]
    done = CliRunner().invoke(app, ["build", *files, "--format", "nbgrader"])
    assert done.exit_code == 0
    assert "nbgrader generate_assignment quiz --force" in done.output.replace("\n", " ").replace("  ", " ")
    refused = CliRunner().invoke(app, ["build", *files, "--forms", "2"])
    assert isinstance(refused.exception, DlexamError)
    assert "add --format nbgrader, or leave out --forms" in str(refused.exception)
