"""Reshaping a batch of images: the new shape, its rank, and what -1 stands for."""

from itertools import combinations
from math import prod

from question_bank import Draw, Fields, Mistake, Variant, question

COUNTS = (60_000, 10_000, 5_000, 1_200)
SIDES = ((28, 28), (32, 32), (8, 8), (64, 48), (40, 30))
NAMES = (("images", "x"), ("train_images", "x_train"), ("pictures", "x"))
# what the array is before and after, and which size is left open
FORMS = ("rows", "rows_count", "colour_rows", "pictures", "pictures_width", "channel")


def _form(form: str, n: int, h: int, w: int) -> tuple[list[int], list[int], list[str]]:
    """The shape before, the shape after, and how the new shape is written."""
    match form:
        case "rows":
            return [n, h, w], [n, h * w], [f"{n}", "-1"]
        case "rows_count":
            return [n, h, w], [n, h * w], ["-1", f"{h} * {w}"]
        case "colour_rows":
            return [n, h, w, 3], [n, h * w * 3], [f"{n}", "-1"]
        case "pictures":
            return [n, h * w], [n, h, w], ["-1", f"{h}", f"{w}"]
        case "pictures_width":
            return [n, h * w], [n, h, w], [f"{n}", f"{h}", "-1"]
        case _:
            return [n, h, w], [n, h, w, 1], ["-1", f"{h}", f"{w}", "1"]


def _text(sizes: list[int]) -> str:
    return str(tuple(sizes))


def _wrong(before: list[int], after: list[int], open_axis: int) -> list[tuple[str, dict]]:
    """Known wrong values of single fields."""
    sides = before[1:]
    merged = len(after) < len(before) and open_axis == 1
    return [
        ("minus_one_literal", {"minus_one": (-1,)}),
        *([("sizes_added", {"minus_one": (sum(sides),)})] if merged else []),
        *([("channels_forgotten", {"minus_one": (sides[0] * sides[1],)})] if merged and len(sides) == 3 else []),
        ("shape_before", {"shape": (_text(before),)}),
        ("batch_axis_lost", {"shape": (_text(after[1:]), _text([prod(before)]))}),
        ("rank_before", {"rank": (len(before),)}),
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


@question(facts=["F14"], points=3, minutes=3, book="both")
def reshape_images(draw: Draw) -> Variant:
    n, (h, w), form = draw.choice(COUNTS), draw.choice(SIDES), draw.choice(FORMS)
    images, x = draw.choice(NAMES)
    before, after, written = _form(form, n, h, w)
    open_axis = written.index("-1")
    # a tuple, or plain arguments: both work
    arguments = ", ".join(written)
    arguments = draw.choice((f"({arguments})", arguments))
    right = {"shape": (_text(after),), "minus_one": (after[open_axis],), "rank": (len(after),)}
    return Variant(
        {
            "form": form,
            "images": images,
            "x": x,
            "line": f"{x} = {images}.reshape({arguments})",
            "before": before,
            "after": after,
            "height": h,
            "width": w,
            "open_size": after[open_axis],
            "other_sizes": [size for axis, size in enumerate(after) if axis != open_axis],
            "elements": prod(before),
        },
        Fields(
            {"shape": "shape", "minus_one": "number", "rank": "number"},
            (right,),
            tuple(_mistakes(right, _wrong(before, after, open_axis))),
        ),
    )
