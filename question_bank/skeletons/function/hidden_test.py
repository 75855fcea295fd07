"""TODO: what is hidden: random inputs, and results found in another way than the student's."""

from question_bank.checks import assert_close, points


@points(1)
def test_scaled(student, variant, rng):
    """Values drawn between two known limits come back as they were before they were stretched."""
    for _ in range(3):
        shares = rng.uniform(size=7)
        shares[0], shares[-1] = 0, 1
        low, high = rng.uniform(-9, 9), rng.uniform(10, 20)
        values = low + shares * (high - low)
        assert_close(student.call(variant.function, values), shares, mistakes={"not_subtracted": values / values.max()})
