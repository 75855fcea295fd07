"""Gradient descent: right answers found again, from what the texts and the figures show."""

import collections
import math
import re

import numpy as np
import pytest

from question_bank import Bank, Choice, Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def letter_of(variant: Variant, option: str) -> str:
    return LETTERS[variant.answer.option_ids().index(option)]


def function_of(text: str):
    """The function of w that a text such as `2(w − 3)² + 5` shows."""
    python = text.replace("−", "-").replace("²", "**2")
    python = re.sub(r"(\d)(?=[w(])", r"\1*", python)
    return eval(f"lambda w: {python}")


def test_next_weight_by_the_shown_loss(bank: Bank) -> None:
    """The slope of the loss that is shown, times the rate, leads to the right answer; so does the derivative shown."""
    for seed in SEEDS:
        variant = bank["gradient_descent/next_weight"].variant(seed)
        shown = variant.parameters
        loss, derivative = function_of(shown["loss"]), function_of(shown["derivative"])
        w, rate = shown["start"], shown["rate"]
        # exact for a parabola, but for what binary fractions lose
        slope = (loss(w + 0.5) - loss(w - 0.5)) / 1.0
        assert slope == pytest.approx(derivative(w))
        assert credit(variant, w - rate * slope) == 1
        assert loss(w - rate * slope) < loss(w)
        assert loss(shown["lowest"]) <= min(loss(shown["lowest"] + d) for d in (-0.1, 0.1))


def slopes_beside(points: tuple[tuple[float, float], ...], x: float) -> tuple[float, float]:
    """The slopes of a drawn line just left and just right of *x*."""
    i = min(range(len(points)), key=lambda i: abs(points[i][0] - x))
    (x0, y0), (x1, y1), (x2, y2) = points[i - 1 : i + 2]
    return (y1 - y0) / (x1 - x0), (y2 - y1) / (x2 - x1)


def test_differentiable_by_the_drawn_slopes(bank: Bank) -> None:
    """The drawn line turns by an angle that can be seen at the kinks alone; marks stand on it, letters from the left."""
    for seed in SEEDS:
        variant = bank["gradient_descent/differentiable"].variant(seed)
        chart = variant.figures["curve"]
        kinks = []
        for mark in chart.marks:
            left, right = slopes_beside(chart.lines[0].points, mark.x)
            turn = abs(math.degrees(math.atan(left) - math.atan(right)))
            assert turn < 20 or turn > 50
            kinks += [mark.label] * (turn > 50)
            assert min(math.dist(p, (mark.x, mark.y)) for p in chart.lines[0].points) < 1e-9
        assert kinks == variant.parameters["sharp"]
        asked = kinks if variant.parameters["missing"] else [c for c in "ABCDE" if c not in kinks]
        assert credit(variant, asked) == 1
        assert [mark.label for mark in sorted(chart.marks, key=lambda mark: mark.x)] == list("ABCDE")


def test_loss_curves_by_numerical_descent(bank: Bank) -> None:
    """Descent by numerical gradients, at each of the rates shown, draws the curves in the order of the right answer."""
    for seed in range(60):
        variant = bank["gradient_descent/loss_curves"].variant(seed)
        shown = variant.parameters
        curvatures = np.array([shown["curvature"], shown["curvature"] / 8])

        def loss(w: np.ndarray, curvatures: np.ndarray = curvatures, floor: float = shown["floor"]) -> float:
            return floor + float(np.sum(curvatures * w**2)) / 2

        def last(rate: float, steps: int, loss=loss, shown=shown, curvatures=curvatures) -> float:
            w = np.sqrt(2 * np.array([0.8, 0.2]) * (shown["start"] - shown["floor"]) / curvatures)
            for _ in range(steps):
                moves = np.eye(2) * 0.01
                w = w - rate * np.array([(loss(w + m) - loss(w - m)) / 0.02 for m in moves])
            return loss(w)

        lines = variant.figures["curves"].lines
        order = []
        for rate in sorted(map(float, shown["rates"]), reverse=not shown["smallest_first"]):
            end = last(rate, shown["epochs"])
            order += [line.label for line in lines if line.points[-1][1] == pytest.approx(end, rel=1e-6)]
        assert credit(variant, order) == 1
        assert len({line.points[0] for line in lines}) == 1


