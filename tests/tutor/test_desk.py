"""What a student reads: the mistake before the answer, and the answer only on request."""

from __future__ import annotations

from typing import Any

import pytest

from papers.exam import Language
from question_bank import Bank
from tutor import begin
from tutor.desk import Desk, label

SEED = 5


def desk(bank: Bank, id: str, language: Language = "en", **names: Any) -> Desk:
    return Desk(names, language, {"q01": label(bank[id], SEED)}, bank)


def hint(bank: Bank, id: str, language: Language = "en", **names: Any) -> str:
    return desk(bank, id, language, **names).hint("q01").markdown


@pytest.fixture
def numbers(bank: Bank) -> dict[str, Any]:
    return dict(bank["numbers/count"].variant(SEED).parameters)


class TestTyped:
    def test_right(self, bank: Bank, numbers: dict[str, Any]) -> None:
        """A right answer, however it is written, is right, and nothing else is told."""
        for answer in (numbers["units"] * (numbers["inputs"] + 1), f"{numbers['units']} * ({numbers['inputs']} + 1)"):
            assert hint(bank, "numbers/count", q01=answer) == '**✓ q01** Right.\n\nThe solution: `show("q01")`'

    def test_a_named_mistake(self, bank: Bank, numbers: dict[str, Any]) -> None:
        """A known mistake is named, with what it is worth, and the answer is not told."""
        wrong = numbers["inputs"] * numbers["units"]
        assert hint(bank, "numbers/count", q01=wrong) == (
            "**△ q01** Partly right: worth 50% of the points.\n\n"
            "The biases are missing: each neuron has one.\n\n"
            f"Read as: `{wrong}`\n\n"
            'Mend it and check again. To see the answer and its solution: `show("q01")`'
        )
        assert hint(bank, "numbers/count", "ko", q01=wrong) == (
            "**△ q01** 일부만 맞았다. 점수의 50%에 해당한다.\n\n"
            "편향을 빠뜨렸다. 뉴런마다 편향이 하나씩 있다.\n\n"
            f"읽은 답: `{wrong}`\n\n"
            '고쳐서 다시 확인하시오. 정답과 풀이를 보려면 `show("q01")`'
        )

    def test_an_unknown_mistake(self, bank: Bank) -> None:
        """A mistake without a name gets a hint by the kind of answer."""
        said = hint(bank, "numbers/count", q01=1000)
        assert said.startswith("**✗ q01** Not right.\n\nRead again what is to be counted")

    def test_a_wrong_form(self, bank: Bank) -> None:
        """What has no form of an answer is told which form it should have."""
        said = hint(bank, "choices/one", q01="all of them")
        assert said.startswith(
            "**✗ q01** This does not have the form of an answer.\n\nOne letter from A to D was expected."
        )
        fields = hint(bank, "fields/output", q01={"units": 0.5, "activation": "softmax"})
        assert "Seen: `units: expected a whole number`" in fields

    @pytest.mark.parametrize("names", [{}, {"q01": ...}, {"q01": "..."}, {"q01": ""}, {"q01": None}])
    def test_no_answer(self, bank: Bank, names: dict[str, Any]) -> None:
        """An untouched cell, or one that has not run, is no wrong answer."""
        assert hint(bank, "words/rate", **names) == (
            "**… q01** Not answered yet. Write your answer, run its cell, then check again."
        )

    def test_open_fields(self, bank: Bank) -> None:
        """Fields as they are given are no answer; of some filled in, only the others are open."""
        fields: dict[str, Any] = {"units": ..., "activation": ...}
        assert "Not answered yet" in hint(bank, "fields/output", q01=fields)
        units = bank["fields/output"].variant(SEED).parameters["classes"]
        assert "Read as: `units=1, activation=None`" in hint(bank, "fields/output", q01={**fields, "units": 1})
        assert "✗" in hint(bank, "fields/output", q01={**fields, "units": units})

    def test_a_slip_of_the_pen(self, bank: Bank) -> None:
        """A term with a typing error is almost right."""
        assert hint(bank, "words/rate", q01="lerning rate").startswith("**△ q01** Almost: something in the spelling")

    @pytest.mark.parametrize("value", [object(), print, {7, 9}, [[[]]], "`" * 50, "\x1b[31mred", 10**400])
    def test_anything_is_answered(self, bank: Bank, value: object) -> None:
        """Whatever stands in the variable, the reply is one of the usual ones."""
        for id in ("numbers/count", "choices/one", "choices/many", "words/rate", "words/blank", "orders/steps"):
            assert hint(bank, id, q01=value).split("**")[1][:1] in "✗…"

    @pytest.mark.parametrize(
        "id", ["choices/one", "choices/many", "words/rate", "words/blank", "orders/steps", "fields/output"]
    )
    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_show_tells(self, bank: Bank, id: str, language: Language) -> None:
        """`show` has the answer and the explanation, and names the question."""
        told = desk(bank, id, language).told("q01").markdown
        variant = bank[id].variant(SEED)
        assert variant.answer.shown() in told
        assert bank[id].texts(variant, language).explanation in told
        assert told.endswith(f"`{id}` · {SEED}")


