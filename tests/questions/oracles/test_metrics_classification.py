"""Metrics of classification: right answers found again with scikit-learn and with Keras' own resolution."""

from __future__ import annotations

import re

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.metrics import (
    accuracy_score,
    auc,
    average_precision_score,
    confusion_matrix,
    precision_recall_curve,
    precision_score,
    recall_score,
    roc_auc_score,
    roc_curve,
)

from question_bank import Bank, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def fitting(variant: Variant, options: list[str]) -> list[str]:
    """The letters of those *options* that are shown."""
    return [LETTERS[i] for i, option in enumerate(variant.answer.option_ids()) if option in options]


def samples_of(variant: Variant) -> tuple[list[object], list[object], object]:
    """True labels, predictions and the positive one among them, as the lists or the drawn matrix show them."""
    shown = variant.parameters
    if shown["form"] == "lists":
        return shown["y_true"], shown["y_pred"], shown["code"]
    matrix = variant.figures["matrix"]
    pairs = [
        (row, column)
        for row, counts in zip(matrix.rows, matrix.counts, strict=True)
        for column, count in zip(matrix.columns, counts, strict=True)
        for _ in range(count)
    ]
    if matrix.row_label == "predicted class":
        pairs = [pair[::-1] for pair in pairs]
    return [true for true, _ in pairs], [said for _, said in pairs], shown["names"][0]


def test_counts_of_matrix_by_scikit_learn(bank: Bank) -> None:
    """Of the samples that are listed or drawn, scikit-learn counts the same four numbers."""
    for seed in SEEDS:
        variant = bank["metrics/counts_of_matrix"].variant(seed)
        y_true, y_pred, positive = samples_of(variant)
        negative = next(label for label in [*y_true, *y_pred] if label != positive)
        (tn, fp), (fn, tp) = confusion_matrix(y_true, y_pred, labels=[negative, positive]).tolist()
        assert credit(variant, {"tp": tp, "fp": fp, "fn": fn, "tn": tn}) == 1


def test_counts_of_matrix_names_the_positive_class(bank: Bank) -> None:
    """The class that the text calls positive is the one whose label or row counts as positive."""
    question = bank["metrics/counts_of_matrix"]
    for seed in range(100):
        variant = question.variant(seed)
        prompt = question.texts(variant, "en").prompt
        positive = re.search(r"\*\*positive\*\* class is “(\w+)”", prompt)
        assert positive is not None
        assert positive[1] == variant.parameters["names"][0]
        if variant.parameters["form"] == "lists":
            assert f"“{positive[1]}”, labelled {variant.parameters['code']}" in prompt


def test_lazy_classifier_by_scikit_learn(bank: Bank) -> None:
    """scikit-learn's most frequent answer has the accuracy that earns full credit."""
    for seed in SEEDS:
        variant = bank["metrics/lazy_classifier"].variant(seed)
        shown = variant.parameters
        if shown["form"] == "classes":
            labels = np.arange(shown["total"]) % shown["classes"] == 0
        elif shown["form"] == "share":
            labels = np.arange(100) < shown["rare"]
        else:
            labels = np.repeat([True, False], [shown["few"], shown["many"]])
        rows = np.zeros((len(labels), 1))
        lazy = DummyClassifier(strategy="most_frequent").fit(rows, labels)
        assert credit(variant, 100 * lazy.score(rows, labels)) == 1


def test_lazy_recall_by_scikit_learn(bank: Bank) -> None:
    """Only the right pair of values is that of scikit-learn's constant classifier."""
    for seed in SEEDS:
        variant = bank["metrics/lazy_recall"].variant(seed)
        shown = variant.parameters
        labels = np.arange(100) < shown["percent"]
        if shown["asked"] == "why":
            assert accuracy_score(labels, np.zeros(100)) == pytest.approx(1 - shown["percent"] / 100)
            continue
        said = np.full(100, shown["asked"] == "always_yes")
        recall = recall_score(labels, said)
        found = (
            [recall, precision_score(labels, said)]
            if shown["asked"] == "always_yes"
            else [accuracy_score(labels, said), recall]
        )
        letters = fitting(variant, [id for id, pair in shown["pairs"].items() if np.allclose(pair, found)])
        assert [credit(variant, letter) for letter in letters] == [1]


def test_curve_area_by_integration(bank: Bank) -> None:
    """The areas under the drawn curves tell which is the best, the perfect one, and that of random scores."""
    for seed in SEEDS:
        variant = bank["metrics/curve_area"].variant(seed)
        shown, chart = variant.parameters, variant.figures["curves"]
        if shown["asked"] == "random_area":
            continue
        areas = {}
        for mark in chart.marks:
            # the line on which the letter stands
            through = [
                line
                for line in chart.lines
                if np.isclose(np.interp(mark.x, *zip(*line.points, strict=True)), mark.y, atol=1e-3)
            ]
            assert len(through) == 1
            areas[mark.label] = auc(*zip(*through[0].points, strict=True))
        by_chance = 0.5 if shown["curve"] == "roc" else shown["share"]
        wanted = {
            "best": [name for name, area in areas.items() if area == max(areas.values())],
            "perfect": [name for name, area in areas.items() if np.isclose(area, 1)],
            "random": [name for name, area in areas.items() if np.isclose(area, by_chance, atol=1e-3)],
        }[shown["asked"]]
        assert [credit(variant, letter) for letter in fitting(variant, [f"curve_{name}" for name in wanted])] == [1]


