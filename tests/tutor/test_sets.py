"""Practice sets: read, refused, mixed."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from question_bank import Bank, DlexamError
from tutor.sets import PracticeSet, Sets, questions_of, read_sets, seed_of

SET = '[[set]]\nname = "{}"\ntitle = {{ ko = "가", en = "A" }}\nquestions = {}\n'


def plan(*entries: object, name: str = "one") -> Sets:
    return Sets.model_validate({"set": [{"name": name, "title": {"ko": "가", "en": "A"}, "questions": list(entries)}]})


def ids(sets: Sets, bank: Bank) -> list[str]:
    return [question.id for question in questions_of(sets.sets[0], sets, bank)]


class TestQuestions:
    def test_a_topic_is_its_questions(self, bank: Bank) -> None:
        """A topic stands for all its questions but those that a set names."""
        assert sorted(ids(plan("words", "numbers"), bank)) == ["numbers/count", "words/blank", "words/rate"]
        assert sorted(ids(plan("words", "words/rate"), bank)) == ["words/blank", "words/rate"]

    def test_a_contrast_stays_together(self, bank: Bank) -> None:
        """The members of an inner list are neighbours, in whatever set they stand."""
        for name in ("a", "b", "c", "d"):
            order = ids(plan("numbers", "words", "orders", "fields", ["choices/one", "choices/many"], name=name), bank)
            assert abs(order.index("choices/one") - order.index("choices/many")) == 1
            assert len(order) == 7

    def test_topics_are_mixed(self, bank: Bank) -> None:
        """Questions of one topic do not stand side by side where that can be helped."""
        order = ids(plan("choices", "words", "numbers", "orders"), bank)
        assert all(a.split("/")[0] != b.split("/")[0] for a, b in itertools.pairwise(order))

    def test_the_same_in_every_run(self, bank: Bank) -> None:
        """Order and seeds are a function of the set and its questions; a seed does not depend on the others."""
        sets = plan("choices", "words")
        assert ids(sets, bank) == ids(plan("choices", "words"), bank)
        other: PracticeSet = plan("words/rate").sets[0]
        assert seed_of(sets.sets[0], bank["words/rate"]) == seed_of(other, bank["words/rate"])
        assert seed_of(sets.sets[0], bank["words/rate"]) != seed_of(sets.sets[0], bank["words/blank"])

    def test_unknown(self, bank: Bank) -> None:
        """A name that is neither a question's nor a topic's is named, with its set."""
        with pytest.raises(DlexamError) as error:
            ids(plan("words/rat"), bank)
        assert str(error.value).startswith("set one: no question 'words/rat'; did you mean words/rate")


class TestFile:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "set: Field required"),
            ("[[set", "not TOML: "),
            (SET.format("a", '["x/y", ["x/y", "x/z"]]'), "question or topic 'x/y' stands there twice"),
            (SET.format("a", '["x/y"]') + SET.format("a", '["x/z"]'), "set 'a' stands there twice"),
            (SET.format("A b", '["x/y"]'), "set 1 name: String should match pattern"),
            (SET.format("a", "[]"), "set 1 questions: Tuple should have at least 1 item"),
            (SET.format("a", '[["x/y"]]'), "set 1 questions 1 "),
        ],
    )
    def test_refused(self, text: str, says: str, tmp_path: Path) -> None:
        """A wrong file is refused in one line that says where."""
        file = tmp_path / "sets.toml"
        file.write_text(text, encoding="utf-8")
        with pytest.raises(DlexamError) as error:
            read_sets(file)
        assert str(error.value).startswith(f"{file}: {says}")

    def test_missing(self, tmp_path: Path) -> None:
        """So is a file that is not there."""
        with pytest.raises(DlexamError) as error:
            read_sets(tmp_path / "sets.toml")
        assert str(error.value) == f"{tmp_path}/sets.toml: no such file"
