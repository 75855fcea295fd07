"""Learning rates of usual, too large and too small size: which they are, what they do, and how to tell."""

from question_bank import Choice, Draw, Mistake, Variant, question

USUAL = ("0.01", "0.005", "0.002", "0.001", "0.0005")
TOO_LARGE = ("20", "50", "100", "500", "1000")
TOO_SMALL = ("negative", "zero", "tiny")
# of the largest one that still goes down: what the rate of a run has to be for its row of losses
SHARES = {"too_large": (1.08, 1.12), "too_small": (0.0004, 0.0008), "fitting": (0.35, 0.45)}


def _usual(draw: Draw) -> tuple[dict[str, object], Choice]:
    """A rate to begin with; the right one is the largest, second, third or smallest of four equally often."""
    above = draw.integer(0, 3)
    large = draw.sample(TOO_LARGE, above)
    small = draw.sample(TOO_SMALL, 3 - above)
    right = draw.choice(USUAL)
    tiny = draw.choice(("0.00000000001", "0.000000000001"))
    values = {"usual": right, "negative": f"−{right}", "zero": "0", "tiny": tiny}
    values |= {f"large_{i}": value for i, value in enumerate(large)}
    wrong = [*(f"large_{i}" for i in range(above)), *small]
    mistakes = {id: Mistake("far_too_large" if id.startswith("large") else id) for id in wrong}
    return {"values": values}, Choice("usual", tuple(draw.shuffled(["usual", *wrong])), mistakes)


def _effect(draw: Draw) -> tuple[dict[str, object], Choice]:
    """What happens with a learning rate that is changed to one far too large, or far too small."""
    larger = draw.choice((True, False))
    before = draw.choice(("0.01", "0.001"))
    after = draw.choice(("50", "100", "500") if larger else ("0.0000000001", "0.00000000001"))
    right, opposite = ("diverges", "crawls") if larger else ("crawls", "diverges")
    answer = Choice.shuffled(draw, right=right, wrong=[Mistake(opposite), Mistake("overfits"), Mistake("batches")])
    wording = draw.choice(("change", "story"))
    return {"larger": larger, "before": before, "after": after, "wording": wording}, answer


def _losses(share: float, start: float, floor: float) -> list[float]:
    """Losses after eight epochs of gradient descent on a bowl with two curvatures, the larger one 2."""
    parts = [0.85 * (start - floor), 0.15 * (start - floor)]
    losses = []
    for _ in range(8):
        parts = [part * (1 - 2 * share * c) ** 2 for part, c in zip(parts, (1, 0.4), strict=True)]
        losses.append(floor + sum(parts))
    return losses


def _diagnosis(draw: Draw) -> tuple[dict[str, object], Choice]:
    """What a row of losses says of the learning rate."""
    state = draw.choice(sorted(SHARES))
    start, floor = draw.integer(80, 260) / 100, draw.integer(4, 20) / 100
    losses = _losses(draw.choice(SHARES[state]), start, floor)
    wrong = [Mistake(id) for id in (*SHARES, "overfitted") if id != state]
    row = [f"{loss:.3f}" for loss in losses]
    return {"losses": row, "floor": f"{floor:.2f}", "state": state}, Choice.shuffled(draw, right=state, wrong=wrong)


@question(facts=["F05"], points=1, minutes=1, book="closed")
def learning_rate_size(draw: Draw) -> Variant:
    asked = draw.choice(("usual", "effect", "diagnosis"))
    parameters, answer = {"usual": _usual, "effect": _effect, "diagnosis": _diagnosis}[asked](draw)
    return Variant({"asked": asked, **parameters}, answer)