def test_learning_rate_size_by_rule(bank: Bank) -> None:
    """Rows of losses tell the rate's size; one rate alone is of usual size, and its rank tells nothing."""
    ranks: collections.Counter[int] = collections.Counter()
    for seed in SEEDS:
        variant = bank["gradient_descent/learning_rate_size"].variant(seed)
        shown = variant.parameters
        assert isinstance(variant.answer, Choice)
        if shown["asked"] == "usual":
            values = {id: float(shown["values"][id].replace("−", "-")) for id in variant.answer.options}
            usual = [id for id, value in values.items() if 1e-6 <= value <= 0.1]
            assert [letter_of(variant, id) for id in usual] == [variant.answer.right()]
            assert len(set(values.values())) == 4
            ranks[sorted(values.values()).index(values["usual"])] += 1
        elif shown["asked"] == "effect":
            larger = float(shown["after"]) > float(shown["before"])
            assert credit(variant, letter_of(variant, "diverges" if larger else "crawls")) == 1
        else:
            losses = list(map(float, shown["losses"]))
            fallen = (losses[0] - losses[-1]) / losses[0]
            state = "too_large" if fallen < 0 else "too_small" if fallen < 0.05 else "fitting"
            assert (losses[-1] - float(shown["floor"]) < 0.02) == (state == "fitting")
            assert credit(variant, letter_of(variant, state)) == 1
    assert min(ranks[rank] for rank in range(4)) > 0.15 * ranks.total()


def test_which_descent_by_counting_batches(bank: Bank) -> None:
    """Cutting the samples into batches gives the updates shown, and with them the kind."""
    for seed in SEEDS:
        variant = bank["gradient_descent/which_descent"].variant(seed)
        samples, size = variant.parameters["samples"], variant.parameters["size"]
        batches = [range(i, min(i + size, samples)) for i in range(0, samples, size)]
        assert variant.parameters["updates"] == len(batches)
        kind = "full" if len(batches) == 1 else "single" if len(batches[0]) == 1 else "mini"
        assert credit(variant, letter_of(variant, kind)) == 1


def test_full_batch_by_counting_batches(bank: Bank) -> None:
    """The right argument alone leaves one batch an epoch; the number of updates is that of the right option."""
    for seed in SEEDS:
        question = bank["gradient_descent/full_batch"]
        variant = question.variant(seed)
        shown = variant.parameters
        if shown["asked"] == "batch_size":
            names = {"x_train": np.empty((shown["samples"], shown["features"])), "epochs": shown["epochs"]}
            for option in variant.answer.option_ids():
                size = eval(shown["values"][option], names)
                batches = len(range(0, shown["samples"], size))
                assert credit(variant, letter_of(variant, option)) == (batches == 1)
        elif shown["asked"] == "updates":
            updates = sum(1 for _ in range(shown["epochs"]) for _ in range(0, shown["samples"], shown["samples"]))
            options = question.texts(variant, "en").options
            right = [id for id, text in options.items() if re.search(rf"(?<![\d,]){updates} times? in all", text)]
            assert [letter_of(variant, id) for id in right] == [variant.answer.right()]


def test_minima_by_the_drawn_curve(bank: Bank) -> None:
    """What the drawn curve does beside each mark gives it the name that the right answer gives it."""
    for seed in SEEDS:
        variant = bank["gradient_descent/minima"].variant(seed)
        chart = variant.figures["curve"]
        points = chart.lines[0].points
        lowest = min(y for _, y in points)
        named = {}
        for mark in chart.marks:
            near = [y for x, y in points if 1e-9 < abs(x - mark.x) < 0.35]
            if max(near) - min(near) < 1e-9:
                kind = "plateau"
            elif min(near) >= mark.y:
                kind = "global" if mark.y == pytest.approx(lowest) else "local"
            elif max(near) <= mark.y:
                kind = "maximum"
            else:
                left, right = slopes_beside(points, mark.x)
                assert min(abs(left), abs(right)) > 0.8
                kind = "slope"
            named[kind] = mark.label
        assert credit(variant, [named[kind] for kind in variant.parameters["steps"]]) == 1
        assert named == variant.parameters["letters"]


