"""The words of hidden tests: whatever a student's side sends in place of an answer, no check passes by it."""

import decimal
import fractions
import itertools
import math

import numpy as np
import pytest

from question_bank import checks
from question_bank.checks import CheckFailed, array, assert_accuracy, assert_close, expect, fail, number


class AlwaysEqual(float):
    """Says yes to every comparison."""

    def __eq__(self, other: object) -> bool:
        return True

    def __le__(self, other: object) -> bool:
        return True

    __ge__ = __lt__ = __gt__ = __le__

    def __sub__(self, other: object) -> "AlwaysEqual":
        return self

    __rsub__ = __abs__ = __sub__  # type: ignore[assignment]
    __hash__ = float.__hash__


class YesArray(np.ndarray):
    """An array that answers numpy's questions itself."""

    def __array_ufunc__(self, *args: object, **kwargs: object) -> bool:
        return True

    def __array_function__(self, *args: object, **kwargs: object) -> bool:
        return True

    def item(self) -> float:
        return 1.0


class Lazy:
    """Looks different each time one looks."""

    looks = itertools.count()

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        return np.full(3, float(next(self.looks)))

    def __float__(self) -> float:
        return float(next(self.looks))


class Explodes:
    """Raises whatever is asked of it."""

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        raise RuntimeError("boom")

    def __repr__(self) -> str:
        raise RuntimeError("boom")

    __float__ = __str__ = __len__ = __repr__  # type: ignore[assignment]


class Pretends:
    """Claims to be a float."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return float


class ListOfLies(list):
    """A list whose items depend on who asks."""

    def __iter__(self) -> object:
        return iter([1.0, 2.0, 3.0])


CYCLE: list = []
CYCLE.append(CYCLE)

LIES = {
    "39 always equal": AlwaysEqual(5),
    "39 always equal, in a list": [AlwaysEqual(1), AlwaysEqual(2), AlwaysEqual(3)],
    "39 numpy float that is always equal": type("E", (np.float64,), {"__eq__": lambda *_: True, "__hash__": None})(1),
    "40 ndarray subclass": np.arange(1.0, 4).view(YesArray),
    "41 class spoof": Pretends(),
    "42 lazy liar": Lazy(),
    "43 explodes": Explodes(),
    "43 explodes, in a list": [1.0, 2.0, Explodes()],
    "44 cycle": CYCLE,
    "44 infinite": itertools.count(),
    "44 generator": (i for i in (1.0, 2.0, 3.0)),
    "45 list subclass": ListOfLies([9.0]),
    "45 true": True,
    "45 truths": [True, True, True],
    "45 a truth among numbers": [True, 2.0, 3.0],
    "45 array of truths": np.array([True, True, True]),
    "45 dict": {0: 1.0, 1: 2.0, 2: 3.0},
    "45 set": {1.0, 2.0, 3.0},
    "47 nan": math.nan,
    "47 nans": np.full(3, np.nan),
    "47 one nan": [1.0, 2.0, math.nan],
    "48 empty": np.empty((0, 3)),
    "48 empty list": [],
    "49 column": np.array([[1.0], [2.0], [3.0]]),
    "49 length one": np.array([1.0]),
    "49 too many": np.array([1.0, 2.0, 3.0, 3.0]),
    "50 constant": np.float64(2.0),
    "50 constant of rank 0": np.array(2.0),
    "51 masked": np.ma.masked_all(3),
    "51 masked, right below": np.ma.array([1.0, 2.0, 3.0], mask=True),
    "52 objects": np.array([1.0, 2.0, 3.0], dtype=object),
    "52 text": np.array(["1.0", "2.0", "3.0"]),
    "52 texts": ["1.0", "2.0", "3.0"],
    "52 complex": np.array([1, 2, 3], dtype=complex),
    "52 float16 overflow": np.array([1, 2, 1e5]).astype(np.float16),
    "52 uint8 wrapped": np.array([1, 2, 3], dtype=np.uint8) - np.uint8(4),
    "52 dates": np.array([1, 2, 3], dtype="M8[s]"),
    "52 records": np.array([(1.0,), (2.0,), (3.0,)], dtype=[("a", float)]),
    "52 decimals": [decimal.Decimal(1), decimal.Decimal(2), decimal.Decimal(3)],
    "52 fractions": [fractions.Fraction(1), fractions.Fraction(2), fractions.Fraction(3)],
    "53 huge": np.array([1.0, 2.0, 1e308]),
    "53 huge integer": 2**2000,
    "53 huge integers": [2**2000, 2, 3],
    "53 infinite": math.inf,
    "53 infinities": np.full(3, np.inf),
    "ragged": [[1.0], [2.0, 3.0]],
    "none": None,
    "ellipsis": ...,
    "text": "1 2 3",
    "bytes": b"123",
}
lies = pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


@lies
def test_no_lie_is_close(lie):
    """No lying value equals an array, a matrix or a number; each fails the check rather than breaking it."""
    for expected in ([1.0, 2.0, 3.0], [[1.0, 2.0, 3.0]], 1.0, 5.0, 1e300):
        with pytest.raises(CheckFailed):
            assert_close(lie, expected, mistakes={"lie": [7.0, 7.0, 7.0]})


@lies
def test_no_lie_is_accurate(lie):
    """No lying value names the right classes, even at a threshold that guessing meets."""
    with pytest.raises(CheckFailed):
        assert_accuracy(lie, [1, 2, 3], at_least=0.7)


NUMBERS_AFTER_ALL = {"49 length one", "50 constant", "50 constant of rank 0"}


@pytest.mark.parametrize("name", LIES)
def test_no_lie_is_a_number(name):
    """What is no single plain finite number is refused; an array that holds one number is that number."""
    if name in NUMBERS_AFTER_ALL:
        assert type(number(LIES[name])) is float
    else:
        with pytest.raises(CheckFailed):
            number(LIES[name])


@pytest.mark.parametrize("name", [name for name in LIES if name != "45 true"])
def test_no_lie_is_true(name):
    """Only True holds: nothing that is merely truthy, and nothing that overrides comparison."""
    with pytest.raises(CheckFailed):
        expect(LIES[name])


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int8(3), np.array(3), np.array([3]), np.array([[3.0]])])
def test_number_reads_every_plain_form(value):
    """A number is a number in whatever plain type it comes."""
    assert number(value) == 3.0


@pytest.mark.parametrize(
    "value",
    [
        [1, 2, 3],
        (1.0, 2, 3),
        [np.float32(1), 2, np.array(3.0)],
        np.array([1, 2, 3], dtype=np.uint8),
        np.array([1, 2, 3], dtype=np.float16),
        np.array([1.0, 2.0, 3.0])[::1],
        [1 + 1e-7, 2.0, 3.0],
    ],
)
def test_close_accepts_every_plain_form(value):
    """Equal numbers are equal in whatever plain container and type they come."""
    assert_close(value, [1.0, 2.0, 3.0])


def test_close_compares_without_wrapping_round():
    """uint8 250 and 260 differ by 10, not by what 8 bits make of it."""
    with pytest.raises(CheckFailed):
        assert_close(np.array([4], dtype=np.uint8), [260.0])


def test_close_names_the_mistake():
    """A value that equals the result of a known mistake fails by that name, others without a name."""
    for value, name in ((12.0, "bias_forgotten"), (13.0, None)):
        with pytest.raises(CheckFailed) as failed:
            assert_close(value, 16.0, mistakes={"bias_forgotten": 12.0, "other_shape": [13.0]})
        assert failed.value.mistake == name


def test_tolerance_is_relative_to_the_expected_value():
    """A huge answer doesn't widen its own tolerance."""
    with pytest.raises(CheckFailed):
        assert_close(1e9, 1.0, rtol=0.5)
    assert_close(1.4, 1.0, rtol=0.5, atol=0)


