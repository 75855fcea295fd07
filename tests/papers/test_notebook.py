"""The notebook a student gets: valid for Jupyter and nbgrader, and full marks for its solved twin."""

from __future__ import annotations

import ast
import itertools
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3
from nbgrader.preprocessors import CheckCellMetadata

from papers import Exam, Lock, Student, build, data_of, load_figures, load_lock
from papers.cells import answer_cell_id, cell_ids
from papers.lock import sign
from papers.notebook import notebook_bytes, right_source, setup_source, solved_notebook, student_notebook
from question_bank import Bank, load_bank
from question_bank.answers.code import Code, Essay


@pytest.fixture
def lock(exam: Exam, roster: Sequence[Student], bank: Bank, tmp_path: Path) -> Lock:
    build(exam, roster, tmp_path / "out", bank)
    return load_lock(tmp_path / "out")


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, exam_of_all: Callable[[str, int], Exam]
) -> tuple[Lock, dict[str, bytes]]:
    """The whole bank as one exam, a part a topic, in both languages."""
    out = tmp_path_factory.mktemp("whole") / "out"
    build(exam_of_all("both", 4), [Student(str(i), "x") for i in range(4)], out, load_bank())
    lock = load_lock(out)
    return lock, dict(load_figures(out, lock))


def cells(lock: Lock, part: str, student: int = 0, *, solved: bool = False) -> dict[str, Any]:
    make = solved_notebook if solved else student_notebook
    return {cell.id: cell for cell in make(lock, lock.students[student], part, figures={}).cells}


class TestForm:
    def test_valid_for_jupyter_and_nbgrader(self, whole: tuple[Lock, dict[str, bytes]]) -> None:
        """Every question's cells pass nbformat's and nbgrader's own validators, solved or not."""
        lock, figures = whole
        pairs = itertools.product(lock.parts, (student_notebook, solved_notebook))
        for part, make in pairs:
            data = notebook_bytes(make(lock, lock.students[0], part.name, figures=figures))
            notebook = nbformat.reads(data.decode(), as_version=4)
            nbformat.validate(notebook)
            MetadataValidatorV3().validate_nb(notebook)
            CheckCellMetadata().preprocess(notebook, {})
            assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)

    def test_roles(self, lock: Lock) -> None:
        """Answer cells are the student's, checks carry the points, everything else is read-only."""
        for slot in lock.slots:
            by_id = cells(lock, slot.part)
            answer = by_id[answer_cell_id(slot)].metadata
            role = {"schema_version": 3, "grade_id": answer_cell_id(slot), "solution": True, "locked": False}
            if slot.is_essay:
                assert answer.nbgrader == {**role, "task": False, "grade": True, "points": slot.points}
            else:
                assert answer.nbgrader == {**role, "task": False, "grade": False}
                check = by_id[f"{slot.id}-check"].metadata
                assert (check.nbgrader.grade, check.nbgrader.points) == (True, slot.points)
                assert (check.nbgrader.locked, check.editable) == (True, False)
            assert (answer.editable, answer.deletable) == (True, False)
        essay = lock.slot("closed-03")
        assert by_id and cells(lock, "closed")[answer_cell_id(essay)].cell_type == "markdown"

    def test_a_failing_answer(self, lock: Lock) -> None:
        """Jupyter goes on after an answer that raises; in a solved notebook it stops there."""
        for part in lock.parts:
            for solved in (False, True):
                tagged = {id for id, cell in cells(lock, part.name, solved=solved).items() if "tags" in cell.metadata}
                answers = {answer_cell_id(slot) for slot in lock.slots_of(part.name) if not slot.is_essay}
                assert tagged == (set() if solved else answers)

    def test_ids(self, lock: Lock) -> None:
        """The cells are those that `papers.cells` names, and only an essay lacks a check."""
        for part in lock.parts:
            ids = set(cells(lock, part.name)) | set(cells(lock, part.name, solved=True))
            missing = {f"{slot.id}-check" for slot in lock.slots_of(part.name) if slot.is_essay}
            assert ids == cell_ids(lock, part.name) - missing

    def test_says_whose_it_is(self, lock: Lock) -> None:
        """The metadata names exam, build, part and student; a solved one says so."""
        about = {"exam": "quiz-1", "build": lock.build, "part": "open", "student": "202501"}
        notebook = student_notebook(lock, lock.students[1], "open", figures={})
        assert notebook.metadata.dlexam == about
        notebook = solved_notebook(lock, lock.students[1], "open", figures={})
        assert notebook.metadata.dlexam == {**about, "solved": True}

    def test_same_bytes(self, lock: Lock) -> None:
        """Made twice, a notebook is the same bytes, also from a lock that was read back."""
        again = Lock.model_validate_json(lock.model_dump_json())
        for part in ("closed", "open"):
            one, other = (
                notebook_bytes(student_notebook(each, each.students[2], part, figures={})) for each in (lock, again)
            )
            assert one == other

    def test_figures_are_attached(self, whole: tuple[Lock, dict[str, bytes]]) -> None:
        """Every figure that a text shows is attached to its cell."""
        lock, figures = whole
        notebooks = (student_notebook(lock, lock.students[0], part.name, figures=figures) for part in lock.parts)
        shown = 0
        for cell in (cell for notebook in notebooks for cell in notebook.cells):
            names = [part.split(")")[0] for part in cell.source.split("(attachment:")[1:]]
            assert set(names) == set(cell.get("attachments", {}))
            shown += len(names)
        assert shown > 0


