"""
A split at random, judged by its properties: no order of the samples is the right one.

The first feature of a sample is its number, so that each can be found again.
"""

from typing import NamedTuple

import numpy as np

from question_bank.checks import array, expect, fail, points


class Part(NamedTuple):
    """Training or validation data: the samples' numbers, their rows and their labels."""

    numbers: np.ndarray
    x: np.ndarray
    y: np.ndarray


def part(x, y, features):
    """What was returned as one part, in arrays that fit together."""
    x, y = array(x), array(y)
    if x.ndim == 1 and y.ndim == 2:
        fail("wrong_order", f"samples of shape {x.shape}, labels of shape {y.shape}")
    expect(x.ndim == 2 and x.shape[1] == features, detail=f"samples of shape {x.shape}")
    # samples in the place of labels: x_train, x_val, y_train, y_val
    expect(y.ndim == 1, "wrong_order" if y.ndim == 2 else None, f"labels of shape {y.shape}")
    return Part(x[:, 0].astype(int), x, y)


def split(student, variant, x, y, size, seed, luck=0):
    """The training and the validation part; *size* is that of the part whose size the function is told."""
    result = student.call(variant.function, x, y, size, seed, seed=luck)
    expect(result is not None, "nothing_returned", "None")
    expect(type(result) in (list, tuple) and len(result) == 4, detail=f"not four arrays: {type(result).__name__}")
    features = x.shape[1]
    return part(result[0], result[1], features), part(result[2], result[3], features)


def expect_pairs(parts, x, y):
    """Each sample has its own features and its own label."""
    for some in parts:
        expect(bool(np.isin(some.numbers, np.arange(len(x))).all()), detail="a sample that was not given")
        expect(bool((some.x == x[some.numbers]).all()), detail="features of different samples in one row")
        expect(len(some.y) == len(some.numbers), detail=f"{len(some.numbers)} samples, {len(some.y)} labels")
        expect(bool((some.y == y[some.numbers]).all()), "apart", "labels of other samples")


def expect_shuffled(parts):
    """Neither part is a piece of the data as they were."""
    train, val = parts
    in_a_row = bool((np.sort(val.numbers) == val.numbers.min() + np.arange(len(val.numbers))).all())
    if in_a_row:
        still = bool((np.diff(train.numbers) > 0).all())
        fail("not_shuffled" if still else "shuffled_after_split", "validation samples that stood in a row")


def data(rng, count):
    """*count* samples (count, 3) in random order of classes, and labels (count,)."""
    x = rng.normal(size=(count, 3)).round(3)
    x[:, 0] = np.arange(count)
    return x, rng.integers(0, 10, size=count)


@points(1)
def test_sizes(student, variant, rng):
    """The part whose size is given has that many samples, the other part has the rest."""
    for count, size in ((50, 12), (41, 30)):
        train, val = split(student, variant, *data(rng, count), size, 3)
        sizes = (len(train.x), len(val.x))
        right = (count - size, size) if variant.given == "val" else (size, count - size)
        expect(sizes != right[::-1], "sizes_swapped", f"sizes {sizes}")
        expect(sizes == right, detail=f"sizes {sizes}, expected {right}")
        expect((len(train.y), len(val.y)) == right, detail=f"labels {len(train.y)}, {len(val.y)}")


@points(3)
def test_shuffled_together(student, variant, rng):
    """In random order, each sample keeps its label and is in one of the two parts, once."""
    x, y = data(rng, 80)
    parts = split(student, variant, x, y, 30, 11)
    expect_pairs(parts, x, y)
    train, val = parts
    expect(len(val.numbers) > 0 and len(train.numbers) > 0, "lost", "an empty part")
    both = np.concatenate([train.numbers, val.numbers])
    expect(len(set(both.tolist())) == len(both), "overlap", "a sample twice")
    expect(len(both) == len(x), "lost", f"{len(both)} of {len(x)} samples")
    expect_shuffled(parts)


@points(1)
def test_sorted_labels(student, variant, rng):
    """Of data sorted by label, both parts get samples of both classes, and no sample is in both."""
    x, _ = data(rng, 120)
    y = np.repeat([0, 1], 60)
    parts = split(student, variant, x, y, 40, 5)
    expect_pairs(parts, x, y)
    expect(all(len(some.y) > 0 for some in parts), detail="an empty part")
    expect_shuffled(parts)
    shared = set(parts[0].numbers.tolist()) & set(parts[1].numbers.tolist())
    expect(not shared, "overlap", f"{len(shared)} samples in both parts")
    expect(all(len(set(some.y.tolist())) == 2 for some in parts), "not_shuffled", "a part of one class")


@points(1)
def test_seed(student, variant, rng):
    """Equal seeds give equal splits, different seeds different ones."""
    x, y = data(rng, 60)
    first, again = (split(student, variant, x, y, 20, 7, luck=luck) for luck in (1, 2))
    other = split(student, variant, x, y, 20, 8, luck=1)
    expect_pairs(first, x, y)
    expect_shuffled(first)
    same = all(np.array_equal(a.numbers, b.numbers) for a, b in zip(first, again, strict=True))
    expect(same, "seed_ignored", "two splits with one seed differ")
    differ = set(first[1].numbers.tolist()) != set(other[1].numbers.tolist())
    expect(differ, "seed_ignored", "splits with different seeds are equal")
