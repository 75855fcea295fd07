"""The bank's own exam over several questions: what it finds, and what it survives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.bank_exam.check import check_question
from grader.bank_exam.check_all import check_bank, chosen, open_workshop
from grader.sandbox import Isolation
from question_bank import DlexamError, load_bank
from question_bank.bank import QUESTIONS

TYPED = "dense_layers/count_weights"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of two typed questions."""
    for id in (TYPED, "labels/loss_for_labels"):
        shutil.copytree(QUESTIONS / id, tmp_path / id)
    return tmp_path


def problems(bank: Path, *names: str) -> list[str]:
    return [str(problem) for report in check_bank(names, seeds=4, bank=bank, jobs=1) for problem in report.problems]


def test_sound(bank: Path) -> None:
    """A sound bank has no problems, and progress names each question once."""
    seen: list[str] = []
    reports = check_bank([], seeds=3, bank=bank, jobs=2, progress=lambda id, done, total: seen.append(id))
    assert sorted(seen) == [report.question for report in reports] == [TYPED, "labels/loss_for_labels"]
    assert [report.problems for report in reports] == [[], []]


def test_one_broken_question_stops_no_other(bank: Path) -> None:
    """A folder that does not load is a problem of its own; the others are checked, and can be used."""
    (bank / "labels/loss_for_labels/question.py").write_text("def broken(:", encoding="utf-8")
    [problem] = problems(bank)
    assert "labels/loss_for_labels" in problem
    assert "invalid syntax" in problem
    assert load_bank(bank)[TYPED].variant(1)


def spoil(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (spoil("responses.toml", "credit = 1", "credit = 0.5"), "earns 1, not 0.5"),
        (spoil("responses.toml", 'mistake = "bias_forgotten"', 'mistake = "other"'), "shows mistake bias_forgotten"),
        (spoil("responses.toml", "credit", "kredit"), "response 1: "),
        (spoil("text.md.j2", "title_ko", "title_kr"), "block title_ko: missing; add it in both languages"),
        (spoil("text.md.j2", "{{ units }}", "{{ unit }}"), "'unit' is undefined"),
        (spoil("question.py", "points=2", "points=0"), "points: must be above 0"),
        (spoil("question.py", '"F20"', '"F77"'), "no such fact ['F77']; use F01 to F50"),
        (lambda folder: (folder / "responses.toml").unlink(), "responses.toml: missing"),
        (lambda folder: (folder / "text.md.j2").unlink(), "text.md.j2: missing"),
    ],
    ids=["credit", "mistake", "key", "block", "name", "points", "fact", "no responses", "no texts"],
)
def test_spoilt(bank: Path, edit: Callable[[Path], None], message: str) -> None:
    """Whatever is wrong with a question, its author reads which file, which place and what."""
    edit(bank / TYPED)
    found = problems(bank, TYPED)
    assert found
    assert message in found[0], found


def test_names() -> None:
    """A topic means its questions, each once; an unknown name is refused with the likely ones."""
    bank = load_bank()
    assert chosen(bank, ["dense_layers", TYPED]) == [id for id in bank.questions if id.startswith("dense_layers/")]
    with pytest.raises(DlexamError, match=r"no question 'dense_layers/count_weigts'; did you mean dense_layers/count"):
        chosen(bank, ["dense_layers/count_weigts"])


def test_every_response_to_every_variant(bank: Path) -> None:
    """A typed question's responses are all marked for every variant, however many."""
    with open_workshop(bank, Isolation.PROCESS) as workshop:
        report = check_question(workshop.bank[TYPED], workshop, seeds=20)
    assert report.marked == 20 * report.responses
