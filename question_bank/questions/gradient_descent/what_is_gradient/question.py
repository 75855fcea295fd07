"""The name of a thing around the gradient, from its description."""

from collections.abc import Mapping

from question_bank import Draw, Mistake, Term, Variant, question

RATES = ("gradient", "derivative", "partial derivative")
# right in meaning, but not the name of the very case described
RELATIVES: Mapping[str, tuple[str, ...]] = {
    "gradient": ("derivative", "partial derivative"),
    "derivative": ("gradient", "partial derivative"),
    "partial derivative": ("derivative", "gradient"),
    "loss function": ("mean squared error", "mean absolute error", "crossentropy", "binary crossentropy"),
}
ALSO: Mapping[str, tuple[str, ...]] = {
    "gradient": ("gradient vector", "gradient tensor", "편미분 벡터", "그레이디언트 텐서"),
    # what a Korean school book calls a derivative at a point
    "derivative": ("기울기", "접선의 기울기", "slope", "순간변화율", "미분값", "differential coefficient"),
    "partial derivative": ("편도함수값",),
    "loss function": ("objective", "cost", "error function", "오차 함수"),
}


@question(facts=["F03"], points=1, minutes=1, book="closed")
def what_is_gradient(draw: Draw) -> Variant:
    asked = draw.choice(sorted(RELATIVES))
    mistakes = {term: Mistake("relative", credit=0.5) for term in RELATIVES[asked]}
    mistakes |= {term: Mistake("method") for term in ("gradient descent", "backpropagation", "optimizer")}
    mistakes |= {"learning rate": Mistake("other_factor"), "weight": Mistake("what_changes")}
    if asked == "loss function":
        mistakes |= {term: Mistake("rate_itself") for term in RATES}
        mistakes |= {term: Mistake("measure") for term in ("metric", "accuracy")}
    else:
        mistakes["loss function"] = Mistake("the_loss")
    return Variant({"asked": asked, "wording": draw.integer(0, 4)}, Term(asked, mistakes=mistakes, also=ALSO[asked]))
