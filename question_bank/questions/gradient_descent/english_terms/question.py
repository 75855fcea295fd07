"""The English term for a Korean one of gradient descent."""

from collections.abc import Mapping

from question_bank import Draw, Mistake, Term, Variant, question

# for each term the Korean one that is shown, texts with a wrong word, and neighbours that it is taken for
TERMS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "stochastic gradient descent": (
        "확률적 경사 하강법",
        ("statistical gradient descent", "random gradient descent", "stochastic slope descent"),
        ("gradient descent", "batch gradient descent"),
    ),
    "gradient descent": (
        "경사 하강법",
        ("slope descent", "gradient decrease", "gradient down", "descent gradient", "inclination descent"),
        ("stochastic gradient descent", "backpropagation"),
    ),
    "batch gradient descent": (
        "배치 경사 하강법",
        ("batch slope descent", "batch descent gradient", "batch gradient decrease"),
        ("gradient descent", "stochastic gradient descent", "mini-batch SGD"),
    ),
    "mini-batch": (
        "미니 배치",
        ("small batch", "little batch", "mini-set", "mini-group"),
        ("batch", "batch size"),
    ),
    "batch size": (
        "배치 크기",
        ("batch shape", "batch number", "batch scale", "batch amount", "batch length"),
        ("batch", "mini-batch"),
    ),
    "derivative": (
        "도함수",
        ("derived function", "derivation", "induced function", "deriving function"),
        ("gradient", "partial derivative"),
    ),
    "partial derivative": (
        "편도함수",
        ("biased derivative", "part derivative", "one-sided derivative", "partial derivation"),
        ("derivative", "gradient"),
    ),
    "loss function": (
        "손실 함수",
        ("lost function", "damage function", "losing function", "deficit function"),
        ("metric", "optimizer"),
    ),
}
PROBABILISTIC = ("probabilistic gradient descent", "probability gradient descent", "probable gradient descent")
ABBREVIATIONS = {"stochastic gradient descent": "SGD", "gradient descent": "GD", "batch gradient descent": "BGD"}
OPERATIONS = {
    "derivative": ("differentiation", "differential"),
    "partial derivative": ("partial differentiation", "partial differential"),
}


@question(facts=["F06", "F03", "F08"], points=1, minutes=1, book="closed")
def english_terms(draw: Draw) -> Variant:
    term = draw.choice(sorted(TERMS))
    korean, wrong_words, neighbours = TERMS[term]
    mistakes = {text: Mistake("wrong_word") for text in wrong_words}
    mistakes |= {other: Mistake("neighbour") for other in neighbours}
    mistakes |= {text: Mistake("operation", credit=0.25) for text in OPERATIONS.get(term, ())}
    if term in ABBREVIATIONS:
        mistakes[ABBREVIATIONS[term]] = Mistake("abbreviated", credit=0.25)
    if term == "stochastic gradient descent":
        mistakes |= {text: Mistake("probabilistic") for text in PROBABILISTIC}
    # the Korean term stands in the text: copying it earns nothing
    answer = Term(term, mistakes=mistakes, language="en", other_language=Mistake("in_korean"))
    return Variant({"korean": korean, "wording": draw.choice(("book", "slide", "paper", "docs"))}, answer)
