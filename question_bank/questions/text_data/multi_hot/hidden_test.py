"""Multi-hot rows built place by place: is the number of this place in the sequence?"""

import numpy as np

from question_bank.checks import array, assert_close, fail, points


def rows_of(sequences, dimension, value=lambda sequence, place: float(place in sequence)):
    """Rows of length *dimension*; *value* says what stands at a place for a sequence."""
    return [[value(sequence, place) for place in range(dimension)] for sequence in sequences]


def wrong_rows(sequences, dimension):
    """What people build instead, by the name of the mistake."""
    return {
        "counts": rows_of(sequences, dimension, lambda sequence, place: float(sequence.count(place))),
        "off_by_one": rows_of(sequences, dimension, lambda sequence, place: float(place + 1 in sequence)),
        "only_first": rows_of([sequence[:1] for sequence in sequences], dimension),
        "only_last": rows_of([sequence[-1:] for sequence in sequences], dimension),
        "one_row": np.max(rows_of(sequences, dimension), axis=0),
        "transposed": np.transpose(rows_of(sequences, dimension)),
        "swapped": rows_of(sequences, dimension, lambda sequence, place: float(place not in sequence)),
        "numbers_kept": rows_of(sequences, dimension, lambda sequence, place: float(place * (place in sequence))),
        "clipped": rows_of([[min(n, dimension - 1) for n in sequence] for sequence in sequences], dimension),
        "width_from_data": rows_of(sequences, max(max(sequence, default=0) for sequence in sequences) + 1),
        "rows_lost": rows_of([sequence for sequence in sequences if sequence], dimension),
    }


def check(student, variant, sequences, dimension):
    """The student's array for *sequences* is right; truth values count as numbers."""
    result = student.call(variant.function, sequences, dimension)
    if isinstance(result, np.ndarray) and result.dtype.kind == "b":
        result = result.astype(float)
    result = array(result)
    # counted from 1, the number 0 leads to the last place
    around = rows_of(sequences, dimension, lambda sequence, place: float((place + 1) % dimension in sequence))
    if result.shape == np.shape(around) and (result == around).all():
        fail("off_by_one", "each 1 stands one place before its own")
    assert_close(result, rows_of(sequences, dimension), mistakes=wrong_rows(sequences, dimension))


def drawn(rng, largest):
    """Four sequences of 3 to 6 different numbers, in random order; only the first holds *largest*."""
    sequences = [[int(n) for n in rng.permutation(largest)[: rng.integers(3, 7)]] for _ in range(4)]
    sequences[0][1] = largest
    return sequences


@points(2)
def test_ones(student, variant, rng):
    """Each number of a sequence gets a 1 at its place, counted from 0; everything else is 0."""
    dimension = int(rng.integers(12, 20))
    check(student, variant, drawn(rng, dimension - 1), dimension)


@points(2)
def test_repeats(student, variant, rng):
    """A number that occurs several times has a 1, as any other."""
    dimension = int(rng.integers(12, 20))
    sequences = [[*sequence, *sequence[:2], sequence[0]] for sequence in drawn(rng, dimension - 1)]
    check(student, variant, sequences, dimension)


@points(2)
def test_beyond(student, variant, rng):
    """Numbers from the dimension on are left out, and the others have their ones."""
    dimension = int(rng.integers(12, 20))
    sequences = drawn(rng, dimension - 3)
    for sequence in sequences[1:]:
        sequence.insert(int(rng.integers(0, len(sequence))), dimension + int(rng.integers(0, 30)))
    check(student, variant, sequences, dimension)


@points(1)
def test_rows(student, variant, rng):
    """There is a row for each sequence, also for an empty one, and all are of the stated length."""
    dimension = int(rng.integers(12, 20))
    sequences = drawn(rng, dimension - 4)
    sequences.insert(int(rng.integers(1, 4)), [])
    check(student, variant, sequences, dimension)