class TestCode:
    """The function scales to 0 to 1; the open test gives it 2, 4, 6."""

    @pytest.fixture
    def name(self, bank: Bank) -> str:
        return str(bank["code/scale"].variant(SEED).parameters["function"])

    def test_right(self, bank: Bank, name: str) -> None:
        """Code that passes the open tests is told that an exam tries more."""
        said = hint(bank, "code/scale", **{name: lambda x: (x - x.min()) / (x.max() - x.min())})
        assert said == (
            "**✓ q01** All examples pass. An exam tries other inputs too, so read the conditions once more.\n\n"
            "- ✓ Example: 2, 4, 6 become 0, 0.5, 1.\n\n"
            'The solution: `show("q01")`'
        )

    def test_a_named_mistake(self, bank: Bank, name: str) -> None:
        """A failing test says which mistake it saw, what it called, and what came back."""
        said = hint(bank, "code/scale", **{name: lambda x: x / x.max()})
        assert said == (
            "**✗ q01** Not right.\n\n"
            "- ✗ Example: 2, 4, 6 become 0, 0.5, 1.\n"
            "    - **The smallest does not become 0: you only divided.**\n"
            f"    - Call and result: `{name}([2., 4., 6.]) → [0.3333, 0.6667, 1. ]`\n\n"
            'Mend it and check again. To see the answer and its solution: `show("q01")`'
        )

    def test_an_error(self, bank: Bank, name: str) -> None:
        """Code that raises is told with which error, and on which call."""
        said = hint(bank, "code/scale", **{name: lambda x: 1 / 0})
        assert "**✗ q01** Your code stopped with an error." in said
        assert "    - Error: `ZeroDivisionError: division by zero`" in said
        assert f"    - Call: `{name}([2., 4., 6.])`" in said

    def test_another_shape(self, bank: Bank, name: str) -> None:
        """What a test saw is said where the mistake has no name."""
        said = hint(bank, "code/scale", **{name: lambda x: x[:2]})
        assert "    - Seen: `shape (2,), expected (3,)`" in said

    @pytest.mark.parametrize("cells", [[], ["STARTER"], ["def other(): pass", "STARTER", "check('q01')", "%time 1"]])
    def test_untouched(self, bank: Bank, cells: list[str]) -> None:
        """A cell that has not run, or ran as it was given, is not answered yet."""
        question = bank["code/scale"]
        starter = question.starter(question.variant(SEED))
        names: dict[str, Any] = {"In": [starter if cell == "STARTER" else cell for cell in cells]}
        if cells:
            exec(starter, names)
        assert "Not answered yet" in hint(bank, "code/scale", **names)

    def test_the_hidden_test_is_not_run(self, bank: Bank, name: str) -> None:
        """Three calls are made by the hidden test, one by the open one."""
        calls = []
        hint(bank, "code/scale", **{name: lambda x: calls.append(len(x)) or x})
        assert calls == [3]

    def test_show_tells(self, bank: Bank, name: str) -> None:
        """`show` has the reference solution, the explanation and the open tests, and nothing hidden."""
        told = desk(bank, "code/scale").told("q01").markdown
        assert f"def {name}(" in told
        assert "Subtract the smallest" in told
        assert "def test_example_three_values" in told
        assert "def test_scaled" not in told

    def test_the_stop_button(self, bank: Bank, name: str) -> None:
        """An interrupt reaches the student, not a hint."""

        def stop(_: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            hint(bank, "code/scale", **{name: stop})


class TestEssay:
    def test_the_rubric(self, bank: Bank) -> None:
        """An essay is not marked: its rubric is shown, with shares."""
        said = hint(bank, "essays/shuffle")
        assert said.startswith("**… q01** An essay: mark your own text by this rubric.\n\n- (50%) Says what goes wrong")
        assert bank["essays/shuffle"].texts(bank["essays/shuffle"].variant(SEED), "en").explanation not in said


class TestNotebook:
    def test_overview(self, bank: Bank) -> None:
        """`check()` lists every question; essays are not counted."""
        ids = ("words/rate", "choices/one", "essays/shuffle", "numbers/count")
        asked = {f"q0{i}": label(bank[id], SEED) for i, id in enumerate(ids, start=1)}
        said = Desk({"q01": "learning rate", "q02": "Z"}, "en", asked, bank).overview().markdown
        assert said == (
            "| question | result |\n|:--|:--|\n"
            "| q01 | ✓ Right |\n| q02 | ✗ Wrong form |\n| q03 | … mark it yourself |\n| q04 | … No answer |\n\n"
            "1 of 3 questions are right."
        )

    def test_the_overview_remembers_code(self, bank: Bank) -> None:
        """Code that was right when it was checked stays right when a later cell takes its name."""
        name = str(bank["code/scale"].variant(SEED).parameters["function"])
        names: dict[str, Any] = {name: lambda x: (x - x.min()) / (x.max() - x.min())}
        asked = Desk(names, "en", {"q01": label(bank["code/scale"], SEED)}, bank)
        asked.hint("q01")
        names[name] = None
        assert "1 of 1" in asked.overview().markdown

    @pytest.mark.parametrize("variable", ["q99", "", 7, ..., "a`b"])
    def test_no_such_question(self, bank: Bank, variable: Any) -> None:
        """A name that is none is told how to write one."""
        for reply in (desk(bank, "words/rate").hint(variable), desk(bank, "words/rate").told(variable)):
            assert reply.markdown.endswith(
                'here: they go from q01 to q01. Write the name in quotation marks: `check("q01")`.'
            )

    def test_another_version(self, bank: Bank) -> None:
        """A notebook whose variants are not this bank's is not marked by it."""
        other = label(bank["words/rate"], SEED)[:-1] + "x"
        for name in (other, "00000000-5-00000000"):
            asked = Desk({"q01": "learning rate"}, "en", {"q01": name}, bank)
            assert asked.hint("q01").markdown.startswith("This notebook and the installed dlexam package")
            assert asked.overview().markdown == asked.told("q01").markdown == asked.hint("q01").markdown

    def test_labels_tell_no_id(self, bank: Bank) -> None:
        """What stands in a notebook for a question does not hold its id, which may give the answer away."""
        assert "rate" not in label(bank["words/rate"], SEED)

    def test_begin(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What a notebook gets prints what the desk says, from the package's own bank."""
        from question_bank import load_bank

        check, show = begin({"q01": ...}, "ko", {"q01": label(load_bank()["dense_layers/count_weights"], 3)})
        check("q01")
        assert capsys.readouterr().out.startswith("**… q01** 아직 답하지 않았다.")
        show("q01")
        assert capsys.readouterr().out.startswith("**정답**: `")
