"""Training questions' own helpers against scikit-learn, and their thresholds against what needs no training."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import numpy as np
import pytest

from question_bank import load_bank
from question_bank.data import digits, houses, multi_hot, newswires, reviews


def hidden_test(id: str) -> ModuleType:
    """The hidden test of a question, as a module."""
    spec = importlib.util.spec_from_file_location(f"hidden_{id.replace('/', '_')}", load_bank()[id].hidden_test)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scaling_is_that_of_scikit_learn() -> None:
    """What the hidden test of houses calls scaled is what StandardScaler and MinMaxScaler make."""
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    scaled = hidden_test("training/houses").scaled
    for seed in range(20):
        rng = np.random.default_rng(seed)
        train, test = rng.normal(5, 9, size=(30, 5)), rng.normal(3, 2, size=(12, 5))
        for name, scaler in (("standard", StandardScaler()), ("min-max", MinMaxScaler())):
            scaler.fit(train)
            for part in (train, test):
                np.testing.assert_allclose(scaled(part, train, name), scaler.transform(part), atol=1e-9)


def test_multi_hot_is_that_of_scikit_learn() -> None:
    """The multi-hot arrays that networks are judged on are MultiLabelBinarizer's."""
    from sklearn.preprocessing import MultiLabelBinarizer

    some = hidden_test("training/reviews").some_texts
    for seed in range(20):
        texts = some(np.random.default_rng(seed), 1000)
        assert any(len(set(text)) < len(text) for text in texts)
        assert {max(text) for text in texts} == {999}
        wanted = MultiLabelBinarizer(classes=range(1000)).fit_transform(texts)
        np.testing.assert_array_equal(multi_hot(texts, 1000), wanted)


@pytest.mark.parametrize(
    ("id", "labels"),
    [
        ("training/digits", lambda: (digits().y_train, digits().y_test)),
        ("training/reviews", lambda: (reviews().y_train, reviews().y_test)),
        ("training/newswires", lambda: (newswires().y_train, newswires().y_test)),
    ],
)
def test_always_one_class_never_passes(id: str, labels: object) -> None:
    """Always answering the most frequent class stays far below the threshold, whichever labels are given."""
    test = hidden_test(id)
    y_train, y_test = labels()  # type: ignore[operator]
    share = (y_test == np.bincount(y_train).argmax()).mean()
    floor = getattr(test, "CHANCE", getattr(test, "ABOVE_MAJORITY", test.PASS))
    error = np.sqrt(share * (1 - share) / len(y_test))
    assert share + 4 * error < floor <= test.PASS


def test_always_the_mean_never_passes() -> None:
    """Nor does always answering the mean or the median price."""
    limit, data = hidden_test("training/houses").PASS, houses()
    for answer in (data.y_train.mean(), np.median(data.y_train)):
        assert np.abs(data.y_test - answer).mean() > 1.5 * limit


def test_one_word_is_not_enough() -> None:
    """No single word tells good reviews from bad ones: the best one stays below the threshold."""
    data, limit = reviews(), hidden_test("training/reviews").PASS
    hot, test = multi_hot(data.x_train, 2000), multi_hot(data.x_test, 2000)
    agree = (data.y_train == hot.T).mean(axis=1)
    best = int(np.maximum(agree, 1 - agree).argmax())
    share = (test[:, best] == data.y_test).mean()
    assert max(share, 1 - share) < limit - 0.05
