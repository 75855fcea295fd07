"""What the numbers in a coded review of IMDB stand for."""

import tomllib
from pathlib import Path
from typing import Any

from question_bank import Choice, Draw, Mistake, Variant, question

MEANINGS = tomllib.loads(Path(__file__).with_name("meanings.toml").read_text(encoding="utf-8"))
RESERVED = ("padding", "start", "unknown")
# how far off the rank is that is read off a number, and by which mistake
BELOW = {-1: "shift_of_four", -2: "shift_of_five", -3: "shifted_twice"}
ABOVE = {1: "shift_of_two", 3: "not_shifted", 6: "shifted_backwards"}


def _told(draw: Draw, name: str, index: int) -> dict[str, str]:
    """A meaning in one of its wordings."""
    wording = draw.integer(0, 2)
    return {language: texts[wording].format(n=max(index, 1)) for language, texts in MEANINGS[name].items()}


def _meaning(draw: Draw) -> tuple[dict[str, Any], Choice]:
    """What 0, 1 or 2 stands for."""
    index = draw.integer(0, 2)
    right = RESERVED[index]
    wrong = [*(name for name in RESERVED if name != right), draw.choice(("a_word", "end"))]
    told = {name: _told(draw, name, index) for name in (right, *wrong)}
    return {"index": index, "told": told}, Choice.shuffled(draw, right=right, wrong=[Mistake(name) for name in wrong])


def _number(draw: Draw) -> tuple[dict[str, Any], Choice]:
    """Which number stands for a meaning."""
    index = draw.integer(0, 2)
    wrong = [Mistake(f"number_{other}") for other in range(4) if other != index]
    return {"index": index, "told": {"asked": _told(draw, RESERVED[index], index)}}, Choice.shuffled(
        draw, right=f"number_{index}", wrong=wrong
    )


def _rank(draw: Draw) -> tuple[dict[str, Any], Choice]:
    """Which word a number from 4 on stands for; the right rank is the smallest one as often as the largest."""
    rank, below = draw.integer(12, 900), draw.integer(0, 3)
    off = {d: BELOW[d] for d in draw.sample(list(BELOW), below)}
    off |= {d: ABOVE[d] for d in draw.sample(list(ABOVE), 3 - below)}
    ranks = {"rank": rank, **{name: rank + d for d, name in off.items()}}
    return {"index": rank + 3, "ranks": ranks}, Choice.shuffled(
        draw, right="rank", wrong=[Mistake(name) for name in off.values()]
    )


@question(facts=["F44"], points=1, minutes=1, book="closed")
def index_meaning(draw: Draw) -> Variant:
    asked = draw.choice(("meaning", "number", "rank"))
    drawn, choice = {"meaning": _meaning, "number": _number, "rank": _rank}[asked](draw)
    return Variant({"asked": asked, "told": {}, "ranks": {}, **drawn}, choice)