def test_random_area_by_simulation(bank: Bank) -> None:
    """Random scores of many samples have the area that earns full credit."""
    rng = np.random.default_rng(0)
    simulated: dict[tuple[str, float], float] = {}
    for seed in SEEDS:
        variant = bank["metrics/curve_area"].variant(seed)
        shown = variant.parameters
        if shown["asked"] != "random_area":
            continue
        key = (shown["curve"], shown["share"])
        if key not in simulated:
            labels, scores = rng.random(20_000) < shown["share"], rng.random(20_000)
            simulated[key] = (roc_auc_score if key[0] == "roc" else average_precision_score)(labels, scores)
        options = variant.answer.option_ids()
        nearest = min(options, key=lambda id: abs(shown["values"][id] - simulated[key]))
        assert credit(variant, fitting(variant, [nearest])) == 1


def test_auc_of_scores_by_scikit_learn(bank: Bank) -> None:
    """scikit-learn finds the same area from the printed table."""
    question = bank["metrics/auc_of_scores"]
    for seed in SEEDS:
        variant = question.variant(seed)
        lines = [line for line in question.texts(variant, "en").prompt.splitlines() if line.startswith("| ")]
        labels, scores = ([float(cell) for cell in line.strip("| ").split("|")[1:]] for line in lines)
        assert credit(variant, round(float(roc_auc_score(labels, scores)), 2)) == 1


def test_curve_axes_by_scikit_learn(bank: Bank) -> None:
    """The formulas of the right option give the points of scikit-learn's curves, and no other option's do."""
    rng = np.random.default_rng(1)
    labels = np.arange(300) < 90
    scores = rng.normal(size=300) + labels
    fpr, tpr, thresholds = roc_curve(labels, scores, drop_intermediate=False)
    precision, recall, cuts = precision_recall_curve(labels, scores)
    cut = cuts[150]
    (tn, fp), (fn, tp) = confusion_matrix(labels, scores >= cut).tolist()
    counts = {"TP": tp, "FP": fp, "FN": fn, "TN": tn}
    at = int(np.flatnonzero(thresholds == cut)[0])
    points = {"roc": (fpr[at], tpr[at]), "pr": (recall[150], precision[150])}
    for seed in SEEDS:
        variant = bank["metrics/curve_axes"].variant(seed)
        shown = variant.parameters
        if shown["form"] != "formula":
            continue
        point = points[shown["curve"]]
        wanted = point if shown["asked"] == "both" else ({"x": point[0], "y": point[1]}[shown["asked"]],)
        values = {id: [eval(text["en"], {}, counts) for text in texts] for id, texts in shown["shown"].items()}
        letters = fitting(variant, [id for id, found in values.items() if np.allclose(found, wanted)])
        assert [credit(variant, letter) for letter in letters] == [1]


def test_which_accuracy_as_keras_resolves_it(bank: Bank) -> None:
    """What a model compiled with "accuracy" reports is the value of the right form, and that of no other."""
    import keras

    rng = np.random.default_rng(2)
    reported: dict[tuple[str, int], set[str]] = {}
    for seed in SEEDS:
        variant = bank["metrics/which_accuracy"].variant(seed)
        shown = variant.parameters
        form, classes = shown["form"], shown["classes"]
        if classes not in (2, 4, 7):
            continue
        if (form, classes) not in reported:
            units, activation = re.fullmatch(r'(\d), activation="(\w+)"', shown["output"]).groups()
            model = keras.Sequential([keras.layers.Dense(int(units), activation=activation)])
            model.compile(loss=shown["loss"], metrics=["accuracy"])
            x, labels = rng.normal(size=(90, 3)), rng.integers(0, classes, size=90)
            y = np.eye(classes)[labels] if form == "categorical" else labels
            _, accuracy = model.evaluate(x, y, verbose=0)
            outputs = model.predict(x, verbose=0)
            values = {
                "top_k_categorical": np.mean([k in o.argsort()[-5:] for k, o in zip(labels, outputs, strict=True)])
            }
            values["binary"] = ((outputs > 0.5) == y.reshape(90, -1)).mean()
            values["categorical"] = (outputs.argmax(axis=1) == y.reshape(90, -1).argmax(axis=1)).mean()
            values["sparse_categorical"] = (outputs.argmax(axis=1) == labels).mean() if form != "categorical" else -1
            reported[form, classes] = {name for name, value in values.items() if np.isclose(value, accuracy)}
        assert len(reported[form, classes]) == 1
        assert credit(variant, fitting(variant, list(reported[form, classes]))) == 1
