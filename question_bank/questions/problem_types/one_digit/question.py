"""The accuracy of a classifier that always says no."""

from fractions import Fraction

from question_bank import Draw, Mistake, Number, Variant, question

# how many classes of equal size, where one is asked for
SETTINGS = {"digit": (10,), "letter": (20, 25), "sign": (40, 50), "bird": (8, 20, 25), "desk": (4, 5, 8)}
# of which shares of positives, in percent, the counts are made; at 1, a share of 0.99 would look like that percentage
SHARES = (2, 3, 4, 6, 8, 12, 15, 18, 24)
COUNTED = ("fraud", "cancer", "crack", "spam")
TOTALS = (400, 500, 800, 1000, 1500, 2000, 5000)


def _mistakes(no: Fraction) -> dict[float, Mistake]:
    """What else people write, by value; *no* is the share of negatives."""
    values = {
        "share_of_yes": 1 - no,
        "coin": Fraction(1, 2),
        "recall": Fraction(0),
        "all_right": Fraction(1),
    }
    named = {float(100 * value): Mistake(name) for name, value in values.items()}
    # 0.9 for 90 %
    return {**named, float(no): Mistake("fraction", credit=0.8)}


@question(facts=["F43", "F42"], points=1, minutes=1.5, book="closed")
def one_digit(draw: Draw) -> Variant:
    told = draw.choice(("classes", "counts"))
    if told == "classes":
        setting = draw.choice(list(SETTINGS))
        classes = draw.choice(SETTINGS[setting])
        no = Fraction(classes - 1, classes)
        parameters = {"setting": setting, "classes": classes, "digit": draw.integer(0, 9)}
    else:
        setting, total = draw.choice(COUNTED), draw.choice(TOTALS)
        positives = total * draw.choice(SHARES) // 100
        no = Fraction(total - positives, total)
        shows_yes = draw.choice((True, False))
        parameters = {"setting": setting, "total": total, "positives": positives, "shows_yes": shows_yes}
    return Variant(
        {"told": told, **parameters},
        Number(float(100 * no), mistakes=_mistakes(no), tolerance=0.05, percent=True),
    )
