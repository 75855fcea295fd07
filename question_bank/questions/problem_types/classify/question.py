"""Binary classification, multi-class classification or regression: the type of a problem told in words."""

import tomllib
from pathlib import Path

from question_bank import Choice, Draw, Mistake, Variant, question

SITUATIONS = tomllib.loads(Path(__file__).with_name("situations.toml").read_text(encoding="utf-8"))["situation"]
TYPES = ("binary", "multiclass", "regression")


@question(facts=["F42"], points=1, minutes=1, book="closed")
def classify(draw: Draw) -> Variant:
    kind = draw.choice(TYPES)
    told = draw.choice([s for s in SITUATIONS if s["kind"] == kind])
    return Variant(
        {"situation": told["id"], "kind": kind, "told": {"ko": told["ko"], "en": told["en"]}},
        Choice.shuffled(draw, right=kind, wrong=[Mistake(other) for other in TYPES if other != kind]),
    )
