"""Which losses fit two problems side by side: classification of either kind, or regression."""

from question_bank import Choice, Draw, Mistake, Variant, question

# situations by kind; their texts stand in text.md.j2
SITUATIONS = {
    "binary": ("spam", "churn", "tumour", "rain"),
    "multi_class": ("digit", "newswire", "language", "bird"),
    "regression": ("rent", "delivery", "temperature", "power", "age"),
}
PAIRS = (
    *(("binary", "regression"), ("multi_class", "regression"), ("regression", "binary")),
    *(("regression", "multi_class"), ("binary", "multi_class"), ("multi_class", "binary")),
    ("regression", "regression"),
)
FAMILIES = ("entropy", "error")


@question(facts=["F29"], points=1, minutes=1, book="closed")
def loss_of_classification(draw: Draw) -> Variant:
    kinds = draw.choice(PAIRS)
    if kinds[0] == kinds[1]:
        situations = draw.sample(SITUATIONS[kinds[0]], 2)
    else:
        situations = [draw.choice(SITUATIONS[kind]) for kind in kinds]
    right = tuple("error" if kind == "regression" else "entropy" for kind in kinds)
    mistakes = {}
    for pair in ((a, b) for a in FAMILIES for b in FAMILIES if (a, b) != right):
        wrong = [i for i in range(2) if pair[i] != right[i]]
        mistakes["_".join(pair)] = Mistake(
            "both" if len(wrong) == 2 else f"{('first', 'second')[wrong[0]]}_{right[wrong[0]]}"
        )
    options = draw.shuffled(["_".join((a, b)) for a in FAMILIES for b in FAMILIES])
    return Variant(
        {"kinds": list(kinds), "situations": situations, "right": "_".join(right), "asked": draw.choice((0, 1, 2))},
        Choice("_".join(right), tuple(options), mistakes),
    )
