"""Cross-entropy, KL divergence or cosine similarity, told by what it does."""

from question_bank import Draw, Mistake, Term, Variant, question

# descriptions by term; their texts stand in text.md.j2
DESCRIPTIONS = {
    "KL divergence": ("difference", "extra_bits", "ratio", "code_ratio", "zero_when_equal"),
    "cosine similarity": ("unit_length", "angle", "documents", "code_norms", "scaled"),
    "crossentropy": ("average", "true_class", "code_log", "sum_of_two", "code_length"),
}
# a member of the family where the family was asked for
SPECIAL_CASES = {
    "categorical crossentropy": Mistake("special_case", credit=0.8),
    "sparse categorical crossentropy": Mistake("special_case", credit=0.5),
    "binary crossentropy": Mistake("special_case", credit=0.5),
}
# the name with the word loss behind it, and an abbreviation
ALSO = {
    "KL divergence": ("KL divergence loss", "Kullback-Leibler divergence loss", "KL 발산 손실", "KL 발산 손실 함수"),
    "cosine similarity": ("cosine similarity loss function", "코사인 유사도 손실 함수"),
    "crossentropy": (
        *("cross-entropy loss", "cross-entropy loss function", "CE", "CE loss", "크로스엔트로피 손실"),
        *("크로스엔트로피 손실 함수", "교차 엔트로피 손실", "교차 엔트로피 손실 함수", "교차 엔트로피 오차"),
    ),
}
OTHERS = {
    "KL divergence": Mistake("kl"),
    "cosine similarity": Mistake("cosine"),
    "crossentropy": Mistake("crossentropy"),
    "mean squared error": Mistake("error"),
    "mean absolute error": Mistake("error"),
    "entropy": Mistake("entropy"),
    "엔트로피": Mistake("entropy"),
}


@question(facts=["F30", "F29"], points=1, minutes=1, book="closed")
def name_the_loss(draw: Draw) -> Variant:
    term = draw.choice(sorted(DESCRIPTIONS))
    mistakes = {name: mistake for name, mistake in OTHERS.items() if name != term}
    special = SPECIAL_CASES if term == "crossentropy" else {name: Mistake("crossentropy") for name in SPECIAL_CASES}
    return Variant(
        {"term": term, "told": draw.choice(DESCRIPTIONS[term]), "phrasing": draw.choice((0, 1, 2))},
        Term(term, mistakes={**mistakes, **special}, also=ALSO[term]),
    )
