"""How many bits of information the news of an event carries."""

from collections.abc import Iterator
from math import log, log10

from question_bank import Draw, Mistake, Number, Variant, question

# news of one event: its probability is stated, or follows from the number of equally likely outcomes
ONE = ("rain", "sensor", "prize", "card", "locker", "speaker")
BOTH = ("machines", "late", "guards", "servers")


def _mistakes(exponents: tuple[int, ...]) -> Iterator[tuple[float, Mistake]]:
    """What goes wrong with independent events of the probabilities 2 ** -k."""
    bits = sum(exponents)
    yield -bits, Mistake("sign", credit=0.5)
    yield from _rounded(bits * log(2), Mistake("base", credit=0.5))
    yield from _rounded(bits * log10(2), Mistake("base", credit=0.5))
    if len(exponents) == 2:
        a, b = exponents
        yield a * b, Mistake("multiplied", credit=0.25)
        yield a, Mistake("one_event", credit=0.25)
        yield b, Mistake("one_event", credit=0.25)
        yield bits / 2, Mistake("averaged", credit=0.25)
    yield from _rounded(2**-bits * bits, Mistake("weighted", credit=0.25))
    yield 2**bits, Mistake("inverse")
    yield from _rounded(2**-bits, Mistake("probability"))


def _rounded(value: float, mistake: Mistake) -> Iterator[tuple[float, Mistake]]:
    """*value* exactly and as people round it."""
    yield value, mistake
    yield from ((float(f"{value:.{digits}g}"), mistake) for digits in (2, 3, 4, 5))


def _tells_apart(exponents: tuple[int, ...]) -> bool:
    named: dict[float, str] = {float(sum(exponents)): "right"}
    return all(named.setdefault(float(value), mistake.id) == mistake.id for value, mistake in _mistakes(exponents))


CASES = {
    "one": [(k,) for k in range(3, 11) if _tells_apart((k,))],
    "both": [(a, b) for a in range(2, 7) for b in range(2, 7) if a != b and _tells_apart((a, b))],
}


@question(facts=["F29"], points=1, minutes=1, book="closed")
def information(draw: Draw) -> Variant:
    events = draw.choice(("one", "both"))
    exponents = draw.choice(CASES[events])
    return Variant(
        {
            "events": events,
            "setting": draw.choice(ONE if events == "one" else BOTH),
            "exponents": list(exponents),
            "inverses": [2**k for k in exponents],
        },
        Number(sum(exponents), mistakes=dict(_mistakes(exponents))),
    )