class TestTitle:
    def test_korean_and_english(self, lock: Lock) -> None:
        """The head states whose and what exam it is, in both languages."""
        source = cells(lock, "closed")["title"].source
        for line in (
            "# 쪽지 시험",
            "| **학번** | 202500 |",
            "| **이름** | 김하늘 |",
            "| **좌석** | A1 |",
            "| **시험일** | 2025년 4월 23일 (수) |",
            "| **시간** | 20분 |",
            "| **방식** | 클로즈드 북 |",
            "| **배점** | 3문항, 모두 8점: 1 (2) · 2 (1) · 3 (5) |",
            "# Quiz",
            "| **Date** | Wednesday 23 April 2025 |",
            "| **Points** | 3 questions, 8 points in all: 1 (2) · 2 (1) · 3 (5) |",
        ):
            assert line in source.splitlines()
        assert "| **방식** | 오픈 북 |" in cells(lock, "open")["title"].source
        assert "데이터 파일" in cells(lock, "open")["title"].source
        assert "데이터 파일" not in source

    def test_a_name_is_no_markup(self, lock: Lock) -> None:
        """A name with signs of Markdown or HTML is shown as it is."""
        source = cells(lock, "closed", student=2)["title"].source
        assert r"| **이름** | 박\|산\*&lt;b&gt; |" in source


class TestPrompt:
    def test_a_prompt(self, lock: Lock) -> None:
        """Number, title, points, variable, variant code, prompt and the form of answer."""
        variant = lock.variant(lock.students[0].id, "closed-01")
        a = variant.parameters["a"]
        assert cells(lock, "closed")["closed-01-prompt"].source == (
            "### 문제 1. 두 배\n\n"
            f"**2점** · 답: `q01` · 변형 {variant.code}\n\n"
            f"{a}의 두 배는 얼마인가?\n\n"
            "> 답의 형식: 숫자를 쓰시오. 예: `q01 = 12.5`\n\n"
            "---\n\n"
            "### Question 1. Twice\n\n"
            f"**2 points** · answer: `q01` · variant {variant.code}\n\n"
            f"What is twice {a}?\n\n"
            "> Form of the answer: a number, such as `q01 = 12.5`"
        )

    def test_options_have_letters(self, lock: Lock) -> None:
        """Options stand in the order of the variant, with letters."""
        variant = lock.variant(lock.students[0].id, "closed-02")
        texts = variant.texts["ko"].options
        listed = "  \n".join(f"**{'ABC'[i]}.** {texts[id]}" for i, id in enumerate(variant.answer.option_ids()))
        assert listed in cells(lock, "closed")["closed-02-prompt"].source

    def test_no_particle_is_left_open(self, whole: tuple[Lock, dict[str, bytes]]) -> None:
        """No notebook says 을(를) or 이(가)."""
        lock, figures = whole
        for student, part in itertools.product(lock.students, lock.parts):
            for cell in solved_notebook(lock, student, part.name, figures=figures).cells:
                assert not any(both in cell.source for both in ("을(를)", "이(가)", "은(는)", "와(과)", "(으)로"))


