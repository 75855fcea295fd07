"""KL divergence, cross-entropy or entropy from the other two."""

from itertools import combinations

from question_bank import Draw, Mistake, Number, Variant, question

SETTINGS = ("letters", "weather", "words", "votes", "roles")
TOLERANCE = 0.005


def _tells_apart(entropy: int, kl: int) -> bool:
    """Whether the three values, and what wrong sums and products of two of them give, all differ."""
    known = [entropy, kl, entropy + kl]
    values = list(known)
    for a, b in combinations(known, 2):
        values += [a * b / 100, 100 * a / b, 100 * b / a]
    # the other sums and differences of two of the three
    values += [abs(entropy - kl), 2 * entropy + kl, entropy + 2 * kl]
    return all(abs(a - b) > 1.5 for a, b in combinations(values, 2))


# in hundredths of a bit
CASES = [(h, kl) for h in range(60, 300, 10) for kl in range(15, 200, 10) if _tells_apart(h, kl)]


@question(facts=["F30"], points=1, minutes=1, book="closed")
def kl_divergence(draw: Draw) -> Variant:
    entropy, kl = draw.choice(CASES)
    asked = draw.choice(("kl", "crossentropy", "entropy"))
    hundredths = {"kl": kl, "crossentropy": entropy + kl, "entropy": entropy}
    given = draw.shuffled([name for name in hundredths if name != asked])
    a, b = (hundredths[name] for name in given)
    difference = Mistake("subtracted") if asked == "crossentropy" else Mistake("sign", credit=0.25)
    mistakes = {
        (a + b) / 100: Mistake("added"),
        (a - b) / 100: difference,
        (b - a) / 100: difference,
        a * b / 10_000: Mistake("not_a_sum"),
        a / b: Mistake("not_a_sum"),
        b / a: Mistake("not_a_sum"),
        a / 100: Mistake("given"),
        b / 100: Mistake("given"),
    }
    return Variant(
        {
            "asked": asked,
            "given": given,
            "setting": draw.choice(SETTINGS),
            "values": {name: f"{value / 100:g}" for name, value in hundredths.items()},
        },
        Number(hundredths[asked] / 100, mistakes=mistakes, tolerance=TOLERANCE),
    )
