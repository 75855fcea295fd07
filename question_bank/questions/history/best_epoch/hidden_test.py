"""
The best epoch by one list of a record like `history.history`.

In a record of 14 epochs the right epoch, and the epochs to which the usual mistakes lead, lie two or more apart,
so that counting from 0 never makes one of them another. The right one is known because the test put it there;
nothing is searched for.
"""

from question_bank.checks import array, assert_close, expect, fail, number, points

EPOCHS, PLACES = 14, (2, 5, 8, 11)
RUNS = 3


def curve(rng, direction, good, bad=None):
    """Values of which that of epoch *good* is best and that of epoch *bad*, if any, is worst."""
    values = rng.uniform(0.3, 0.6, size=EPOCHS)
    values[good - 1] = rng.uniform(0.1, 0.2)
    if bad is not None:
        values[bad - 1] = rng.uniform(0.7, 0.9)
    return [round(float(v), 4) for v in (values if direction == "lowest" else 1 - values)]


def record(rng, variant, places):
    """A record, and the epochs to which right and wrong ways lead, by name; four of these are *places*, in order."""
    right, training_data, other_measure, wrong_end = places
    ways = {
        "right": right,
        "training_data": training_data,
        "other_measure": other_measure,
        "wrong_end": wrong_end,
        "last_epoch": EPOCHS,
    }
    lists = {}
    for name in ("loss", variant.metric):
        direction = "highest" if name == "accuracy" else "lowest"
        asked = f"val_{name}" == variant.key
        lists[name] = curve(rng, direction, training_data if asked else EPOCHS)
        lists[f"val_{name}"] = curve(rng, direction, right if asked else other_measure, wrong_end if asked else None)
    return lists, ways


def rotated(rng):
    """The places in random order, each of them once at the front in the first runs."""
    places = [int(place) for place in rng.permutation(PLACES)]
    return [places[run:] + places[:run] for run in range(RUNS)]


def returned(student, variant, lists):
    """The epoch and the value that came back, either of which may be missing, and True if they were swapped."""
    result = student.call(variant.function, lists)
    expect(result is not None, "nothing_returned", "None")
    result = array(result)
    if result.size == 1:
        alone = float(result.reshape(-1)[0])
        return (alone, None) if alone.is_integer() else (None, alone)
    expect(result.shape == (2,), detail=f"shape {result.shape}")
    epoch, value = number(result[0]), number(result[1])
    # of an epoch and a measure, only one is a whole number from 1 on
    return (value, epoch, True) if value.is_integer() and not epoch.is_integer() else (epoch, value)


def epoch_of(student, variant, lists):
    """The epoch alone."""
    epoch = returned(student, variant, lists)[0]
    expect(epoch is not None, "epoch_missing", "no whole number")
    return epoch


@points(2)
def test_found(student, variant, rng):
    """The epoch is found by the list named in the question, even if counting begins with 0."""
    for places in rotated(rng):
        lists, ways = record(rng, variant, places)
        epoch = epoch_of(student, variant, lists)
        if epoch in (ways["right"], ways["right"] - 1):
            continue
        for name, place in ways.items():
            if epoch in (place, place - 1):
                fail(name, f"epoch {epoch:g}, right is {ways['right']}")
        fail(detail=f"epoch {epoch:g}, right is {ways['right']}")


@points(2)
def test_counted_from_one(student, variant, rng):
    """The first epoch is number 1, and the last one has the number of epochs."""
    for place in (1, EPOCHS, int(rng.integers(2, EPOCHS))):
        lists, _ = record(rng, variant, PLACES)
        lists[variant.key] = curve(rng, variant.best, place)
        epoch = epoch_of(student, variant, lists)
        # who counts from 0 does so at once; later, one less may be chance
        if (place, epoch) == (1, 0):
            fail("from_zero", f"{epoch:g} for epoch {place}")
        expect(epoch == place, detail=f"{epoch:g} for epoch {place}")


@points(1)
def test_first_of_equals(student, variant, rng):
    """Of several epochs with the best value, the first counts."""
    for first, later, others in ((3, 9, (5, 7, 11, 13)), (5, 12, (2, 7, 9, 14))):
        places = [int(place) for place in rng.permutation(others)]
        lists, _ = record(rng, variant, places)
        values = curve(rng, variant.best, first, places[3])
        values[later - 1] = values[first - 1]
        epoch = epoch_of(student, variant, {**lists, variant.key: values})
        if epoch in (later, later - 1):
            fail("last_of_equals", f"{epoch:g}, equal are {first} and {later}")
        expect(epoch in (first, first - 1), detail=f"{epoch:g}, equal are {first} and {later}")


@points(1)
def test_value(student, variant, rng):
    """Behind the epoch comes the value that the list has there."""
    for places in rotated(rng):
        lists, ways = record(rng, variant, places)
        epoch, value, *swapped = returned(student, variant, lists)
        expect(epoch is not None, "epoch_missing", "one number, no whole one")
        expect(value is not None, "value_missing", "one number")
        expect(not swapped, "swapped_pair", "the value stands first")
        assert_close(value, lists[variant.key][ways["right"] - 1])
