"""Which quantity stands on which axis of the ROC and of the precision–recall curve."""

import tomllib
from pathlib import Path

from question_bank import Choice, Draw, Mistake, Variant, question

QUANTITIES = tomllib.loads(Path(__file__).with_name("quantities.toml").read_text(encoding="utf-8"))
AXES = {"roc": ("fpr", "recall"), "pr": ("recall", "precision")}
PAIRS = (("fpr", "recall"), ("recall", "fpr"), ("recall", "precision"), ("precision", "recall"))
FORMS = ("name", "formula", "words")


def _axis(draw: Draw, curve: str, axis: int) -> tuple[str, dict[str, Mistake]]:
    """The quantity of one axis, and what is wrong with three others."""
    (other,) = {"fpr", "recall", "precision"} - set(AXES[curve])
    none = draw.choice(("accuracy", "specificity"))
    mistakes = {AXES[curve][1 - axis]: "other_axis", other: "other_curve", none: "no_axis"}
    return AXES[curve][axis], {name: Mistake(mistake) for name, mistake in mistakes.items()}


def _both(curve: str) -> tuple[str, dict[str, Mistake]]:
    """The quantities of both axes, and what is wrong with three other pairs."""
    right = AXES[curve]
    mistakes = {pair: "swapped" if set(pair) == set(right) else "other_curve" for pair in PAIRS if pair != right}
    return "_".join(right), {"_".join(pair): Mistake(mistake) for pair, mistake in mistakes.items()}


@question(facts=["F35", "F27"], points=1, minutes=1, book="closed")
def curve_axes(draw: Draw) -> Variant:
    curve, form = draw.choice(sorted(AXES)), draw.choice(FORMS)
    asked = draw.choice(("x", "y", "both"))
    right, mistakes = _both(curve) if asked == "both" else _axis(draw, curve, "xy".index(asked))
    options = draw.shuffled([right, *mistakes])
    shown = {option: [QUANTITIES[name][form] for name in option.split("_")] for option in options}
    x, y = (QUANTITIES[name] for name in AXES[curve])
    return Variant(
        {"curve": curve, "asked": asked, "form": form, "shown": shown, "x": x, "y": y},
        Choice(right, tuple(options), mistakes),
    )
