"""The derivative of the loss with respect to the first weight of a chain, by the chain rule."""

from itertools import combinations, product

from question_bank import Draw, Mistake, Number, Variant, question

NAMES = (("x", "w1", "w2"), ("x", "w", "v"), ("x", "a", "c"), ("x", "u", "w"))
CREDITS = {
    "second_weight": 0.25,
    "by_the_input": 0.25,
    "square_kept": 0.25,
    "error_forgotten": 0.25,
    "weight_forgotten": 0.5,
    "input_forgotten": 0.5,
    "two_forgotten": 0.5,
    "sign": 0.5,
}


def _values(x: int, first: int, second: int, target: int) -> dict[str, int]:
    """The derivative of `(second * first * x - target) ** 2` by *first*, and what each mistake leads to."""
    error = second * first * x - target
    return {
        "right": 2 * error * second * x,
        "second_weight": 2 * error * first * x,
        "by_the_input": 2 * error * second * first,
        "weight_forgotten": 2 * error * x,
        "input_forgotten": 2 * error * second,
        "two_forgotten": error * second * x,
        "square_kept": error**2 * second * x,
        "error_forgotten": second * x,
        "sign": -2 * error * second * x,
        "only_the_loss": 2 * error,
        "sum_for_product": 2 * error + second + x,
    }


def _cases() -> list[tuple[int, int, int, int]]:
    """Small whole numbers that lead to no result in two ways."""
    cases = []
    weights = (-5, -4, -3, -2, 2, 3, 4, 5)
    for x, first, second, error in product(range(3, 7), weights, weights, (-5, -4, -3, 3, 4, 5)):
        target = second * first * x - error
        values = _values(x, first, second, target).values()
        small = 1 < abs(target) <= 40 and abs(2 * error * second * x) <= 160
        if small and all(a != b for a, b in combinations(values, 2)):
            cases.append((x, first, second, target))
    return cases


CASES = _cases()


@question(facts=["F11"], points=2, minutes=3, book="both")
def chain_rule(draw: Draw) -> Variant:
    x, first, second, target = draw.choice(CASES)
    values = _values(x, first, second, target)
    right = values.pop("right")
    return Variant(
        {
            "names": list(draw.choice(NAMES)),
            "x": x,
            "first": first,
            "second": second,
            "target": target,
            "hidden": first * x,
            "output": second * first * x,
            "error": second * first * x - target,
        },
        Number(right, mistakes={value: Mistake(id, CREDITS.get(id, 0.0)) for id, value in values.items()}),
    )
