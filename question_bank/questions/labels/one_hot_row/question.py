"""The one-hot vector of a label, by hand."""

from question_bank import Choice, Draw, Mistake, Variant, question

NAMES = {
    "animals": ("고양이 개 말 소 양 닭 곰", "cat dog horse cow sheep hen bear"),
    "fruits": ("사과 배 귤 감 포도 자두 살구", "apple pear orange fig grape plum peach"),
    "days": ("월 화 수 목 금 토 일", "Mon Tue Wed Thu Fri Sat Sun"),
    "sky": ("맑음 흐림 비 눈 안개 우박 황사", "sun cloud rain snow fog hail dust"),
    "colors": ("빨강 노랑 파랑 초록 검정 하양 보라", "red yellow blue green black white purple"),
}
# two places or more on either side of the label
CASES = [(label, classes) for classes in (5, 6, 7) for label in range(2, classes - 2)]


def _row(*ones: int, classes: int, value: int = 1) -> str:
    return "[" + ", ".join(str(value if i in ones else 0) for i in range(classes)) + "]"


def _places(draw: Draw, label: int, classes: int) -> dict[str, int]:
    """Two wrong places of the 1; the right one stands first, last or between them equally often."""
    before = {label - 1: "counted_from_one", label - 2: "another_place"}
    after = {label + 1: "one_too_far", label + 2: "another_place"}
    (before if classes - 1 - label < label else after)[classes - 1 - label] = "from_the_end"
    named = {**before, **after}
    side = draw.choice(("before", "after", "both"))
    if side == "both":
        places = [draw.choice(list(before)), draw.choice(list(after))]
    else:
        places = draw.sample(list(before if side == "before" else after), 2)
    places = [place for place in places if place != label]
    return {named[place]: place for place in places}


def _other_rows(place: int, classes: int, label: int) -> dict[str, str]:
    """Rows of another form, made for *place*."""
    return {
        "up_to_label": _row(*range(place + 1), classes=classes),
        "all_but_one": _row(*(i for i in range(classes) if i != place), classes=classes),
        "label_itself": _row(place, classes=classes, value=label),
        "longer": _row(place, classes=classes + 1),
    }


@question(facts=["F22"], points=1, minutes=1, book="closed")
def one_hot_row(draw: Draw) -> Variant:
    label, classes = draw.choice(CASES)
    places = _places(draw, label, classes)
    while len(places) < 2:
        places = _places(draw, label, classes)
    # the fourth row points at the right place no more often than at a wrong one
    rows = {name: _row(place, classes=classes) for name, place in places.items()}
    others = _other_rows(draw.choice((label, *places.values())), classes, label)
    other = draw.choice([name for name, row in others.items() if row not in rows.values()])
    rows = {"right": _row(label, classes=classes), **rows, other: others[other]}
    setting = draw.choice(list(NAMES))
    korean, english = (words.split()[:classes] for words in NAMES[setting])
    return Variant(
        {
            "asked": draw.choice(("number", "name")),
            "label": label,
            "classes": classes,
            "names": {"ko": korean, "en": english},
            "rows": rows,
        },
        Choice.shuffled(draw, right="right", wrong=[Mistake(name) for name in rows if name != "right"]),
    )
