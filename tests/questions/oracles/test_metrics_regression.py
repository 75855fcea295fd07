"""Metrics of regression: the typed questions' right answers, found again with scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error, mean_squared_error, root_mean_squared_error

from question_bank import Variant, load_bank
from question_bank.answers import LETTERS

SEEDS = range(500)
RANDOM = np.random.default_rng(4)
# errors of a few samples, and those of many of which one is far off
SAMPLES = [*(RANDOM.normal(size=RANDOM.integers(2, 12)) * 10 for _ in range(60)), np.array([500.0, *[-0.1] * 5000])]


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def credit(variant: Variant, given: object) -> float:
    return variant.answer.mark(variant.answer.read(given)).credit


def rmse(errors: object) -> float:
    return root_mean_squared_error(np.zeros(len(errors)), errors)


def mae(errors: object) -> float:
    return mean_absolute_error(np.zeros(len(errors)), errors)


def test_regression_errors_by_scikit_learn(bank) -> None:
    """Of the printed table, scikit-learn finds the same three numbers, exactly."""
    question = bank["metrics/regression_errors"]
    for seed in SEEDS:
        variant = question.variant(seed)
        lines = [line for line in question.texts(variant, "en").prompt.splitlines() if line.startswith("| ")]
        targets, predictions = ([float(cell) for cell in line.strip("| ").split("|")[1:]] for line in lines)
        found = {
            "mse": float(mean_squared_error(targets, predictions)),
            "rmse": float(root_mean_squared_error(targets, predictions)),
            "mae": float(mean_absolute_error(targets, predictions)),
        }
        assert credit(variant, found) == 1
        assert credit(variant, ", ".join(f"{name}={value}" for name, value in found.items())) == 1


def statements(big: int, factor: int) -> dict[str, bool]:
    """Whether each statement of `rmse_and_mae` holds for all of many random errors."""
    pairs = [(rmse(errors), mae(errors)) for errors in SAMPLES]
    alike = [np.abs(errors[0]) * np.sign(errors) for errors in SAMPLES]
    balanced = [errors - errors.mean() for errors in SAMPLES]
    before, after = np.ones(10), np.array([big, *np.ones(9)])
    rises = rmse(after) - rmse(before) > mae(after) - mae(before)
    grown = [(rmse(factor * errors) / rmse(errors), mae(factor * errors) / mae(errors)) for errors in SAMPLES]
    # in metres, then in centimetres: a value in the target's units becomes 100 times as large, not 100 squared
    in_units = [np.isclose(rmse(100 * errors), 100 * rmse(errors)) for errors in SAMPLES]
    # what one error of the larger size adds, in errors of size 2
    larger, two = np.array([2.0 * factor, 0, 0, 0]), np.array([2.0, 0, 0, 0])
    return {
        "order_true": all(r >= m - 1e-12 for r, m in pairs),
        "order_false": all(m >= r - 1e-12 for r, m in pairs),
        "equality_true": all(np.isclose(rmse(errors), mae(errors)) for errors in alike),
        "equality_false": all(np.isclose(rmse(errors), mae(errors)) for errors in balanced),
        "units_true": all(in_units),
        "units_false": not all(in_units),
        "outlier_true": rises,
        "outlier_false": not rises,
        "zero_true": all(m == 0 for r, m in [*pairs, (rmse(np.zeros(3)), mae(np.zeros(3)))] if r == 0),
        "zero_false": any(mae(errors) < 1e-9 for errors in balanced),
        "scale_true": all(np.isclose(r, factor) for r, _ in grown),
        "scale_false": all(np.isclose(r, factor**2) for r, _ in grown),
        "weight_true": bool(np.isclose(rmse(larger) ** 2 / rmse(two) ** 2, factor**2)),
        "weight_false": bool(np.isclose(mae(larger) / mae(two), factor**2)),
    }


def test_rmse_and_mae_by_brute_force(bank) -> None:
    """The statements that hold for all of many lists of errors are the right ones."""
    truth = {(big, factor): statements(big, factor) for big in (6, 8, 10, 12) for factor in (2, 3)}
    for seed in SEEDS:
        variant = bank["metrics/rmse_and_mae"].variant(seed)
        holds = truth[variant.parameters["big"], variant.parameters["factor"]]
        letters = [LETTERS[i] for i, option in enumerate(variant.answer.options) if holds[option]]
        assert credit(variant, letters) == 1


def test_read_mae_by_brute_force(bank) -> None:
    """For errors whose metric has the printed value, only the right reading always holds."""

    def readings(errors: np.ndarray, value: float) -> dict[str, bool]:
        sizes, targets = np.abs(errors), np.full(len(errors), 50.0)
        return {
            "mean_size": bool(np.isclose(sizes.mean(), value)),
            "mean_square": bool(np.isclose((errors**2).mean(), value)),
            "always_above": bool(np.isclose(errors.mean(), value)),
            "at_most": bool(sizes.max() <= value),
            "percent": bool(np.isclose(100 * (sizes / targets).mean(), value)),
            "counted": bool(np.isclose(100 * (errors != 0).mean(), value)),
            "half": bool(np.isclose(np.median(sizes), value)),
            # the errors in units a hundredth as large: a value in the target's units becomes 100 times as large
            "wrong_units": bool(np.isclose(((100 * errors) ** 2).mean(), 100 * value)),
        }

    metrics = {"mae": mae, "mse": lambda errors: rmse(errors) ** 2}
    scales = {"mae": lambda ratio: ratio, "mse": np.sqrt}
    always: dict[tuple[str, int], set[str]] = {}
    for seed in SEEDS:
        variant = bank["metrics/read_mae"].variant(seed)
        metric, value = variant.parameters["metric"], variant.parameters["value"]
        if (metric, value) not in always:
            scaled = [errors * scales[metric](value / metrics[metric](errors)) for errors in SAMPLES]
            each = [readings(errors, value) for errors in scaled]
            always[metric, value] = {name for name in each[0] if all(found[name] for found in each)}
        letters = [LETTERS[i] for i, option in enumerate(variant.answer.options) if option in always[metric, value]]
        assert [credit(variant, letter) for letter in letters] == [1]
