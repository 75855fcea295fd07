"""Generated houses: eight features of each and its price, for regression."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from question_bank.data.offline_data import read_table, split_table
from question_bank.data.stream import Stream, exponential

__all__ = ["FEATURES", "Houses", "houses", "houses_csv"]

Floats = npt.NDArray[np.float64]

GIVEN, HIDDEN = 600, 1000

FEATURES = ("area_m2", "rooms", "age_years", "km_to_subway", "floor", "km_to_centre", "school_score", "parking")
_PLACES = (1, 0, 0, 2, 0, 1, 1, 0)
_TARGET = "price_100m_won"


@dataclass(frozen=True)
class Houses:
    """
    Houses by feature, in the order of `FEATURES`, and their prices in 100 million won (억 원).

    Args:
        x_train: (480, 8) those that `keras.datasets.boston_housing.load_data()` gives for training.
        y_train: (480,) their prices.
        x_test: (1000, 8) houses that no student is given.
        y_test: (1000,) their prices.
    """

    x_train: Floats
    y_train: Floats
    x_test: Floats
    y_test: Floats


@functools.cache
def _made() -> tuple[tuple[str, ...], ...]:
    """Each house's features and price, rounded, as a table shows them."""
    stream = Stream("houses")
    count = GIVEN + HIDDEN
    area = np.clip(stream.lognormal(78, 0.35, count), 20, 240)
    rooms = np.clip(np.floor(area / 28 + 0.5 * stream.normal(count) + 0.9), 1, 8)
    age = np.floor(stream.uniform(count) * 46)
    subway = np.clip(stream.lognormal(0.55, 0.75, count), 0.05, 6)
    floor = np.floor(stream.uniform(count) * stream.uniform(count) * 30) + 1
    centre = np.clip(stream.lognormal(9, 0.55, count), 0.5, 40)
    school = np.clip(6.5 + 1.4 * stream.normal(count), 1, 10)
    parking = np.floor(stream.uniform(count) * 3)
    price = area * 0.085 * exponential(-centre / 18) * (1 - 0.014 * age + 0.00025 * age * age)
    price = price + 0.35 * rooms - 0.45 * subway + 0.02 * floor + 0.28 * (school - 6.5) + 0.3 * parking + 1.2
    price = np.maximum(price * exponential(0.08 * stream.normal(count)), 0.3)
    columns = (area, rooms, age, subway, floor, centre, school, parking, price)
    # shown numbers are the data: rounding hides the last bit, in which machines might differ
    texts = [[f"{value:.{places}f}" for value in column] for column, places in zip(columns, (*_PLACES, 2), strict=True)]
    return tuple(zip(*texts, strict=True))


def _csv(start: int, stop: int) -> str:
    lines = [",".join(row) for row in _made()[start:stop]]
    return "\n".join([",".join((*FEATURES, _TARGET)), *lines, ""])


def houses_csv() -> bytes:
    """The `houses.csv` that students are given; always the same bytes."""
    return _csv(0, GIVEN).encode()


@functools.cache
def houses() -> Houses:
    """The training houses as `keras.datasets.boston_housing.load_data()` gives them, and the hidden ones."""
    (x_train, y_train), _ = split_table(*read_table(_csv(0, GIVEN)))
    x_test, y_test = read_table(_csv(GIVEN, GIVEN + HIDDEN))
    return Houses(x_train, y_train, x_test, y_test)