@pytest.mark.parametrize(
    "predicted",
    [
        [1, 2, 0],
        np.array([1, 2, 0], dtype=np.uint8),
        np.eye(3)[[1, 2, 0]],
        [[0.1, 0.6, 0.3], [0, 0, 9.0], [1, 0, 0]],
    ],
)
def test_accuracy_reads_classes_and_scores(predicted):
    """Class numbers and one score for each class both count."""
    assert_accuracy(predicted, np.array([1, 2, 0], dtype=np.uint8), at_least=1.0)


@pytest.mark.parametrize(
    ("predicted", "labels"),
    [
        (np.zeros(1), np.zeros(50)),
        (np.zeros((50, 1)), np.zeros(50)),
        (np.zeros((1, 50)), np.zeros(50)),
        (np.zeros(0), np.zeros(0)),
        (0.0, np.zeros(50)),
        (np.zeros((50, 50, 1)), np.zeros(50)),
    ],
)
def test_accuracy_never_broadcasts(predicted, labels):
    """Shapes that numpy would stretch until they fit are refused."""
    with pytest.raises(CheckFailed):
        assert_accuracy(predicted, labels, at_least=0.0)


def test_accuracy_counts_exactly():
    """The threshold itself passes; a hair above it fails and names the mistake."""
    assert_accuracy([0, 1, 1, 1], [1, 1, 1, 1], at_least=0.75)
    with pytest.raises(CheckFailed) as failed:
        assert_accuracy([0, 1, 1, 1], [1, 1, 1, 1], at_least=0.751, mistake="undertrained")
    assert (failed.value.mistake, failed.value.detail) == ("undertrained", "accuracy 0.750, needed 0.751")


def test_array_keeps_shape_and_values():
    """An array comes back in its own shape as float64, a copy."""
    given = np.arange(6, dtype=np.int16).reshape(2, 3)
    got = array(given)
    assert got.dtype == np.float64
    assert got.shape == (2, 3)
    assert got.tolist() == given.tolist()


def test_fail_and_expect_carry_mistake_and_detail():
    """A failure says what was recognised and, apart from it, what was seen."""
    with pytest.raises(CheckFailed) as failed:
        fail("ascent", "went up")
    assert (failed.value.mistake, failed.value.detail, str(failed.value)) == ("ascent", "went up", "went up")
    expect(True)
    expect(np.bool_(True))
    with pytest.raises(CheckFailed, match="check failed"):
        expect(False)


def test_all_names_exist():
    """Every public name is there, in order."""
    assert [hasattr(checks, name) for name in checks.__all__] == [True] * len(checks.__all__)
    assert checks.__all__ == sorted(checks.__all__)
