"""Which line of code repairs the split of data that are sorted by label."""

from question_bank import Choice, Draw, Mistake, Variant, question

ARRAYS = (("x", "y"), ("images", "labels"), ("samples", "targets"), ("data", "labels"))
SETTINGS = ("cats", "reviews", "sky", "parts")
RIGHT = ("permutation", "shuffled_indices", "generator")
# one of each: the pairs torn apart, only one array shuffled, and nothing mended
WRONG = (
    ("apart", "two_orders", "two_shuffles"),
    ("only_labels", "only_samples"),
    ("reversed", "sorted_again", "after_split"),
)
LINES = {
    "permutation": ("1", "order = np.random.permutation(len({x}))\n{x}, {y} = {x}[order], {y}[order]"),
    "shuffled_indices": (
        "1",
        "order = np.arange(len({x}))\nnp.random.shuffle(order)\n{x}, {y} = {x}[order], {y}[order]",
    ),
    "generator": ("1", "order = np.random.default_rng(1).permutation(len({x}))\n{x}, {y} = {x}[order], {y}[order]"),
    "apart": ("1", "{x}, {y} = np.random.permutation({x}), np.random.permutation({y})"),
    "two_orders": (
        "1",
        "order = np.random.permutation(len({x}))\n{x} = {x}[order]\n"
        "order = np.random.permutation(len({y}))\n{y} = {y}[order]",
    ),
    "two_shuffles": (
        "1",
        "order = np.arange(len({x}))\nnp.random.shuffle(order)\n{x} = {x}[order]\n"
        "np.random.shuffle(order)\n{y} = {y}[order]",
    ),
    "only_labels": ("1", "order = np.arange(len({y}))\nnp.random.shuffle(order)\n{y} = {y}[order]"),
    "only_samples": ("1", "order = np.arange(len({x}))\nnp.random.shuffle(order)\n{x} = {x}[order]"),
    "reversed": ("1", "order = np.arange(len({x}))[::-1]\n{x}, {y} = {x}[order], {y}[order]"),
    "sorted_again": ("1", "order = np.argsort({y})\n{x}, {y} = {x}[order], {y}[order]"),
    "after_split": (
        "2",
        "order = np.random.permutation(len(x_train))\nx_train, y_train = x_train[order], y_train[order]",
    ),
}


@question(facts=["F38"], points=2, minutes=2, book="both")
def repair_split(draw: Draw) -> Variant:
    x, y = draw.choice(ARRAYS)
    half = draw.choice((1000, 1500, 2000, 3000, 5000))
    kept = half * draw.choice((20, 25, 40, 50)) // 100
    right, wrong = draw.choice(RIGHT), [draw.choice(group) for group in WRONG]
    end = draw.choice(("last", "first"))
    val, train = (f"[-{kept}:]", f"[:-{kept}]") if end == "last" else (f"[:{kept}]", f"[{kept}:]")
    return Variant(
        {
            "x": x,
            "y": y,
            "setting": draw.choice(SETTINGS),
            "half": half,
            "kept": kept,
            "end": end,
            "val": val,
            "train": train,
            "right": right,
            "wrong": wrong,
            # one line an option, so that it fits a list and a quiz
            "lines": {
                option: [LINES[option][0], LINES[option][1].format(x=x, y=y).replace("\n", "; ")]
                for option in (right, *wrong)
            },
        },
        Choice.shuffled(draw, right=right, wrong=[Mistake(option) for option in wrong]),
    )
