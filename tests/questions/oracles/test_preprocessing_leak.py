"""The order of preparation, training and evaluation, found again by trying all orders."""

from itertools import permutations

import pytest

from question_bank import load_bank
from question_bank.answers import LETTERS


@pytest.fixture(scope="module")
def bank():
    return load_bank()


def is_sound(order: tuple[str, ...]) -> bool:
    """Whether these steps, taken in this order on twelve sorted samples, work and leak nothing."""
    data = list(range(12))
    parts: list[list[int]] | None = None
    seen: set[int] | None = None
    scaled = trained = False
    for step in order:
        if step == "shuffle":
            if parts is not None:
                return False  # the parts are cut from sorted data
            data = data[::2] + data[1::2]
        elif step == "split":
            parts = [data[:6], data[6:9], data[9:]]
        elif step == "statistics":
            # of whatever there is to train with: all the data, if there are no parts
            seen = set(parts[0] if parts else data)
        elif step == "scale":
            if seen is None:
                return False
            scaled = True
        elif step == "train":
            if parts is None or not scaled or seen is None or seen - set(parts[0]):
                return False
            trained = True
        elif not trained:
            return False
    return True


def test_only_the_right_order_is_sound(bank) -> None:
    """Of the 720 orders, one works and leaks nothing, and it is the right one."""
    for seed in range(100):
        answer = bank["preprocessing/leak_order"].variant(seed).answer
        [order] = [order for order in permutations(answer.options) if is_sound(order)]
        letters = [LETTERS[answer.options.index(step)] for step in order]
        assert answer.mark(answer.read(letters)).credit == 1
