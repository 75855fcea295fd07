"""Shapes, dtypes and forms of labels, as students write them."""

from __future__ import annotations

import pytest

from question_bank.answers import Malformed
from question_bank.answers.keras_names import meaning


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("(32, 10)", "(32, 10)"),
        ((32, 10), "(32, 10)"),
        ([32, 10], "(32, 10)"),
        ("[32,10]", "(32, 10)"),
        ("32x10", "(32, 10)"),
        ("32 × 10", "(32, 10)"),
        ("32 10", "(32, 10)"),
        ("x.shape == (32, 10)", "(32, 10)"),
        ("shape=(3,)", "(3,)"),
        ("(10,)", "(10,)"),
        (10, "(10,)"),
        ("10", "(10,)"),
        ("()", "()"),
        ((), "()"),
        ("28*28", "(784,)"),
        ("(60000, 28*28)", "(60000, 784)"),
        ("(60,000)", "(60, 0)"),
        ("(None, 10)", "(None, 10)"),
        ((None, 10), "(None, 10)"),
        ("(batch, 10)", "(None, 10)"),
    ],
)
def test_shapes(given: object, read: str) -> None:
    """A tuple, its text, `x` and words around it are one shape; arithmetic inside one size is worked out."""
    assert meaning("shape", given) == read


@pytest.mark.parametrize(
    "given", ["hello", "", "(3,,4)", "(3, 4) or (4, 3)", "(3.5, 2)", "(-1, 4)", True, None, {"a": 1}, "x" * 500, 1.5]
)
def test_no_shapes(given: object) -> None:
    """What holds something else than sizes is malformed, not wrong."""
    with pytest.raises(Malformed):
        meaning("shape", given)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("float32", "float32"),
        ("np.float32", "float32"),
        ("tf.float32", "float32"),
        ("dtype('float32')", "float32"),
        ("f4", "float32"),
        ("<class 'numpy.float32'>", "float32"),
        ("float", "float64"),
        ("FLOAT64", "float64"),
        ("uint8", "uint8"),
        ("long", "? long"),
        ("floaty", "? floaty"),
    ],
)
def test_dtypes(given: str, read: str) -> None:
    """A dtype counts with its prefix, its short code and Python's own name; an unknown word matches nothing."""
    assert meaning("dtype", given) == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("integers", "integers"),
        ("정수", "integers"),
        ("정수 레이블", "integers"),
        ("integer labels", "integers"),
        ("one-hot", "one-hot"),
        ("One Hot vectors", "one-hot"),
        ("원-핫 벡터", "one-hot"),
        ("원핫 인코딩", "one-hot"),
        ("0 또는 1", "0 or 1"),
        ("0/1", "0 or 1"),
        ("real numbers", "real numbers"),
        ("실수", "real numbers"),
        ("multi-hot", "multi-hot"),
        ("nothing", "? nothing"),
    ],
)
def test_labels(given: str, read: str) -> None:
    """The forms of labels, in both languages."""
    assert meaning("labels", given) == read


@pytest.mark.parametrize(
    ("given", "read"),
    [("adam", "adam"), ("keras.optimizers.Adam(1e-3)", "adam"), ("SGD", "sgd"), ("RMSprop", "rmsprop"), ("x", "? x")],
)
def test_optimizers(given: str, read: str) -> None:
    """An optimizer by its name or as Keras' object."""
    assert meaning("optimizer", given) == read