class TestSetup:
    def test_data(self, lock: Lock) -> None:
        """With data, `keras.datasets` reads the files beside the notebook; nothing is loaded before it is asked for."""
        assert setup_source(lock, "open").splitlines() == [
            "# 이 칸을 먼저 실행하시오",
            "# Run this cell first",
            "import os",
            "",
            'os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")',
            "",
            "import keras",
            "import numpy as np",
            "import offline_data",
            "",
            "offline_data.install()",
        ]

    def test_generated_data_are_told_of(self, whole: tuple[Lock, dict[str, bytes]]) -> None:
        """Where data are no real ones the first cell says so, and a part may hold several data sets."""
        lock, _ = whole
        lines = setup_source(lock, "training").splitlines()
        assert set(data_of(lock, "training")) >= {"digits.npz", "reviews.npz", "newswires.npz", "houses.csv"}
        for begin in (
            "# 이 시험을 위해 만들어 낸 데이터이다. 실제 데이터가 아니다: ",
            "# Generated for this exam, not the real data: ",
        ):
            [line] = [line for line in lines if line.startswith(begin)]
            told = set(line.removeprefix(begin).split(", "))
            assert told == {f"keras.datasets.{n}" for n in ("imdb", "reuters", "boston_housing", "california_housing")}

    def test_without_data(self, lock: Lock) -> None:
        """A part without code and data imports numpy alone."""
        assert setup_source(lock, "closed").splitlines()[2:] == ["import numpy as np"]


class TestSolved:
    def test_right_answers_earn_everything(self, whole: tuple[Lock, dict[str, bytes]]) -> None:
        """The answer in a solved cell, read as Python, earns full marks in every variant of the bank."""
        lock, _ = whole
        for slot in lock.slots:
            for variant in slot.pool:
                source = right_source(slot, variant)
                if isinstance(variant.answer, Code):
                    ast.parse(source)
                    assert "..." not in source
                elif not isinstance(variant.answer, Essay):
                    name, _, literal = source.partition(" = ")
                    verdict = variant.answer.mark(variant.answer.read(ast.literal_eval(literal)))
                    assert (name, verdict.credit) == (slot.variable, 1), slot.question

    def test_rubric_and_explanation(self, lock: Lock) -> None:
        """An essay shows its rubric; every question is explained."""
        by_id = cells(lock, "closed", solved=True)
        assert by_id["closed-03-answer"].source == "- (60%) 생각\n- (40%) 예"
        a = lock.variant("202500", "closed-01").parameters["a"]
        assert by_id["closed-01-answer"].source == f"q01 = {2 * a}"
        assert by_id["closed-01-explanation"].source.startswith(
            f"**정답**: `{2 * a}`\n\n**풀이**\n\nEXPLAINED {a} + {a}이다.\n\n---\n\n**Right answer**"
        )
        assert "SOLVED" in cells(lock, "open", solved=True)["open-01-answer"].source

    def test_only_the_solved_one_knows(self, whole: tuple[Lock, dict[str, bytes]]) -> None:
        """A student's notebook holds no explanation, no mistake's sentence and no solution of any question."""
        lock, figures = whole
        for student in lock.students[:2]:
            notebooks = [student_notebook(lock, student, part.name, figures=figures) for part in lock.parts]
            text = json.dumps([cell.source for notebook in notebooks for cell in notebook.cells])
            for slot in lock.slots:
                variant = slot.pool[student.deal[slot.id]]
                for texts in variant.texts.values():
                    hidden = [texts.explanation, *texts.mistakes.values(), variant.solution or texts.explanation]
                    assert not [line for line in hidden if json.dumps(line)[1:-1] in text], slot.question


def test_sign_is_no_plain_hash() -> None:
    """A signature needs the secret."""
    assert sign(b"x", b"a" * 32) != sign(b"x", b"b" * 32)


def test_written_as_nbformat_writes(whole: tuple[Lock, dict[str, bytes]]) -> None:
    """Our own writer is quicker than nbformat's and gives the same bytes, figures and both languages included."""
    lock, figures = whole
    for part, make in itertools.product(lock.parts, (student_notebook, solved_notebook)):
        notebook = make(lock, lock.students[0], part.name, figures=figures)
        assert notebook_bytes(notebook) == f"{nbformat.writes(notebook)}\n".encode()
