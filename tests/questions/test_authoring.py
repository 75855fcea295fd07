"""New questions: the folders that `dlexam new` makes, and the guide that fills them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.bank_exam.check import check_question
from grader.grading.workshop import Workshop
from grader.isolation import choose
from question_bank import DlexamError, load_bank
from question_bank.bank import variant_key
from question_bank.new import BLANK_MARK, NEW_KINDS, new_question

GUIDE = Path(__file__).parents[2] / "docs" / "authoring.md"
FILES = re.findall(r"^```\w+ (\S+/\S+/\S+)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
NEW = re.findall(r"^    dlexam new (\S+) --kind (\w+)", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
TRAINING = ("training", "guide/two_clouds")


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with Workshop(load_bank(), choose(unsafe=True)) as workshop:
        yield workshop


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank made as the guide says: `dlexam new`, then its files over what that wrote."""
    bank = tmp_path_factory.mktemp("guide")
    for id, kind in NEW:
        new_question(id, kind, bank)
        shutil.rmtree(bank / id / "responses", ignore_errors=True)
    for name, text in FILES:
        file = bank / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return bank


def fill(folder: Path) -> None:
    """Take every mark of a blank away: what stands beside it is a small working question."""
    for file in folder.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(f"{BLANK_MARK}: ", ""), encoding="utf-8")


def seeds_of(name: str) -> int:
    return 1 if name in TRAINING else 3


class TestNew:
    @pytest.mark.parametrize(
        "kind", [k if k != "training" else pytest.param(k, marks=pytest.mark.slow) for k in NEW_KINDS]
    )
    def test_filled_in_it_passes(self, kind: str, tmp_path: Path, workshop: Workshop) -> None:
        """A new question with its blanks filled in is a sound question of at least 12 variants (an essay needs one)."""
        new_question(f"fresh/{kind}_question", kind, tmp_path)
        fill(tmp_path)
        question = load_bank(tmp_path)[f"fresh/{kind}_question"]
        report = check_question(question, workshop, seeds=seeds_of(kind))
        assert [str(problem) for problem in report.problems] == []
        keys = {variant_key(question.variant(seed)) for seed in range(200)}
        assert len(keys) >= (1 if kind == "essay" else 12)

    @pytest.mark.parametrize("kind", NEW_KINDS)
    def test_unfilled_it_works_and_says_what_is_open(self, kind: str, tmp_path: Path, workshop: Workshop) -> None:
        """Right after `new` every question can be shown, and `check` names each file that has a blank left."""
        files = new_question("fresh/thing", kind, tmp_path)
        question = load_bank(tmp_path)["fresh/thing"]
        assert "TODO" in question.texts(question.variant(0), "ko").prompt
        if kind == "training":
            return
        problems = " ".join(str(problem) for problem in check_question(question, workshop, seeds=1).problems)
        marked = [f.name for f in files if BLANK_MARK in f.read_text(encoding="utf-8")]
        assert {"question.py", "text.md.j2", "responses.toml"} <= set(marked)
        assert all(f"{name}: still to be filled in where it says TODO: line " in problems for name in marked)

    def test_the_function_has_the_questions_name(self, tmp_path: Path) -> None:
        """The drawing function is called as the folder; `code` is a function."""
        new_question("fresh/my_question", "code", tmp_path)
        source = (tmp_path / "fresh/my_question/question.py").read_text(encoding="utf-8")
        assert "def my_question(draw: Draw)" in source
        assert 'Code("function"' in source

    @pytest.mark.parametrize(
        ("id", "kind", "says"),
        [
            ("fresh/thing", "riddle", "no kind of question 'riddle'; the kinds are term, choice"),
            ("thing", "term", "no id of a question: 'thing'; write TOPIC/NAME"),
            ("a/b/c", "term", "no id of a question: 'a/b/c'; write TOPIC/NAME"),
            ("Fresh/Thing", "term", "no id of a question: 'Fresh/Thing'; write TOPIC/NAME"),
            ("../thing", "term", "no id of a question: '../thing'; write TOPIC/NAME"),
            ("fresh/lambda", "term", "'lambda' is a word of Python's own; the name becomes"),
        ],
    )
    def test_refused(self, id: str, kind: str, says: str, tmp_path: Path) -> None:
        """What cannot be is refused in one line, and nothing is written."""
        with pytest.raises(DlexamError) as error:
            new_question(id, kind, tmp_path)
        assert str(error.value).startswith(says)
        assert list(tmp_path.iterdir()) == []

    def test_nothing_is_written_over(self, tmp_path: Path) -> None:
        """A folder that is there stays as it is."""
        new_question("fresh/thing", "term", tmp_path)
        (tmp_path / "fresh/thing/question.py").write_text("mine")
        with pytest.raises(DlexamError) as error:
            new_question("fresh/thing", "number", tmp_path)
        assert str(error.value) == f"{tmp_path}/fresh/thing: is there already; choose another name"
        assert (tmp_path / "fresh/thing/question.py").read_text() == "mine"

    def test_nothing_half_written(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A disk that fails leaves neither a folder nor a topic behind."""

        def fail(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("question_bank.new.shutil.copytree", fail)
        with pytest.raises(DlexamError) as error:
            new_question("fresh/thing", "term", tmp_path)
        assert str(error.value).endswith("cannot be written: No space left on device")
        assert list(tmp_path.iterdir()) == []


class TestGuide:
    def test_every_kind_is_written_once(self) -> None:
        """The guide makes one question of each kind."""
        assert sorted(kind for _, kind in NEW) == sorted(NEW_KINDS)
        assert {"/".join(name.split("/")[:2]) for name, _ in FILES} == {id for id, _ in NEW}

    @pytest.mark.parametrize(
        "id", [id if id not in TRAINING else pytest.param(id, marks=pytest.mark.slow) for id, _ in NEW]
    )
    def test_its_questions_pass(self, id: str, guided: Path, workshop: Workshop) -> None:
        """Each question of the guide, written to files as it stands there, passes the bank's own check."""
        question = load_bank(guided)[id]
        report = check_question(question, workshop, seeds=seeds_of(id))
        assert [str(problem) for problem in report.problems] == []
        assert len({variant_key(question.variant(seed)) for seed in range(200)}) >= 12

    def test_its_commands_exist(self) -> None:
        """Every command that the guide names is one of dlexam's."""
        from dlexam.cli import app

        known = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
        named = set(re.findall(r"dlexam (\w+) ", GUIDE.read_text(encoding="utf-8")))
        assert named <= known
