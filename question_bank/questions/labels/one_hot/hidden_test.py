"""One-hot rows built element by element, without the indexing that students use."""

import numpy as np

from question_bank.checks import array, assert_close, fail, points


def rows_of(labels, classes, value=lambda label, place: float(label == place)):
    """Rows of length *classes*; *value* says what stands at a place for a label."""
    return [[value(label, place) for place in range(classes)] for label in labels]


def wrong_rows(labels, classes):
    """What people build instead, by the name of the mistake."""
    return {
        "off_by_one": rows_of(labels, classes, lambda label, place: float(label - 1 == place)),
        "from_the_end": rows_of(labels, classes, lambda label, place: float(classes - 1 - label == place)),
        "transposed": np.transpose(rows_of(labels, classes)),
        "label_in_row": rows_of(labels, classes, lambda label, place: float(label) * (label == place)),
        "up_to_label": rows_of(labels, classes, lambda label, place: float(place <= label)),
        "zeros_and_ones_swapped": rows_of(labels, classes, lambda label, place: float(label != place)),
        "classes_from_data": rows_of(labels, max(labels) + 1),
        "only_first": rows_of(labels[:1], classes)[0],
    }


def drawn_labels(rng, largest):
    """Labels (11,) from 0 to *largest*, in no order, with repetitions."""
    labels = [*range(largest + 1), *rng.integers(0, largest + 1, size=10 - largest)]
    return [int(label) for label in rng.permutation(labels)]


def encoded(student, variant, labels, classes):
    """What the student's encoder returns; truth values count as numbers."""
    result = student.call(variant.encoder, np.array(labels), classes)
    if isinstance(result, np.ndarray) and result.dtype.kind == "b":
        result = result.astype(float)
    return array(result)


@points(3)
def test_encode(student, variant, rng):
    """Each label becomes a row with a 1 at its place, counted from 0, and zeros elsewhere."""
    classes = int(rng.integers(6, 9))
    labels = drawn_labels(rng, classes - 1)
    assert_close(
        encoded(student, variant, labels, classes), rows_of(labels, classes), mistakes=wrong_rows(labels, classes)
    )


@points(1)
def test_missing_classes(student, variant, rng):
    """Rows are as long as there are classes, also if the last classes do not occur."""
    labels = drawn_labels(rng, 5)
    assert_close(encoded(student, variant, labels, 10), rows_of(labels, 10), mistakes=wrong_rows(labels, 10))


@points(2)
def test_decode(student, variant, rng):
    """One-hot rows give back their labels, one integer for each row."""
    classes = int(rng.integers(6, 9))
    labels = drawn_labels(rng, classes - 2)
    rows = np.array(rows_of(labels, classes))
    result = array(student.call(variant.decoder, rows))
    if result.shape in ((), (1,)):
        fail("one_number", "a single number")
    if result.shape == rows.shape:
        fail("kept_rows", "as many numbers as given")
    assert_close(
        result,
        labels,
        mistakes={
            "decoded_from_one": np.add(labels, 1),
            "column_maxima": rows.argmax(axis=0),
            "sum_of_row": np.ones(len(labels)),
        },
    )
