"""`build --format nbgrader` over a class, run by nbgrader's own commands: every kind of answer, every accident."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from grader.demo.answers import leave, partly, right, surprising, wrong
from grader.results.records import Record
from papers.lock import PooledVariant, Slot
from question_bank import Bank, Number
from tests.nbgrader.alone import Answers, Course, Notebook, exam

pytestmark = pytest.mark.slow

CLOSED = [
    *("gradient_descent/update_rule", "gradient_descent/updates_per_epoch", "gradient_descent/expand_abbreviation"),
    *("labels/loss_for_labels", "losses/can_be_a_loss", "workflow/steps", "output_layers/situation"),
    "validation/sorted_data",
]
OPEN = [
    *("gradient_descent/numpy_step", "dense_layers/drawn_network", "optimizers/repair_learning_rate"),
    "training/digits",
]
NOISE = """
import logging, os, sys, warnings
warnings.warn("noise")
logging.getLogger("noise").error("noise")
print(7)
print(-3.5, file=sys.stderr)
os.write(2, b"noise\\n")
"""


def noisy(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """Right, and loud in each cell and in each call that a hidden test makes."""
    if slot.is_essay:
        return "시끄러운 답"
    loud = NOISE.strip().replace("\n", "\n    ")
    source = right(bank, slot, variant)
    head, found, body = source.partition("):\n")
    if slot.is_code and found and "def " in head:
        source = f"{head}):\n    {loud}\n    from IPython.display import display\n    display(3.0)\n{body}"
    return f"{NOISE}\n{source}\n99.0"


def numpy_scalars(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """Right numbers of NumPy's own types; what is no number stays NaN."""
    if isinstance(variant.answer, Number):
        return f"{slot.variable} = np.float64({variant.answer.value!r})\n{slot.variable}"
    if slot.is_essay:
        return "..."
    return right(bank, slot, variant) if slot.is_code else f"{slot.variable} = float('nan')\n{slot.variable}"


def unquoted(bank: Bank, slot: Slot, variant: PooledVariant) -> str:
    """Words without quotation marks, and cells that stop after the answer."""
    source = right(bank, slot, variant)
    if slot.kind in ("term", "choice"):
        return source.replace('"', "")
    return source if slot.is_essay else f"{source}\nraise RuntimeError('stopped')"


def tampered(notebook: Notebook) -> None:
    """Given cells deleted, an answer deleted, one copied, points changed, ids lost, the order turned round."""
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    for id in ("setup", "form-check", "closed-02-check", "closed-05-answer", "open-02-answer", "open-02-check"):
        cells.pop(id, None)
    for cell in cells.values():
        if cell["id"].endswith("-check"):
            cell["source"] = "raise SystemExit"
            cell["metadata"]["nbgrader"]["points"] = 99
        if cell["id"] in ("closed-03-answer", "open-01-answer"):
            del cell["metadata"]["nbgrader"]
    copies = [{**cell, "source": "q06 = ..."} for id, cell in cells.items() if id == "closed-06-answer"]
    notebook["cells"] = [*list(cells.values())[::-1], *copies]


def overrides(notebook: Notebook) -> None:
    """A cell before all others takes the names that marking goes by."""
    source = "def check_form(*a):\n    raise ValueError('mine')\n\ngrader = marking = float = print = None\n"
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, "id": "own"}
    setup = next(i for i, cell in enumerate(notebook["cells"]) if cell["id"] == "form-check")
    notebook["cells"].insert(setup + 1, cell)


CLASS: Mapping[str, Answers] = {
    "s01": Answers(right),
    "s02": Answers(wrong),
    "s03": Answers(partly),
    "s04": Answers(surprising),
    "s05": Answers(leave),
    "s06": Answers(right, change=tampered),
    "s07": Answers(unquoted),
    "s08": Answers(noisy),
    "s09": Answers(numpy_scalars),
    "s10": Answers(right, change=overrides),
    "s11": Answers(wrong, leaves_out=("open",)),
    "s12": Answers(right, {"open-02": "import os\nos._exit(0)"}),
    "s13": Answers(right, {"open-01": "while True:\n    pass"}),
}
DIES, ESSAY = "s12", "closed-08"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = Course(tmp_path_factory.mktemp("whole") / "course", exam(closed=CLOSED, open=OPEN), tuple(CLASS))
    config = course.folder / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("configure(c)", "c.ExecutePreprocessor.timeout = 20\nconfigure(c)"), "utf-8")
    course.nbgrader("generate_assignment", "lab-1")
    for student, answers in CLASS.items():
        course.hand_in(student, answers)
    # one kernel dies, and nbgrader says so by its exit code
    course.nbgrader("autograde", "lab-1", fails=True)
    return course


@pytest.fixture(scope="module")
def records(course: Course, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Record]:
    return course.graded_here(tmp_path_factory.mktemp("here"), seconds=20)


@pytest.mark.parametrize("student", [student for student in CLASS if student != DIES])
def test_the_two_ways_agree(student: str, course: Course, records: Mapping[str, Record]) -> None:
    """Slot by slot, nbgrader's gradebook holds the points that `dlexam grade` records."""
    assert course.points(student) == {id: slot.points for id, slot in records[student].slots.items()}


