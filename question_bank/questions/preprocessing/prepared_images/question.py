"""What two lines of preparation make of a batch of images: shape, dtype and largest value."""

from itertools import combinations

from question_bank import Draw, Fields, Mistake, Variant, question

COUNTS = (60_000, 10_000, 5_000)
SIDES = ((28, 28), (32, 32), (64, 48), (40, 30))
NAMES = (("images", "x"), ("train_images", "x_train"), ("pictures", "data"))
FLAT = "{a}.reshape(({n}, {h} * {w}))"
# two lines; whether the images end up flat; the dtype; the largest value
CASES = (
    (("{x} = " + FLAT, '{x} = {x}.astype("float32") / 255'), True, "float32", 1),
    (('{x} = {a}.astype("float32") / 255.', "{x} = {x}.reshape(({n}, -1))"), True, "float32", 1),
    (("{x} = {a} / 255", '{x} = {x}.astype("float32")'), False, "float32", 1),
    (("{x} = " + FLAT, "{x} = {x} / 255."), True, "float64", 1),
    (("{x} = {a} / 255", "{x} = {x}.reshape(({n}, {h} * {w}))"), True, "float64", 1),
    (("{x} = {a}[:{m}]", "{x} = {x} / 255."), False, "float64", 1),
    (("{x} = " + FLAT, '{x} = {x}.astype("float32")'), True, "float32", 255),
    (("{x} = {a}[:{m}]", '{x} = {x}.astype("float32")'), False, "float32", 255),
    (('{x} = {a}.astype("float32") / 127.5', "{x} = {x}.reshape(({n}, -1))"), True, "float32", 2),
    (("{x} = " + FLAT, "{x} = {x} / 127.5"), True, "float64", 2),
    (("{x} = " + FLAT, "{x} = {x} // 255"), True, "uint8", 1),
    (("{x} = {a}[:{m}]", "{x} = {x}.reshape(({m}, -1))"), True, "uint8", 255),
)


def _wrong(right: dict, other_shape: str) -> list[tuple[str, dict]]:
    """Known wrong values of single fields."""
    (dtype,), (largest,) = right["dtype"], right["max"]
    dtypes = {
        "float32": [("astype_undone", "float64"), ("stays_integer", "uint8")],
        "float64": [("float32_by_itself", "float32"), ("stays_integer", "uint8")],
        "uint8": [("float_by_itself", "float64"), ("float_by_itself", "float32")],
    }
    values = {1: [("not_scaled", 255)], 255: [("scaled_anyway", 1)], 2: [("not_scaled", 255), ("scaled_by_255", 1)]}
    return [
        *((id, {"dtype": (value,)}) for id, value in dtypes[dtype]),
        *((id, {"max": (value,)}) for id, value in values[largest]),
        ("other_shape", {"shape": (other_shape,)}),
    ]


def _mistakes(right: dict, wrong: list[tuple[str, dict]]) -> list[tuple[dict, Mistake]]:
    """Each right field earns a third; what is wrong beside it is named where it is known."""
    found = []
    for count in (2, 1, 0):
        for kept in combinations(right, count):
            known = {name: right[name] for name in kept}
            others = [name for name in right if name not in kept]
            found += [({**known, **bad}, Mistake(id, count / 3)) for id, bad in wrong if set(bad) <= set(others)]
            if count:
                found.append((known, Mistake(f"{others[0]}_off" if count == 2 else "one_right", count / 3)))
    return found


@question(facts=["F14"], points=3, minutes=4, book="open")
def prepared_images(draw: Draw) -> Variant:
    lines, flat, dtype, largest = draw.choice(CASES)
    n, (h, w), (a, x) = draw.choice(COUNTS), draw.choice(SIDES), draw.choice(NAMES)
    # some cases take only the first images
    m = n // 10
    kept = m if any("{m}" in line for line in lines) else n
    shapes = [str((kept, h * w)), str((kept, h, w))]
    shape, other_shape = shapes if flat else shapes[::-1]
    right = {"shape": (shape,), "dtype": (dtype,), "max": (largest,)}
    return Variant(
        {
            "images": a,
            "x": x,
            "lines": [line.format(a=a, x=x, n=n, m=m, h=h, w=w) for line in lines],
            "n": n,
            "h": h,
            "w": w,
            "kept": kept,
            "flat": flat,
            "dtype": dtype,
            "largest": largest,
            "shape": shape,
            "other_shape": other_shape,
        },
        Fields(
            {"shape": "shape", "dtype": "dtype", "max": "number"},
            (right,),
            tuple(_mistakes(right, _wrong(right, other_shape))),
        ),
    )
