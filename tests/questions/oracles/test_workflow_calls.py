"""The workflow's calls: right answers found again from the signatures of Keras and from what its calls do."""

import ast
import inspect
import re

import numpy as np
import pytest

from question_bank import Bank, Question, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)
OUTPUTS = {
    "binary_crossentropy": ((1, "sigmoid"), lambda n, k: np.arange(n) % 2),
    "mse": ((1, None), lambda n, k: np.arange(n) / n),
    "categorical_crossentropy": ((None, "softmax"), lambda n, k: np.eye(k)[np.arange(n) % k]),
    "sparse_categorical_crossentropy": ((None, "softmax"), lambda n, k: np.arange(n) % k),
}


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def options_of(question: Question, variant: Variant) -> dict[str, str]:
    """The options' English texts by letter, without backticks."""
    options = question.texts(variant, "en").options.values()
    return {letter: text.replace("`", "") for letter, text in zip(LETTERS, options, strict=False)}


def code_in(question: Question, variant: Variant) -> str:
    [code] = re.findall(r"```python\n(.*?)```", question.texts(variant, "en").prompt, re.DOTALL)
    return code


def names_for(loss: str, classes: int = 4, samples: int = 40) -> dict[str, object]:
    """A small model for *loss* and the data that the shown code names."""
    import keras

    (units, activation), labels = OUTPUTS[loss]
    layers = [keras.layers.Dense(3), keras.layers.Dense(units or classes, activation=activation)]
    names: dict[str, object] = {"model": keras.Sequential([keras.Input((2,)), *layers])}
    for part in ("train", "test", "val", "new"):
        names[f"x_{part}"] = np.random.default_rng(1).normal(size=(samples, 2))
        names[f"y_{part}"] = labels(samples, classes)
    return names


def test_which_call_changes_by_the_text(bank: Bank) -> None:
    """The line or the pair of weights that the right option names is the one with `fit`."""
    question = bank["workflow/which_call_changes"]
    for seed in SEEDS:
        variant = question.variant(seed)
        lines = code_in(question, variant).strip().splitlines()
        [place] = [i for i, line in enumerate(lines) if ".fit(" in line]
        if variant.parameters["form"] == "lines":
            want = f"Line {lines[place].split()[0]}"
        else:
            want = f"{lines[place - 1].split()[0]} and {lines[place + 1].split()[0]}"
        assert options_of(question, variant)[variant.answer.right()] == want


def test_which_call_changes_by_running(bank: Bank) -> None:
    """Keras runs the shown code, and the weights change in the line of the right option alone."""
    question = bank["workflow/which_call_changes"]
    for seed in range(2):
        variant = question.variant(seed)
        code = code_in(question, variant)
        [loss] = re.findall(r'loss="(\w+)"', code)
        names, changed = names_for(loss), []
        for line in code.strip().splitlines():
            number, _, statement = line.partition("  ") if line[0].isdigit() else ("", "", line)
            before = names["model"].get_weights()
            exec(statement, names)
            after = names["model"].get_weights()
            if any((a != b).any() for a, b in zip(before, after, strict=True)):
                changed.append(number or statement)
        right = options_of(question, variant)[variant.answer.right()]
        if variant.parameters["form"] == "lines":
            assert [f"Line {number}" for number in changed] == [right]
        else:
            differ = [
                text
                for text in options_of(question, variant).values()
                if any((a != b).any() for a, b in zip(*(names[name] for name in text.split(" and ")), strict=True))
            ]
            assert differ == [right]