def outcomes(course: Course, student: str) -> dict[str, str]:
    """By slot: the outcome that a check's output tells."""
    told = {}
    for part in ("closed", "open"):
        for id, cell in course.autograded(student, part).items():
            for output in cell.get("outputs", []):
                if "dlexam" in output.get("metadata", {}):
                    told[id.rpartition("-")[0]] = output["metadata"]["dlexam"]["outcome"]
    return told


@pytest.mark.parametrize("student", [student for student in CLASS if student not in (DIES, "s11")])
def test_the_same_outcomes(student: str, course: Course, records: Mapping[str, Record]) -> None:
    """Not only points: what became of each answer is the same, essays aside, which nbgrader has no word for."""
    here = {id: str(slot.outcome) for id, slot in records[student].slots.items() if id != ESSAY}
    assert outcomes(course, student) == here


def test_a_dead_kernel_loses_the_notebook(course: Course, records: Mapping[str, Record]) -> None:
    """
    Where a cell ends the process, nbgrader has no mark of its notebook and nothing to show of the whole submission.

    `dlexam grade` has all but that slot.
    """
    points = course.points(DIES)
    assert {id for id, earned in points.items() if earned is None} == {id for id in points if "open" in id} | {ESSAY}
    assert not (course.folder / "autograded" / DIES / "lab-1").exists()
    lost = {id for id, slot in records[DIES].slots.items() if slot.points == 0}
    assert lost == {"open-02"}


def test_number_of_outputs(course: Course) -> None:
    """A check's outputs are one of authored lines and one Python float."""
    for student in set(CLASS) - {DIES, "s11"}:
        for part in ("closed", "open"):
            for id, cell in course.autograded(student, part).items():
                if id.endswith("-check") and id != "form-check":
                    said, number = cell["outputs"]
                    assert said["output_type"] == "display_data"
                    assert repr(float("".join(number["data"]["text/plain"]))) == "".join(number["data"]["text/plain"])


def test_feedback_and_export(course: Course, records: Mapping[str, Record]) -> None:
    """Feedback tells mistakes in the paper's language and no hidden region; export has the totals."""
    course.nbgrader("generate_feedback", "lab-1")
    rows = course.exported()
    solutions = {cell: source for part in ("closed", "open") for cell, source in solved(course, part).items()}
    for student in set(CLASS) - {DIES}:
        record = records[student]
        assert float(rows[student]["raw_score"]) == pytest.approx(record.points)
        assert float(rows[student]["max_score"]) == pytest.approx(record.max_points)
        for part in ("closed", "open"):
            if part in CLASS[student].leaves_out:
                continue
            page = course.feedback(student, part)
            for secret in ("HIDDEN TESTS", "marking(globals", "hidden_test", "grader/", "site-packages/_pytest"):
                assert secret not in page, (student, secret)
    blank = course.feedback("s05", "closed") + course.feedback("s05", "open")
    assert not [id for id, source in solutions.items() if source in blank]


def solved(course: Course, part: str) -> dict[str, str]:
    """The solutions in the source of *part*, as text that feedback would show."""
    notebook: dict[str, Any] = json.loads((course.folder / "source" / "lab-1" / f"{part}.ipynb").read_bytes())
    found = {}
    for cell in notebook["cells"]:
        _, begin, rest = "".join(cell["source"]).partition("### BEGIN SOLUTION\n")
        if begin and cell["cell_type"] == "code" and part == "closed":
            found[cell["id"]] = rest.partition("\n### END")[0].replace('"', "&quot;")
    return found


def test_release(course: Course) -> None:
    """What is released holds no solution, no hidden region and no file of the exam's, and validates in a form only."""
    files = [file for file in (course.folder / "release").rglob("*") if file.is_file()]
    assert {file.name for file in files} == {"closed.ipynb", "open.ipynb", "digits.npz", "offline_data.py"}
    lock = course.lock
    for part in lock.parts:
        text = json.dumps(course.released("lab-1", part.name), ensure_ascii=False)
        for secret in ("SOLUTION", "HIDDEN", "marking", lock.slots[0].marking_hash):
            assert secret not in text
        cells = {cell["id"]: "".join(cell["source"]) for cell in course.released("lab-1", part.name)["cells"]}
        for slot in lock.slots_of(part.name):
            assert cells[f"{slot.id}-answer"].strip() == slot.pool[0].untouched(slot.variable).strip()


def test_validate(course: Course) -> None:
    """The source passes; a blank release fails cell by cell with the form's sentence; a right one passes."""
    for part in ("closed", "open"):
        at = course.folder / "source" / "lab-1"
        assert "Success!" in course.nbgrader("validate", f"{part}.ipynb", at=at)
    told = course.nbgrader("validate", "closed.ipynb", at=course.folder / "release" / "lab-1")
    assert "VALIDATION FAILED ON 8 CELL(S)" in told
    assert "q02: 아직 답하지 않았다" in told
    told = course.nbgrader("validate", "closed.ipynb", at=course.folder / "submitted" / "s01" / "lab-1")
    assert "Success!" in told
    told = course.nbgrader("validate", "closed.ipynb", at=course.folder / "submitted" / "s02" / "lab-1")
    assert "VALIDATION FAILED ON 1 CELL(S)" in told, "wrong answers pass, but for fields given as one text"
    assert "q07: 아직 주어진 항목을 채운 형식이 아니다" in told
