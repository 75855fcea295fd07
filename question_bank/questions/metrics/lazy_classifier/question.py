"""The accuracy of the classifier that always gives the more frequent answer."""

from question_bank import Draw, Mistake, Number, Variant, question

# whether "yes" is the rare answer
SETTINGS = {"fraud": True, "defect": True, "spam": True, "on_time": False, "loyal": False, "passed": False}
RARE = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
TOTALS = (400, 500, 800, 1000, 2000, 5000)
# classes that are equally frequent, of which the question picks out one
CLASSES = {"digits": 10, "flowers": 5, "seasons": 4, "speakers": 20, "breeds": 25}


def _mistakes(rare: int) -> dict[float, Mistake]:
    common = 100 - rare
    return {
        rare: Mistake("the_rare_answer"),
        50: Mistake("coin"),
        100: Mistake("never_wrong"),
        0: Mistake("learned_nothing"),
        common / 100: Mistake("not_in_percent", credit=0.75),
        round((rare**2 + common**2) / 100, 2): Mistake("guessed_by_share"),
        round(100 * rare / common, 2): Mistake("rare_to_common"),
        round(100 - 100 * rare / common, 2): Mistake("rare_to_common"),
    }


@question(facts=["F43"], points=1, minutes=1, book="closed")
def lazy_classifier(draw: Draw) -> Variant:
    form = draw.choice(("counts", "total", "share", "classes"))
    if form == "classes":
        setting = draw.choice(sorted(CLASSES))
        rare, rare_yes, total = 100 // CLASSES[setting], True, 100 * CLASSES[setting]
    else:
        setting = draw.choice(sorted(SETTINGS))
        rare, rare_yes, total = draw.choice(RARE), SETTINGS[setting], draw.choice(TOTALS)
    return Variant(
        {
            "form": form,
            "setting": setting,
            "rare_yes": rare_yes,
            "rare": rare,
            "classes": CLASSES.get(setting, 2),
            "total": total,
            "few": total * rare // 100,
            "many": total - total * rare // 100,
        },
        Number(100 - rare, mistakes=_mistakes(rare), tolerance=0.06, percent=True),
    )
