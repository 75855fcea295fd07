"""The same data, different questions: which of them are of one type of problem."""

import tomllib
from pathlib import Path

from question_bank import Choices, Draw, Mistake, Variant, question

DATA = tomllib.loads(Path(__file__).with_name("data.toml").read_text(encoding="utf-8"))["data"]
TYPES = ("binary", "multiclass", "regression")
COUNTS = ((2, 1, 2), (2, 2, 1), (3, 1, 1))


@question(facts=["F42"], points=2, minutes=2, book="closed")
def same_data(draw: Draw) -> Variant:
    data, kind = draw.choice(DATA), draw.choice(TYPES)
    # of five questions two are right, or three; each other type has at least one
    counts = dict(zip((kind, *(other for other in TYPES if other != kind)), draw.choice(COUNTS), strict=True))
    asked = {
        f"{name}_{number}": {language: data[name][place][language] for language in ("ko", "en")}
        for name in TYPES
        for number, place in enumerate(draw.sample(range(3), counts[name]), start=1)
    }
    right = tuple(option for option in asked if option.startswith(kind))
    # leaving a right one out is a mistake too
    mistakes = {option: Mistake("left_out" if option in right else option.split("_")[0]) for option in asked}
    return Variant(
        {
            "data": data["id"],
            "described": {"ko": data["ko"], "en": data["en"]},
            "kind": kind,
            "asked": asked,
        },
        Choices(right, tuple(draw.shuffled(list(asked))), mistakes),
    )