def test_where_it_goes_by_signature(bank: Bank) -> None:
    """The signatures of `compile` and `fit` say where an argument belongs."""
    import keras

    known = {call: set(inspect.signature(getattr(keras.Model, call)).parameters) for call in ("compile", "fit")}
    question = bank["workflow/where_it_goes"]
    for seed in SEEDS:
        variant = question.variant(seed)
        options = options_of(question, variant)
        if variant.parameters["form"] == "belongs":
            [call] = re.findall(r"goes into `(\w+)`", question.texts(variant, "en").prompt)
            right = [letter for letter, text in options.items() if text.split("=")[0] in known[call]]
        else:
            stray = [
                keyword.arg
                for node in ast.walk(ast.parse(code_in(question, variant)))
                if isinstance(node, ast.Call)
                for keyword in node.keywords
                if keyword.arg not in known[node.func.attr]
            ]
            right = [letter for letter, text in options.items() if text.split("=")[0] in stray]
        assert right == [variant.answer.right()]


def test_metrics_list_by_counting(bank: Bank) -> None:
    """One loss and the metrics told; both also of validation data; and the one option that gives a list of two."""
    question = bank["workflow/metrics_list"]
    for seed in SEEDS:
        variant = question.variant(seed)
        options, asked = options_of(question, variant), variant.parameters["asked"]
        prompt = question.texts(variant, "en").prompt
        told = re.findall(r"metrics=(\[.*?\])", prompt)
        if asked == "values":
            want = str(1 + len(ast.literal_eval(told[0])))
            right = [letter for letter, text in options.items() if text == want]
        elif asked == "line":
            names = {"loss", *ast.literal_eval(told[0])}
            if "validation_data" in prompt:
                names |= {f"val_{name}" for name in names}
            right = [letter for letter, text in options.items() if set(text.split(", ")) == names]
        elif asked == "list":
            right = []
            for letter, text in options.items():
                try:
                    compile(f"model.compile({text})", "", "eval")
                    [keyword] = ast.parse(f"model.compile({text})", mode="eval").body.keywords
                except SyntaxError:
                    continue
                value = ast.literal_eval(keyword.value)
                if keyword.arg == "metrics" and isinstance(value, list) and len(value) == 2:
                    right.append(letter)
        else:
            continue
        assert right == [variant.answer.right()]


def test_metrics_list_by_running(bank: Bank) -> None:
    """Keras returns as many values, shows the names and computes the accuracy that the right options say."""
    question = bank["workflow/metrics_list"]
    seen: set[tuple[str, str]] = set()
    for seed in SEEDS:
        variant = question.variant(seed)
        shown = variant.parameters
        asked = shown["asked"]
        if asked == "list" or (asked, shown["kind"]) in seen:
            continue
        seen.add((asked, shown["kind"]))
        names = names_for(shown["loss"], shown.get("classes", 4))
        exec(code_in(question, variant), names)
        right = options_of(question, variant)[variant.answer.right()]
        if asked == "values":
            assert len(names["scores"]) == int(right)
        elif asked == "line":
            assert set(names["model"].history.history) == set(right.split(", "))
        else:
            names["model"].fit(names["x_train"], names["y_train"], verbose=0)
            [compiled] = [metric for metric in names["model"].metrics if hasattr(metric, "metrics")]
            assert type(compiled.metrics[0]).__name__ == right.split(":")[0]
    assert len(seen) == 7


def test_repair_compile_by_running(bank: Bank) -> None:
    """The repaired calls train and compute both metrics, and no given call is right."""
    question = bank["workflow/repair_compile"]
    seen: set[str] = set()
    for seed in SEEDS:
        variant = question.variant(seed)
        shown = variant.parameters
        assert shown["given"]["loss"] != shown["loss"]
        if shown["task"] in seen:
            continue
        seen.add(shown["task"])
        loss = {"mean_squared_error": "mse"}.get(shown["loss"], shown["loss"])
        classes = {"news": 46, "digits": 10}.get(shown["task"], 1)
        names: dict = {}
        exec(question.solution(variant), names)
        x, y = np.zeros((2, shown["inputs"])), OUTPUTS[loss][1](2, classes)
        history = names["model"].fit(x, y, verbose=0).history
        assert set(history) == {"loss", *shown["metrics"]}
    assert len(seen) == 4