def test_loss_surface_by_its_heights(bank: Bank) -> None:
    """Heights of the drawn surface alone, stepped down with a small rate, give the right point, way and colour."""
    for seed in range(200):
        variant = bank["gradient_descent/loss_surface"].variant(seed)
        asked, surface = variant.parameters["asked"], variant.figures["surface"]
        at = {mark.label: np.array([mark.x, mark.y]) for mark in surface.marks}

        def slope(p: np.ndarray, surface=surface) -> np.ndarray:
            e = 1e-4
            x, y = p
            return np.array(
                [
                    (surface.height(x + e, y) - surface.height(x - e, y)) / (2 * e),
                    (surface.height(x, y + e) - surface.height(x, y - e)) / (2 * e),
                ]
            )

        assert all(np.abs(p).max() < surface.extent for p in at.values())
        if asked == "axes":
            assert "weight" not in surface.x_label + surface.y_label
        elif asked == "colour":
            heights = {label: surface.height(*p) for label, p in at.items()}
            assert abs(heights["P"] - heights["Q"]) > 1
            assert credit(variant, letter_of(variant, "smaller" if heights["P"] < heights["Q"] else "larger")) == 1
        elif asked == "step":
            down = -slope(at["S"])
            angles = {}
            for label in "ABCD":
                way = at[label] - at["S"]
                cosine = float(way @ down) / float(np.linalg.norm(way) * np.linalg.norm(down))
                angles[label] = math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
            nearest, second = sorted(angles.values())[:2]
            assert nearest < 15 and second > 75
            assert credit(variant, min(angles, key=angles.__getitem__)) == 1
        elif seed < 80:
            p = at["S"]
            for _ in range(900):
                p = p - 0.03 * slope(p)
            reached = [label for label in "ABCD" if np.linalg.norm(at[label] - p) < 0.1]
            assert [credit(variant, label) for label in reached] == [1]
            assert surface.height(*at[variant.parameters["letters"]["high"]]) > surface.height(*at["S"])


def test_letters_of_points_are_letters_of_options(bank: Bank) -> None:
    """Where options are marked points, option A is point A, in both languages."""
    for name in ("differentiable", "loss_curves", "minima", "loss_surface"):
        question = bank[f"gradient_descent/{name}"]
        for seed in range(60):
            variant = question.variant(seed)
            if variant.parameters.get("asked") in ("axes", "colour"):
                continue
            for language, words in (("ko", ("점", "곡선")), ("en", ("Point", "Curve"))):
                texts = list(question.texts(variant, language).options.values())
                assert texts in [[f"{word} {letter}" for letter in LETTERS[: len(texts)]] for word in words]


@pytest.mark.parametrize(
    ("korean", "given", "mistake", "share"),
    [
        ("확률적 경사 하강법", "SGD", "abbreviated", 0.25),
        ("확률적 경사 하강법", "probabilistic gradient descent", "probabilistic", 0),
        ("경사 하강법", "gd", "abbreviated", 0.25),
        ("배치 경사 하강법", "BGD", "abbreviated", 0.25),
        ("도함수", "differentiation", "operation", 0.25),
        ("편도함수", "partial differentiation", "operation", 0.25),
    ],
)
def test_english_terms_name_special_mistakes(bank: Bank, korean: str, given: str, mistake: str, share: float) -> None:
    """Mistakes that only some terms have, and so no listed response shows."""
    drawn = (bank["gradient_descent/english_terms"].variant(seed) for seed in SEEDS)
    variant = next(variant for variant in drawn if variant.parameters["korean"] == korean)
    verdict = variant.answer.mark(variant.answer.read(given))
    assert (verdict.mistake, verdict.credit) == (mistake, share)


@pytest.mark.parametrize("given", ["step", "eta", "η", "alpha", "s"])
def test_a_symbol_is_no_name_of_the_learning_rate(bank: Bank, given: str) -> None:
    """The textbook's word and the usual symbols earn a part; the short form earns half."""
    for seed in range(40):
        variant = bank["gradient_descent/learning_rate_term"].variant(seed)
        if variant.parameters["asked"] == "learning rate":
            assert variant.answer.mark(variant.answer.read(given)).mistake == "only_a_symbol"
            assert credit(variant, "lr") == 0.5
