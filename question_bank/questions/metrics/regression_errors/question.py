"""MSE, RMSE and MAE of four predictions."""

from itertools import combinations_with_replacement
from math import isqrt

from question_bank import Draw, Fields, Mistake, Variant, question

# the range of the targets by what is predicted
SETTINGS = {"rent": (40, 90), "delivery": (20, 60), "temperature": (12, 30), "loaves": (50, 150), "age": (20, 70)}


def _is_nice(sizes: tuple[int, ...]) -> bool:
    """Whether MSE and RMSE are whole and MAE whole or a half, all three apart from what mistakes lead to."""
    mse, rest = divmod(sum(size**2 for size in sizes), 4)
    if rest or isqrt(mse) ** 2 != mse or sum(sizes) % 2:
        return False
    rmse, mae = isqrt(mse), sum(sizes) / 4
    values = [mse, rmse, mae, 4 * mse, 2 * rmse, 4 * mae]
    return len(set(sizes)) >= 2 and sizes.count(0) <= 1 and rmse > mae > 1 and len(set(values)) == len(values)


# sizes of the four errors
CASES = [sizes for sizes in combinations_with_replacement(range(11), 4) if _is_nice(sizes)]


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _mistakes(errors: list[int], mse: int, rmse: int, mae: float) -> list:
    """Tried in this order: named ones first, then what is right without the rest."""
    mean = sum(errors) / 4
    right = {"mse": (mse,), "rmse": (rmse,), "mae": (mae,)}
    signs = {"mae": (mean, abs(mean))}
    return [
        ({"mse": (4 * mse,), "rmse": (2 * rmse,), "mae": (4 * mae,)}, Mistake("not_averaged", credit=0.25)),
        ({"mse": (4 * mse,), "rmse": (2 * rmse,), "mae": (mae,)}, Mistake("squares_not_averaged", credit=0.5)),
        ({"mse": (mse,), "rmse": (rmse,), **signs}, Mistake("signs_cancel", credit=2 / 3)),
        ({"mse": (rmse,), "rmse": (mse,), "mae": (mae,)}, Mistake("root_misplaced", credit=1 / 3)),
        ({"mse": (mse,), "rmse": (mae,), "mae": (rmse,)}, Mistake("rmse_and_mae_swapped", credit=1 / 3)),
        *(
            ({name: right[name] for name in right if name != wrong}, Mistake(f"{wrong}_off", credit=2 / 3))
            for wrong in right
        ),
        *(({name: right[name]}, Mistake("one_right", credit=1 / 3)) for name in right),
    ]


@question(facts=["F36", "F27"], points=3, minutes=4, book="closed")
def regression_errors(draw: Draw) -> Variant:
    sizes = draw.shuffled(draw.choice(CASES))
    errors = [size * draw.choice((-1, 1)) for size in sizes]
    # both signs occur, and do not cancel by chance
    while min(errors) >= 0 or max(errors) <= 0 or sum(errors) == 0:
        errors = [size * draw.choice((-1, 1)) for size in sizes]
    setting = draw.choice(sorted(SETTINGS))
    targets = draw.sample(range(*SETTINGS[setting]), 4)
    mse = sum(error**2 for error in errors) // 4
    rmse, mae = isqrt(mse), _number(sum(sizes) / 4)
    return Variant(
        {
            "setting": setting,
            "targets": targets,
            "predictions": [target + error for target, error in zip(targets, errors, strict=True)],
            "errors": errors,
            "mse": mse,
            "rmse": rmse,
            "mae": mae,
            "mean_error": _number(sum(errors) / 4),
        },
        Fields(
            {"mse": "number", "rmse": "number", "mae": "number"},
            ({"mse": (mse,), "rmse": (rmse,), "mae": (mae,)},),
            tuple(_mistakes(errors, mse, rmse, mae)),
        ),
    )
