"""The name of a part of backpropagation, from a description."""

from collections.abc import Mapping

from question_bank import Draw, Mistake, Term, Variant, question

WORDINGS = 5
# for each term the terms and texts that are known confusions, with their credit
CONFUSIONS: Mapping[str, Mapping[str, tuple[str, float]]] = {
    "backpropagation": {
        "backward pass": ("direction_only", 0.5),
        "automatic differentiation": ("automatic", 0.5),
        "autodiff": ("automatic", 0.5),
        "자동 미분": ("automatic", 0.5),
        "chain rule": ("the_rule", 0.25),
        "forward pass": ("other_direction", 0.0),
        "gradient": ("the_result", 0.0),
        "gradient descent": ("the_update", 0.0),
        "stochastic gradient descent": ("the_update", 0.0),
        "optimizer": ("the_update", 0.0),
    },
    "chain rule": {
        "backpropagation": ("the_algorithm", 0.25),
        "product rule": ("product_rule", 0.0),
        "곱의 미분법": ("product_rule", 0.0),
        "derivative": ("any_derivative", 0.0),
        "gradient": ("any_derivative", 0.0),
        "partial derivative": ("any_derivative", 0.0),
        "편미분": ("any_derivative", 0.0),
    },
    "forward pass": {
        "inference": ("the_purpose", 0.25),
        "추론": ("the_purpose", 0.25),
        "prediction": ("the_purpose", 0.25),
        "예측": ("the_purpose", 0.25),
        "backpropagation": ("other_direction", 0.0),
        "backward pass": ("other_direction", 0.0),
        "loss function": ("the_part", 0.0),
        "layer": ("the_part", 0.0),
    },
}
ALSO = {
    "forward pass": (
        ("forward", "feedforward", "forward computation", "forward propagation pass"),
        ("정방향", "순방향", "정방향 전달", "순방향 전달", "포워드 패스"),
    ),
    "chain rule": (
        ("chain rule of differentiation", "the chain rule of calculus"),
        ("미분의 연쇄 법칙", "연쇄 법칙(미분)"),
    ),
    "backpropagation": (("backpropagation algorithm", "back-propagation of errors"), ("역전파법", "백프롭")),
}


@question(facts=["F11"], points=1, minutes=1, book="closed")
def term(draw: Draw) -> Variant:
    asked = draw.choice(sorted(CONFUSIONS))
    language = draw.choice(("any", "en"))
    english, korean = ALSO[asked]
    return Variant(
        {"asked": asked, "wording": draw.integer(0, WORDINGS - 1), "language": language},
        Term(
            asked,
            mistakes={key: Mistake(id, credit) for key, (id, credit) in CONFUSIONS[asked].items()},
            language=language,
            other_language=Mistake("in_korean", credit=0.5) if language == "en" else None,
            also=english if language == "en" else (*english, *korean),
        ),
    )
